import { Button, Drawer, NativeSelect, TextInput } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import {
  DataTable,
  Empty,
  ErrorState,
  Page,
  Panel,
  Skeleton,
  StateMark,
  format,
  useUrlState,
} from '@heavylift/ui'
import { SampleNotice } from '../sample-notice.tsx'
import { api } from '../api.ts'
import { costText } from '../cost.ts'
import type { CacheState, CallRecord } from '../../src/metering/call-record.ts'
import { cacheWords, callStates } from '../words.ts'
import { CallDetail } from './call-detail.tsx'
import { askedTimes, chooseRange, chosenRange, fromField, lastRanges, toField } from './time-range.ts'
import '../models-console.css'

const pageSize = 100

/** Outcomes that belong together, as the counts elsewhere add them up. */
const outcomes = [
  { value: '', label: 'Any' },
  { value: 'failed,cut', label: 'Failed or cut off' },
  { value: 'shed,rejected', label: 'Refused or rejected' },
  ...Object.entries(callStates).map(([value, { word }]) => ({ value, label: word })),
]

/** Of the address, which people may have typed. */
function cacheOf(text: string): CacheState | null {
  return Object.hasOwn(cacheWords, text) ? (text as CacheState) : null
}

/** The request log: how every call went, never what it said unless the table keeps prompts. */
export default function Calls() {
  const [state, set] = useUrlState({
    model: '',
    tenant: '',
    status: '',
    cache: '',
    last: '',
    from: '',
    to: '',
    text: '',
    call: '',
  })
  const { call: _, ...filter } = useDeferredValue(state)
  const { last, from, to, ...others } = filter
  const calls = useInfiniteQuery({
    queryKey: ['models', 'calls', filter],
    initialPageParam: '',
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
    queryFn: ({ signal, pageParam }) => {
      const times = askedTimes({ last, from, to }, Date.now())
      const { cache, ...texts } = others
      const query = { ...texts, ...times, cache: cacheOf(cache), before: pageParam, limit: pageSize }
      return api.get('/calls', { query, signal })
    },
    getNextPageParam: (last) => last.next,
  })
  const rows = calls.data?.pages.flatMap((page) => page.calls) ?? []
  const isFiltered = Object.values(filter).some((value) => value !== '')
  return (
    <Page
      title="Calls"
      lead="Every call with its timing, tokens and cost. What was said is not kept, unless the table says so."
    >
      <SampleNotice />
      <div className="models-filters">
        <TextInput
          label="Find"
          placeholder="Part of an id, replica, key, error or upstream model"
          value={state.text}
          onChange={(event) => set({ text: event.currentTarget.value })}
        />
        <TextInput
          label="Model"
          w={{ base: 'auto', sm: 144 }}
          value={state.model}
          onChange={(event) => set({ model: event.currentTarget.value })}
        />
        <TextInput
          label="Tenant"
          w={{ base: 'auto', sm: 128 }}
          value={state.tenant}
          onChange={(event) => set({ tenant: event.currentTarget.value })}
        />
        <NativeSelect
          label="Outcome"
          value={state.status}
          onChange={(event) => set({ status: event.currentTarget.value })}
          data={outcomes}
        />
        <NativeSelect
          label="Cache"
          value={state.cache}
          onChange={(event) => set({ cache: event.currentTarget.value })}
          data={[
            { value: '', label: 'Any' },
            ...Object.entries(cacheWords).map(([value, label]) => ({ value, label })),
          ]}
        />
        <NativeSelect
          label="Ended"
          value={chosenRange(state)}
          onChange={(event) => set(chooseRange(event.currentTarget.value, Date.now()))}
          data={[
            { value: '', label: 'Any time' },
            ...Object.entries(lastRanges).map(([value, { label }]) => ({ value, label })),
            { value: 'custom', label: 'From … to' },
          ]}
        />
        {chosenRange(state) === 'custom' ? (
          <>
            <TextInput
              className="models-time"
              type="datetime-local"
              label="From"
              value={toField(state.from)}
              onChange={(event) => set({ from: fromField(event.currentTarget.value) })}
            />
            <TextInput
              className="models-time"
              type="datetime-local"
              label="To"
              value={toField(state.to)}
              onChange={(event) => set({ to: fromField(event.currentTarget.value) })}
            />
          </>
        ) : null}
      </div>
      <Panel title="Calls" note="that ended; those that began last come first" flush>
        {calls.isPending ? <Skeleton what="Loading calls" lines={10} /> : null}
        {calls.isError ? <ErrorState error={calls.error} retry={() => void calls.refetch()} /> : null}
        {calls.data && rows.length === 0 ? (
          <Empty title={isFiltered ? 'No call matches' : 'No call yet'}>
            {isFiltered
              ? 'Take a filter away. Calls appear a moment after they end.'
              : 'Send one in the playground, or point a client at this server’s /v1.'}
          </Empty>
        ) : null}
        {rows.length > 0 ? (
          <CallTable rows={rows} selected={state.call} open={(call) => set({ call })} />
        ) : null}
        {calls.hasNextPage ? (
          <div className="models-more">
            <Button
              variant="subtle"
              size="xs"
              loading={calls.isFetchingNextPage}
              onClick={() => void calls.fetchNextPage()}
            >
              Show {pageSize} more
            </Button>
          </div>
        ) : null}
      </Panel>
      <Drawer
        opened={state.call !== ''}
        onClose={() => set({ call: '' })}
        position="right"
        size={560}
        title="Call"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {state.call === '' ? null : <CallDetail callId={state.call} />}
      </Drawer>
    </Page>
  )
}

