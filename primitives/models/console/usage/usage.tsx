import { Button, SegmentedControl } from '@mantine/core'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import {
  DataTable,
  Empty,
  ErrorState,
  Icon,
  Loaded,
  Page,
  Panel,
  Stat,
  Stats,
  format,
  useUrlState,
} from '@heavylift/ui'
import { SampleNotice } from '../sample-notice.tsx'
import { api } from '../api.ts'
import type { UsageDimension, UsageReport, UsageSums } from '../../src/metering/usage-report.ts'
import { Budgets } from './budgets.tsx'
import { bucketMs, ranges, rangeStart } from './ranges.ts'
import type { RangeName } from './ranges.ts'
import { callFilters } from './call-filters.ts'
import { UsageChart } from './usage-chart.tsx'
import '../models-console.css'

const dimensions: Record<UsageDimension, string> = {
  model: 'Model',
  tenant: 'Tenant',
  key: 'Key',
  provider: 'Provider',
}

/** What was used and what it cost, by whom and over time. */
export default function Usage() {
  const [state, set] = useUrlState<{ by: string; range: string }>({ by: 'model', range: 'week' })
  const by = state.by in dimensions ? (state.by as UsageDimension) : 'model'
  const range = state.range in ranges ? (state.range as RangeName) : 'week'
  const { bucket, label } = ranges[range]
  // Of the minute, so that a refetch asks for the same.
  const fromMs = useMemo(() => rangeStart(range, Date.now()), [range])
  const navigate = useNavigate()
  const openCalls = (filter: Record<string, string | number>) =>
    void navigate({ to: '/models/calls' as never, search: filter as never })
  const asked = { by, bucket, from: fromMs }
  const usage = useQuery({
    queryKey: ['models', 'usage', asked],
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
    queryFn: ({ signal }) => api.get('/usage', { query: asked, signal }),
  })
  const download = useMutation({
    mutationFn: async () =>
      saveCsv(await api.raw('get', '/usage', { query: { ...asked, format: 'csv' } }), by),
  })
  return (
    <Page
      title="Usage"
      lead="Tokens and cost of every call that ended; days and hours are those of UTC."
      actions={
        <>
          <SegmentedControl
            size="xs"
            aria-label="By"
            value={by}
            onChange={(value) => set({ by: value })}
            data={Object.entries(dimensions).map(([value, title]) => ({ value, label: title }))}
          />
          <SegmentedControl
            size="xs"
            aria-label="Time range"
            value={range}
            onChange={(value) => set({ range: value })}
            data={Object.entries(ranges).map(([value, each]) => ({ value, label: each.label }))}
          />
          <Button
            size="xs"
            variant="default"
            leftSection={<Icon name="download" />}
            loading={download.isPending}
            onClick={() => download.mutate()}
          >
            CSV
          </Button>
        </>
      }
    >
      <SampleNotice />
      {download.isError ? <ErrorState error={download.error} /> : null}
      <Loaded of={usage} what="Adding up usage" lines={12}>
        {(report) => (
          <>
            <Totals total={report.total} range={label} />
            {report.total.calls === 0 ? (
              <Panel>
                <Empty title="No call in this time">
                  Send one in the playground, or choose a longer time range.
                </Empty>
              </Panel>
            ) : (
              <>
                <div className="hl-grid hl-grid-2">
                  <Panel title="Tokens over time" note={`in and out, last ${label}`}>
                    <UsageChart
                      report={report}
                      measure={allTokens}
                      unit={`tokens per ${bucket}`}
                      fromMs={fromMs}
                      toMs={fromMs + ranges[range].ms}
                      stepMs={bucketMs[bucket]}
                      onOpen={(from, to) => openCalls({ from, to })}
                    />
                  </Panel>
                  <Panel title="Cost over time" note={`US dollars, last ${label}`}>
                    <UsageChart
                      report={report}
                      measure={dollars}
                      unit={`US dollars per ${bucket}`}
                      fromMs={fromMs}
                      toMs={fromMs + ranges[range].ms}
                      stepMs={bucketMs[bucket]}
                      onOpen={(from, to) => openCalls({ from, to })}
                    />
                  </Panel>
                </div>
                <Groups
                  groups={report.groups}
                  title={dimensions[by]}
                  range={label}
                  onOpen={(name) => openCalls({ ...callFilters[by](name), from: fromMs })}
                />
              </>
            )}
          </>
        )}
      </Loaded>
      <Budgets />
    </Page>
  )
}

