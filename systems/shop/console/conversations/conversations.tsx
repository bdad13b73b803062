import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { DataTable, Empty, ErrorState, Page, Panel, Skeleton, format, useUrlState } from '@heavylift/ui'
import { api } from '../api.ts'
import type { Answer } from '../api.ts'
import type { TurnOutcomeName } from '../../src/assistant/conversations/outcomes.ts'
import '../shop-console.css'

const pageSize = 50

/** What shoppers talked about; each opens to its replay. */
export default function Conversations() {
  const navigate = useNavigate()
  const [state, set] = useUrlState({ shopper: '', words: '', outcome: '', from: '', to: '' })
  const isFiltered = Object.values(state).some((value) => value !== '')
  const conversations = useInfiniteQuery({
    queryKey: ['shop', 'conversations', state],
    initialPageParam: 0,
    refetchInterval: 10_000,
    getNextPageParam: (last: Answer<'/conversations'>, pages) =>
      last.conversations.length < pageSize ? undefined : pages.length * pageSize,
    queryFn: ({ signal, pageParam }) =>
      api.get('/conversations', {
        query: {
          ...(state.shopper ? { shopperId: state.shopper } : {}),
          ...(state.words.trim() ? { words: state.words } : {}),
          ...(isOutcome(state.outcome) ? { outcome: state.outcome } : {}),
          ...dayRange(state.from, state.to),
          limit: pageSize,
          offset: pageParam,
        },
        signal,
      }),
  })
  const use = useQuery({
    queryKey: ['shop', 'model-use'],
    refetchInterval: 30_000,
    queryFn: ({ signal }) => api.get('/model-use', { signal }),
  })
  const rows = conversations.data?.pages.flatMap((page) => page.conversations) ?? []
  return (
    <Page
      title="Conversations"
      lead={
        <>
          Every question with its answer as the shopper saw it, the plan, and each tool call with its time.{' '}
          {use.data ? `${wordedBy(use.data)} ${readBy(use.data)}` : null}
        </>
      }
    >
      <div className="shop-filters">
        <TextInput
          label="Words"
          placeholder="What a shopper wrote"
          value={state.words}
          onChange={(event) => set({ words: event.currentTarget.value })}
        />
        <TextInput
          label="From"
          type="date"
          value={state.from}
          onChange={(event) => set({ from: event.currentTarget.value })}
        />
        <TextInput
          label="To"
          type="date"
          value={state.to}
          onChange={(event) => set({ to: event.currentTarget.value })}
        />
        <NativeSelect
          label="What became of it"
          value={state.outcome}
          onChange={(event) => set({ outcome: event.currentTarget.value })}
          data={[{ value: '', label: 'Anything' }, ...outcomes]}
        />
      </div>
      <Panel
        title="Conversations"
        note={state.shopper ? `of shopper ${state.shopper}` : 'the last one spoken in first'}
        actions={
          state.shopper ? (
            <Button size="compact-sm" variant="default" onClick={() => set({ shopper: '' })}>
              Show all shoppers
            </Button>
          ) : null
        }
        flush
      >
        {conversations.isPending ? <Skeleton what="Loading conversations" /> : null}
        {conversations.isError ? (
          <ErrorState error={conversations.error} retry={() => void conversations.refetch()} />
        ) : null}
        {conversations.data && rows.length === 0 ? (
          isFiltered ? (
            <Empty
              title="No conversation is like that"
              action={
                <Button
                  variant="default"
                  onClick={() => set({ shopper: '', words: '', outcome: '', from: '', to: '' })}
                >
                  Show all
                </Button>
              }
            />
          ) : (
            <Empty
              title="Nobody has asked anything yet"
              action={
                <Button component="a" href="/store/" target="_blank" rel="noreferrer">
                  Ask in the demo store
                </Button>
              }
            />
          )
        ) : null}
        {rows.length > 0 ? (
          <DataTable
            caption="Conversations"
            rows={rows}
            keyOf={(row) => row.id}
            onOpen={(row) =>
              void navigate({ to: `/shop/conversations/${encodeURIComponent(row.id)}` as never })
            }
            columns={[
              {
                key: 'message',
                title: 'First question',
                isWide: true,
                render: (row) => row.firstMessage ?? '–',
              },
              {
                key: 'shopper',
                title: 'Shopper',
                isSecondary: true,
                width: '240px',
                render: (row) =>
                  row.shopperId ? (
                    <span className="hl-code">{row.shopperId}</span>
                  ) : (
                    <span className="hl-fine">anonymous</span>
                  ),
              },
              {
                key: 'turns',
                title: 'Turns',
                isNumber: true,
                width: '72px',
                render: (row) => format.formatCount(row.turns),
              },
              {
                key: 'at',
                title: 'Last spoken',
                width: '136px',
                render: (row) => (
                  <span className="hl-number">{format.formatAgo(row.updatedAt, Date.now())}</span>
                ),
              },
            ]}
          />
        ) : null}
        {conversations.hasNextPage ? (
          <div style={{ padding: 8, textAlign: 'center' }}>
            <Button
              variant="subtle"
              size="xs"
              loading={conversations.isFetchingNextPage}
              onClick={() => void conversations.fetchNextPage()}
            >
              Show {pageSize} more
            </Button>
          </div>
        ) : null}
      </Panel>
    </Page>
  )
}