function CallTable({
  rows,
  selected,
  open,
}: {
  rows: CallRecord[]
  selected: string
  open: (callId: string) => void
}) {
  return (
    <DataTable
      caption="Calls"
      rows={rows}
      keyOf={(call) => call.id}
      selected={selected}
      onOpen={(call) => open(call.id)}
      columns={[
        {
          key: 'at',
          title: 'Began',
          width: '160px',
          isSecondary: true,
          render: (call) => (
            <span className="hl-number">{format.formatTime(call.atMs - call.durationMs)}</span>
          ),
        },
        {
          key: 'status',
          title: 'Outcome',
          width: '112px',
          render: ({ status, errorCode }) => (
            <span title={errorCode ?? undefined}>
              <StateMark state={callStates[status].mark}>{callStates[status].word}</StateMark>
            </span>
          ),
        },
        {
          key: 'model',
          title: 'Model',
          isWide: true,
          render: (call) => <span className="hl-code">{call.model}</span>,
        },
        { key: 'tenant', title: 'Tenant', isSecondary: true, render: (call) => call.tenantId },
        {
          key: 'ttft',
          title: 'First token',
          isNumber: true,
          isSecondary: true,
          render: (call) => format.formatDuration(call.ttftMs),
        },
        {
          key: 'duration',
          title: 'Took',
          isNumber: true,
          render: (call) => format.formatDuration(call.durationMs),
        },
        {
          key: 'input',
          title: 'In',
          isNumber: true,
          isSecondary: true,
          render: ({ usage }) => format.formatCount(usage.input + usage.cacheRead + usage.cacheWrite),
        },
        {
          key: 'output',
          title: 'Out',
          isNumber: true,
          isSecondary: true,
          render: (call) => format.formatCount(call.usage.output),
        },
        {
          key: 'attempts',
          title: 'Tries',
          isNumber: true,
          isSecondary: true,
          render: (call) => `${call.attempts}${call.isHedged ? ' h' : ''}`,
        },
        {
          key: 'cache',
          title: 'Cache',
          isSecondary: true,
          render: ({ cache }) => (cache === 'off' ? '–' : cacheWords[cache]),
        },
        {
          key: 'cost',
          title: 'Cost',
          isNumber: true,
          isSecondary: true,
          render: (call) =>
            call.isPriced ? costText(call.costMicros, true) : <span className="hl-fine">unknown</span>,
        },
      ]}
    />
  )
}
