import { PlotFigure } from '@heavylift/ui'
import { bandMark, bandNames, bandsOf } from './fault-bands.ts'

export interface DayReport {
  seconds: { asked: number; good: number; p50Ms: number; p99Ms: number }[]
  events: { atMs: number; what: string; on: string; isOn: boolean }[]
}

/** Requests by the second, good and failed, with faults as bands behind them. */
export function DayChart({ report }: { report: DayReport }) {
  const lastSecond = report.seconds.length
  const bands = bandsOf(report.events, lastSecond)
  // While it waits for a service to be well again, nothing is counted.
  const rows = report.seconds.map((second, at) => ({
    at: at + 0.5,
    failed: second.asked - second.good,
    ...second,
  }))
  const asked = rows.map((row) => (row.asked === 0 ? { ...row, p50Ms: NaN, p99Ms: NaN } : row))
  const shown = bands.filter(({ from }) => from < lastSecond)
  const failed = rows.reduce((sum, row) => sum + row.failed, 0)
  return (
    <div className="hl-stack">
      <PlotFigure
        height={190}
        summary={`Requests a second over ${lastSecond} s: ${failed} failed; faults: ${shown.map(({ name }) => name).join(', ') || 'none'}.`}
        options={(plot, width) => ({
          width,
          height: 190,
          marginTop: 36,
          x: { label: 'seconds', domain: [0, Math.max(1, lastSecond)] },
          y: { label: 'requests a second', zero: true, grid: true },
          marks: [
            bandMark(plot, shown),
            plot.rectY(rows, {
              x1: (row: { at: number }) => row.at - 0.45,
              x2: (row: { at: number }) => row.at + 0.45,
              y: 'good',
              fill: 'var(--hl-good)',
            }),
            plot.rectY(rows, {
              x1: (row: { at: number }) => row.at - 0.45,
              x2: (row: { at: number }) => row.at + 0.45,
              y1: 'good',
              y2: 'asked',
              fill: 'var(--hl-bad)',
            }),
            ...bandNames(plot, shown),
          ],
        })}
      />
      <PlotFigure
        height={150}
        summary={`Latency by the second: the slowest took ${Math.round(Math.max(0, ...rows.map((row) => row.p99Ms)))} ms.`}
        options={(plot, width) => ({
          width,
          height: 150,
          x: { label: 'seconds', domain: [0, Math.max(1, lastSecond)] },
          y: { label: 'milliseconds: half (thick) and slowest (thin)', zero: true, grid: true },
          marks: [
            bandMark(plot, shown),
            plot.lineY(asked, { x: 'at', y: 'p99Ms', stroke: 'var(--hl-accent)', strokeWidth: 1 }),
            plot.lineY(asked, { x: 'at', y: 'p50Ms', stroke: 'var(--hl-accent)', strokeWidth: 2.5 }),
          ],
        })}
      />
    </div>
  )
}