const outcomes: { value: TurnOutcomeName; label: string }[] = [
  { value: 'nothing-found', label: 'Nothing was found' },
  { value: 'store-unsaid', label: 'The store has not said' },
  { value: 'not-ours', label: 'Was not for a store' },
  { value: 'care', label: 'Somebody was in danger' },
  { value: 'asked-to-sign-in', label: 'Was asked to sign in' },
  { value: 'proposed', label: 'Was offered to be done' },
  { value: 'failed', label: 'Was not answered' },
]

const isOutcome = (value: string): value is TurnOutcomeName => outcomes.some((each) => each.value === value)

/** The time from the beginning of one day to the end of another, in the reader's own time zone. */
function dayRange(from: string, to: string): { from?: number; to?: number } {
  const day = (text: string) => new Date(`${text}T00:00:00`).getTime()
  const dayMs = 86_400_000
  return {
    ...(Number.isFinite(day(from)) ? { from: day(from) } : {}),
    ...(Number.isFinite(day(to)) ? { to: day(to) + dayMs } : {}),
  }
}

/** Who words the answers, and why no model does. */
function wordedBy(use: Answer<'/model-use'>): string {
  const { model, state, tries, useful, lastFirstSentenceMs, nextTryInMs } = use
  const last =
    lastFirstSentenceMs === null
      ? 'the last said nothing in time that holds'
      : `the last said its first sentence after ${format.formatDuration(lastFirstSentenceMs)}`
  switch (state) {
    case 'none':
      return 'Answers are worded without a model: none is set up for them.'
    case 'used':
      return `${model} words them after the first sentence: ${useful} of ${tries} tries were of use.`
    case 'trying':
      return `${model} is tried out behind an answer before shoppers wait for it.`
    case 'unused':
      return `${model} is not asked, as it would keep shoppers waiting for nothing: ${useful} of ${tries} tries were of use, ${last}. It is tried again in ${format.formatDuration(nextTryInMs ?? 0)}.`
  }
}

/** Who reads what shoppers write and chooses what answers it, how long shoppers wait for it, and why no model does. */
function readBy({ reading }: Pick<Answer<'/model-use'>, 'reading'>): string {
  const { model, state } = reading
  switch (state) {
    case 'none':
      return 'Messages are read by the shop’s own rules: no model is set up for it.'
    case 'used':
      return `${model} reads the messages and chooses what answers them: ${examined(reading)}. ${waitedFor(reading)}`
    case 'trying':
      return `${model} is examined before it reads messages.`
    case 'unused':
      return `${model} reads no messages: ${examined(reading)}, and ${reading.useful} of ${reading.tries} tries came in time. ${waitedFor(reading)} ${triedAgain(reading)}`
  }
}

/** For what a shopper waits, how long, and why so long. */
function waitedFor({ usualMs, allowedMs, mostMs }: Answer<'/model-use'>['reading']): string {
  const most = format.formatDuration(mostMs)
  return usualMs === null
    ? `Shoppers would wait up to ${most} for it.`
    : `Nine in ten of its last replies took up to ${format.formatDuration(usualMs)}, so a shopper waits ${format.formatDuration(allowedMs)} for one, and ${most} in all at most.`
}

function examined({ exam }: Answer<'/model-use'>['reading']): string {
  if (exam === null) return 'it was not examined yet'
  const each = exam.medianMs === null ? '' : `, each in ${format.formatDuration(exam.medianMs)}`
  return `it did ${exam.right} of ${exam.asked} tasks of known answer rightly${each}`
}

const triedAgain = ({ nextTryInMs }: Answer<'/model-use'>['reading']): string =>
  `It is tried again in ${format.formatDuration(nextTryInMs ?? 0)}.`
