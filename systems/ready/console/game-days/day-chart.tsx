import { PlotFigure } from '@heavylift/ui'

export interface DayReport {
  seconds: { asked: number; good: number; p50Ms: number; p99Ms: number }[]
  events: { atMs: number; what: string; on: string; isOn: boolean }[]
}

const band = { x1: 'from', x2: 'to', fill: 'var(--hl-bad)', fillOpacity: 0.12 }

/** Stretches in which a fault was on, in seconds from the start. */
function bandsOf({ events, seconds }: DayReport) {
  return events
    .filter(({ isOn }) => isOn)
    .map((one) => {
      const end = events.find(
        (other) => !other.isOn && other.on === one.on && other.what === one.what && other.atMs >= one.atMs,
      )
      return {
        from: one.atMs / 1000,
        to: end === undefined ? seconds.length : end.atMs / 1000,
        name: `${one.what} on ${one.on}`,
      }
    })
}

/** Requests by the second, good and failed, with faults as bands behind them. */
export function DayChart({ report }: { report: DayReport }) {
  const bands = bandsOf(report)
  const lastSecond = report.seconds.length
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
          marginTop: 30,
          x: { label: 'seconds', domain: [0, Math.max(1, lastSecond)] },
          y: { label: 'requests a second', zero: true, grid: true },
          marks: [
            plot.rectX(shown, band),
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
            plot.text(shown, {
              x: 'from',
              frameAnchor: 'top',
              dy: -14,
              textAnchor: 'start',
              text: 'name',
              fill: 'var(--hl-ink-2)',
            }),
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
            plot.rectX(shown, band),
            plot.lineY(asked, { x: 'at', y: 'p99Ms', stroke: 'var(--hl-accent)', strokeWidth: 1 }),
            plot.lineY(asked, { x: 'at', y: 'p50Ms', stroke: 'var(--hl-accent)', strokeWidth: 2.5 }),
          ],
        })}
      />
    </div>
  )
}
