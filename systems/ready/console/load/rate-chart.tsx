import { PlotFigure } from '@heavylift/ui'

/** Requests a second: planned as a line, sent as an area, failed in red. */
export function RateChart({ seconds }: { seconds: { planned: number; sent: number; failed: number }[] }) {
  // Each second from its begin to its end, the last one too.
  const rows = [...seconds, ...seconds.slice(-1)].map((second, at) => ({ at, ...second }))
  return (
    <PlotFigure
      height={180}
      summary={`Requests a second over ${seconds.length} seconds: planned at most ${Math.max(0, ...rows.map((row) => row.planned))}, sent at most ${Math.max(0, ...rows.map((row) => row.sent))}.`}
      options={(plot, width) => ({
        width,
        height: 180,
        // As the heat map below.
        marginLeft: 80,
        x: { label: 'seconds' },
        y: { label: 'requests a second', zero: true, grid: true },
        marks: [
          plot.areaY(rows, {
            x: 'at',
            y: 'sent',
            fill: 'var(--hl-accent)',
            fillOpacity: 0.25,
            curve: 'step-after',
          }),
          plot.lineY(rows, {
            x: 'at',
            y: 'planned',
            stroke: 'var(--hl-ink-2)',
            strokeDasharray: '4 2',
            curve: 'step-after',
          }),
          plot.areaY(rows, { x: 'at', y: 'failed', fill: 'var(--hl-bad)', curve: 'step-after' }),
        ],
      })}
    />
  )
}
