import { Canvas } from '@heavylift/ui'
import type { FleetState } from '../../src/metering/fleet-columns.ts'
import type { Measure } from './fleet-groups.ts'
import { drawCell } from './heat-map.tsx'
import { measures } from './measures.ts'

const shapes: readonly { state: FleetState; word: string }[] = [
  { state: 'open', word: 'breaker open or unhealthy' },
  { state: 'ejected', word: 'ejected' },
  { state: 'probing', word: 'probing' },
  { state: 'draining', word: 'draining' },
]
const cellPx = 16
const shares = [0, 0.25, 0.5, 0.75, 1]

/** What colours and shapes mean. */
export function FleetLegend({ measure, end }: { measure: Measure; end: number }) {
  return (
    <span className="models-heat-legend">
      <span>
        0
        <Canvas
          label={`From 0 to ${measures[measure].words(end)}, the darker the more`}
          style={{ width: shares.length * cellPx, height: cellPx }}
          draw={(ctx, frame) => {
            ctx.clearRect(0, 0, frame.size.width, frame.size.height)
            shares.forEach((share, at) =>
              drawCell(ctx, frame, { x: at * cellPx, y: 1, px: cellPx - 2 }, 'healthy', share),
            )
          }}
        />
        {measures[measure].words(end)}
      </span>
      {shapes.map(({ state, word }) => (
        <span key={state}>
          <Canvas
            label=""
            aria-hidden="true"
            style={{ width: cellPx, height: cellPx }}
            draw={(ctx, frame) => {
              ctx.clearRect(0, 0, frame.size.width, frame.size.height)
              drawCell(ctx, frame, { x: 1, y: 1, px: cellPx - 2 }, state, 0)
            }}
          />
          {word}
        </span>
      ))}
    </span>
  )
}
