import { Button, SegmentedControl } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import {
  Copy,
  DataTable,
  Empty,
  ErrorState,
  Loaded,
  Page,
  Panel,
  Skeleton,
  Stat,
  Stats,
  formatCost,
  formatCount,
  formatDuration,
  formatPercent,
  formatTime,
  getJson,
  query,
  useUrlState,
} from '@heavylift/ui'
import type { DecisionRow, DecisionsAnswer, LedgerAnswer } from '../../shapes.ts'
import { useSystems } from '../../shell/use-systems.ts'
import { decided } from './decided.ts'
import { Calibration, DecisionsOverTime, DurationHistogram } from './ledger-charts.tsx'

const ranges: Record<string, { label: string; ms: number }> = {
  '1h': { label: '1 hour', ms: 3_600_000 },
  '24h': { label: '24 hours', ms: 86_400_000 },
  '7d': { label: '7 days', ms: 7 * 86_400_000 },
  '30d': { label: '30 days', ms: 30 * 86_400_000 },
}

/** What was decided, how long it took, what it cost; every figure leads to its rows. */
export default function Ledger() {
  const systems = useSystems()
  const [state, setState] = useUrlState({ system: '', range: '24h', decision: '' })
  const range = ranges[state.range] ?? { label: '24 hours', ms: 86_400_000 }
  const system = state.system || (systems.data?.systems.find((each) => each.layer === 'system')?.name ?? '')
  // Rounded, so that the same range asks the same question and its answer is kept.
  const sinceMs = useMemo(() => Math.floor((Date.now() - range.ms) / 60_000) * 60_000, [range.ms])

  const summary = useQuery({
    queryKey: ['ledger', system, state.range],
    enabled: system !== '',
    refetchInterval: 10_000,
    queryFn: ({ signal }) =>
      getJson<LedgerAnswer>(`/api/heavylift/ledger/summary${query({ system, sinceMs })}`, { signal }),
  })
  const decisions = useInfiniteQuery({
    queryKey: ['decisions', system, state.range],
    enabled: system !== '',
    initialPageParam: '',
    getNextPageParam: (last: DecisionsAnswer) => last.next,
    queryFn: ({ signal, pageParam }) =>
      getJson<DecisionsAnswer>(
        `/api/heavylift/ledger/decisions${query({ system, fromMs: sinceMs, before: pageParam, limit: 50 })}`,
        { signal },
      ),
  })
  const rows = decisions.data?.pages.flatMap((page) => page.decisions) ?? []
  const chosen = rows.find((row) => row.id === state.decision)

  return (
    <Page
      title="Ledger"
      lead="Every decision with what it knew, how sure it was, what it cost and how long it took."
      actions={
        <SegmentedControl
          size="xs"
          aria-label="Time range"
          value={state.range}
          onChange={(value) => setState({ range: value })}
          data={Object.entries(ranges).map(([value, { label }]) => ({ value, label }))}
        />
      }
    >
      <Loaded of={summary} what="Adding up decisions">
        {(answer) => <Figures answer={answer} range={range.label} />}
      </Loaded>
      <Panel title="Decisions" note={`newest first, last ${range.label}`} flush>
        {decisions.isError ? (
          <ErrorState error={decisions.error} retry={() => void decisions.refetch()} />
        ) : null}
        {decisions.isPending ? <Skeleton what="Loading decisions" /> : null}
        {decisions.data && rows.length === 0 ? (
          <Empty title="Nothing was decided in this time">
            Ask the assistant in the demo store a question, or choose a longer time range.
          </Empty>
        ) : null}
        {rows.length > 0 ? (
          <DataTable
            caption="Decisions"
            rows={rows}
            keyOf={(row) => row.id}
            selected={state.decision}
            onOpen={(row) => setState({ decision: row.id === state.decision ? '' : row.id })}
            columns={[
              {
                key: 'at',
                title: 'Time',
                width: '176px',
                render: (row) => <span className="hl-number">{formatTime(row.atMs)}</span>,
              },
              { key: 'kind', title: 'Kind', width: '120px', render: (row) => row.kind },
              {
                key: 'output',
                title: 'Decided',
                isWide: true,
                render: (row) => <span className="hl-dim">{decided(row.output)}</span>,
              },
              {
                key: 'confidence',
                title: 'Sure',
                isNumber: true,
                isSecondary: true,
                render: (row) => formatPercent(row.confidence),
              },
              {
                key: 'duration',
                title: 'Took',
                isNumber: true,
                render: (row) => formatDuration(row.durationMs),
              },
              {
                key: 'cost',
                title: 'Cost',
                isNumber: true,
                isSecondary: true,
                render: (row) => formatCost(row.costMicros),
              },
            ]}
          />
        ) : null}
        {decisions.hasNextPage ? (
          <div style={{ padding: 8, textAlign: 'center' }}>
            <Button
              variant="subtle"
              size="xs"
              loading={decisions.isFetchingNextPage}
              onClick={() => void decisions.fetchNextPage()}
            >
              Show 50 more
            </Button>
          </div>
        ) : null}
      </Panel>
      {chosen ? <Evidence row={chosen} /> : null}
    </Page>
  )
}

function Figures({ answer, range }: { answer: LedgerAnswer; range: string }) {
  const { summary } = answer
  return (
    <>
      <Stats>
        <Stat label="Decisions" value={formatCount(summary.count)} detail={`last ${range}`} />
        <Stat
          label="Half took less than"
          value={formatDuration(summary.durationMs?.p50 ?? null)}
          detail="p50"
        />
        <Stat
          label="95 of 100 took less than"
          value={formatDuration(summary.durationMs?.p95 ?? null)}
          detail={`p95 · p99 ${formatDuration(summary.durationMs?.p99 ?? null)}`}
        />
        <Stat
          label="Cost"
          value={formatCost(summary.costMicros)}
          detail={
            summary.count > 0 ? `${formatCost(summary.costMicros / summary.count)} a decision` : 'US dollars'
          }
        />
      </Stats>
      {summary.count > 0 ? (
        <div className="hl-grid hl-grid-2">
          <Panel title="Decisions over time" note={`count each ${formatDuration(answer.stepMs)}`}>
            <DecisionsOverTime answer={answer} />
          </Panel>
          <Panel title="How long decisions took" note="count by duration, logarithmic">
            <DurationHistogram answer={answer} />
          </Panel>
          {summary.calibration.bins.length > 0 ? (
            <Panel
              title="Is it as sure as it should be?"
              note="stated confidence against what came true; dot area is the count"
            >
              <Calibration bins={summary.calibration.bins} />
            </Panel>
          ) : null}
        </div>
      ) : null}
    </>
  )
}

function Evidence({ row }: { row: DecisionRow }) {
  return (
    <Panel
      title={`Why: ${row.kind}`}
      note={formatTime(row.atMs)}
      actions={<Copy text={row.id} label="Copy the decision's id" />}
    >
      <p className="hl-fine">
        Version <span className="hl-number">{row.version}</span>
        {row.subjectId ? (
          <>
            {' '}
            · concerns <span className="hl-number">{row.subjectId}</span>
          </>
        ) : null}
      </p>
      <pre className="ledger-json">{JSON.stringify(row.output, null, 2)}</pre>
    </Panel>
  )
}
