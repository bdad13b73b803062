import { PlotFigure } from '@heavylift/ui'
import { bandMark, bandNames } from '../game-days/fault-bands.ts'
import type { FaultBand } from '../game-days/fault-bands.ts'

/** Requests a second: planned as a line, sent as an area, failed in red. */
export function RateChart({
  seconds,
  bands,
}: {
  seconds: { planned: number; sent: number; failed: number }[]
  bands: readonly FaultBand[]
}) {
  // Each second from its begin to its end, the last one too.
  const rows = [...seconds, ...seconds.slice(-1)].map((second, at) => ({ at, ...second }))
  return (
    <PlotFigure
      height={180}
      summary={`Requests a second over ${seconds.length} seconds: planned at most ${Math.max(0, ...rows.map((row) => row.planned))}, sent at most ${Math.max(0, ...rows.map((row) => row.sent))}${bands.length === 0 ? '' : `; faults: ${bands.map(({ name }) => name).join(', ')}`}.`}
      options={(plot, width) => ({
        width,
        height: 180,
        // As the heat map below.
        marginLeft: 80,
        marginTop: bands.length > 0 ? 36 : 20,
        x: { label: 'seconds', domain: [0, Math.max(1, seconds.length)] },
        y: { label: 'requests a second', zero: true, grid: true },
        marks: [
          bandMark(plot, bands),
          ...bandNames(plot, bands),
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
