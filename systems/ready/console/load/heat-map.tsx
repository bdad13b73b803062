import { PlotFigure } from '@heavylift/ui'
import { bandMark } from '../game-days/fault-bands.ts'
import type { FaultBand } from '../game-days/fault-bands.ts'

/** Latency over time: a row for each range of latency, the stronger the more requests took so long. */
export function HeatMap({
  seconds,
  endsMs,
  bands,
}: {
  seconds: { heat: number[] }[]
  endsMs: number[]
  bands: readonly FaultBand[]
}) {
  const name = (row: number) => (row < endsMs.length ? `≤ ${endsMs[row]} ms` : `> ${endsMs.at(-1)} ms`)
  const cells = seconds.flatMap(({ heat }, at) =>
    heat.flatMap((count, row) =>
      count === 0 ? [] : [{ at, to: at + 1, row, count, share: Math.sqrt(count) }],
    ),
  )
  const used = cells.map(({ row }) => row)
  const low = Math.min(...used, endsMs.length)
  const high = Math.max(...used, 0)
  const most = Math.max(...cells.map(({ share }) => share), 1)
  const rows = Array.from({ length: Math.max(0, high - low + 1) }, (_, k) => high - k)
  return (
    <PlotFigure
      height={Math.max(120, 18 * rows.length + 40)}
      summary={
        rows.length === 0
          ? 'No answers yet.'
          : `Latency by second: all answers between ${name(low)} and ${name(high)}.`
      }
      options={(plot, width) => ({
        width,
        height: Math.max(120, 18 * rows.length + 40),
        marginLeft: 80,
        // The same seconds as in the chart above, those without an answer too.
        x: { label: 'seconds', domain: [0, Math.max(1, seconds.length)] },
        y: { domain: rows, tickFormat: (row: number) => name(row), label: null },
        opacity: { type: 'linear', domain: [0, most], range: [0.1, 1] },
        marks: [
          bandMark(plot, bands),
          plot.barX(cells, {
            x1: 'at',
            x2: 'to',
            y: 'row',
            fill: 'var(--hl-accent)',
            fillOpacity: 'share',
            inset: 0.5,
          }),
        ],
      })}
    />
  )
}