function allTokens(row: UsageSums): number {
  return row.inputTokens + row.cacheReadTokens + row.cacheWriteTokens + row.outputTokens
}

function dollars(row: UsageSums): number {
  return row.costMicros / 1e6
}

function Totals({ total, range }: { total: UsageSums; range: string }) {
  const read = total.inputTokens + total.cacheReadTokens + total.cacheWriteTokens
  return (
    <Stats>
      <Stat label="Calls" value={format.formatCount(total.calls)} detail={`last ${range}`} />
      <Stat
        label="Cost"
        value={format.formatCost(total.costMicros)}
        detail={
          total.unpriced > 0
            ? `and ${format.formatCount(total.unpriced)} calls of unknown price`
            : total.wastedCostMicros > 0
              ? `and about ${format.formatCost(total.wastedCostMicros)} wasted by hedges and retries`
              : 'all priced'
        }
      />
      <Stat
        label="Read"
        value={format.formatCompact(read)}
        unit="tokens"
        detail={`${format.formatPercent(read === 0 ? null : total.cacheReadTokens / read)} from providers’ caches`}
      />
      <Stat
        label="Written"
        value={format.formatCompact(total.outputTokens)}
        unit="tokens"
        detail={`${format.formatCompact(total.reasoningTokens)} of it reasoning`}
      />
      <Stat
        label="Failed or cut"
        value={format.formatCount(total.failed)}
        detail={`${format.formatCount(total.refused)} refused, ${format.formatCount(total.cancelled)} left`}
        {...(total.failed > 0 ? { tone: 'bad' as const } : {})}
      />
    </Stats>
  )
}

function Groups({
  groups,
  title,
  range,
  onOpen,
}: {
  groups: UsageReport['groups']
  title: string
  range: string
  onOpen: (name: string) => void
}) {
  const tokens = (key: keyof UsageSums, heading: string) => ({
    key,
    title: heading,
    isNumber: true,
    isSecondary: true,
    render: (row: UsageSums) => format.formatCount(row[key]),
  })
  return (
    <Panel title={`By ${title.toLowerCase()}`} note={`tokens, last ${range}`} flush>
      <DataTable
        caption={`Usage by ${title.toLowerCase()}`}
        rows={groups}
        keyOf={(group) => group.name}
        onOpen={({ name }) => onOpen(name)}
        columns={[
          {
            key: 'name',
            title,
            isWide: true,
            render: ({ name }) =>
              name === '' ? <span className="hl-fine">none</span> : <span className="hl-code">{name}</span>,
          },
          { key: 'calls', title: 'Calls', isNumber: true, render: (row) => format.formatCount(row.calls) },
          tokens('inputTokens', 'Input'),
          tokens('cacheReadTokens', 'Cache read'),
          tokens('cacheWriteTokens', 'Cache write'),
          tokens('outputTokens', 'Output'),
          tokens('reasoningTokens', 'Reasoning'),
          tokens('wastedTokens', 'Wasted'),
          tokens('failed', 'Failed'),
          tokens('refused', 'Refused'),
          {
            key: 'cost',
            title: 'Cost',
            isNumber: true,
            render: (row) =>
              row.unpriced > 0 && row.costMicros === 0 ? (
                <span className="hl-fine">price unknown</span>
              ) : (
                <span title={row.unpriced > 0 ? `${row.unpriced} calls have no known price` : undefined}>
                  {format.formatCost(row.costMicros)}
                  {row.unpriced > 0 ? ' +' : ''}
                </span>
              ),
          },
        ]}
      />
    </Panel>
  )
}

/** By fetch, since a plain link would not carry the key. */
async function saveCsv(answer: Response, by: UsageDimension): Promise<void> {
  const bytes = await answer.blob()
  const link = document.createElement('a')
  link.href = URL.createObjectURL(bytes)
  link.download = `model-usage-by-${by}.csv`
  link.click()
  URL.revokeObjectURL(link.href)
}
