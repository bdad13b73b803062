import { PlotFigure } from '@heavylift/ui'

/** Latency over time: a row for each range of latency, the stronger the more requests took so long. */
export function HeatMap({ seconds, endsMs }: { seconds: { heat: number[] }[]; endsMs: number[] }) {
  const name = (row: number) => (row < endsMs.length ? `≤ ${endsMs[row]} ms` : `> ${endsMs.at(-1)} ms`)
  const cells = seconds.flatMap(({ heat }, at) =>
    heat.flatMap((count, row) => (count === 0 ? [] : [{ at, row, count, share: Math.sqrt(count) }])),
  )
  // The same seconds as in the chart above, whose axis is theirs too, those without an answer as well.
  const ats = seconds.map((_, at) => at)
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
        x: { axis: null, domain: ats, padding: 0 },
        y: { domain: rows, tickFormat: (row: number) => name(row), label: null },
        opacity: { type: 'linear', domain: [0, most], range: [0.1, 1] },
        marks: [
          plot.cell(cells, {
            x: 'at',
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
