import { Panel, Stat, Stats, formatCost, formatCount, formatDuration } from '@heavylift/ui'
import type { LedgerSummary } from '../../api.ts'
import { Calibration, DecisionsOverTime, DurationHistogram } from './ledger-charts.tsx'

/** Counts, durations and cost of what the filters leave, each with its chart where there is something to draw. */
export function LedgerFigures({ answer, range }: { answer: LedgerSummary; range: string }) {
  const { summary } = answer
  const { durationMs } = summary
  // Recorded decisions of a replay take no time; a chart of nothing would say nothing.
  const hasDurations = (durationMs?.p99 ?? 0) > 0
  return (
    <>
      <Stats>
        <Stat label="Decisions" value={formatCount(summary.count)} detail={range} />
        <Stat
          label="Half took less than"
          value={formatDuration(hasDurations ? (durationMs?.p50 ?? null) : null)}
          detail={hasDurations ? 'p50' : 'below what is measured'}
        />
        <Stat
          label="95 of 100 took less than"
          value={formatDuration(hasDurations ? (durationMs?.p95 ?? null) : null)}
          detail={
            hasDurations ? `p95 · p99 ${formatDuration(durationMs?.p99 ?? null)}` : 'below what is measured'
          }
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
        <div
          className={hasDurations || summary.calibration.bins.length > 0 ? 'hl-grid hl-grid-2' : 'hl-grid'}
        >
          <Panel title="Decisions over time" note={`count each ${formatDuration(answer.stepMs)}`}>
            <DecisionsOverTime answer={answer} />
          </Panel>
          {hasDurations ? (
            <Panel title="How long decisions took" note="count by duration, logarithmic">
              <DurationHistogram answer={answer} />
            </Panel>
          ) : null}
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
