import { useElementSize } from '@mantine/hooks'
import { useState } from 'react'
import { format } from '@heavylift/ui'
import type { LiveCall } from '../../src/metering/gateway-snapshot.ts'
import { assignRows } from './age-scale.ts'
import { packMarks } from './pack-marks.ts'

const rowCount = 4
/** A mark with its gap, pixels; rows and marks in a row are as far apart. */
const step = 10

/**
 * Calls in flight as blocks that move to the right as they grow old: hollow while read, full while written. Those of
 * `inFlight` that find no place are a number at the end.
 */
export function CallBlocks({ calls, inFlight }: { calls: readonly LiveCall[]; inFlight: number }) {
  const { ref, width } = useElementSize()
  const [drawn, setDrawn] = useState({ calls, rows: assignRows(new Map(), calls, rowCount) })
  if (drawn.calls !== calls) setDrawn({ calls, rows: assignRows(drawn.rows, calls, rowCount) })
  // Room for the number is kept for as long as there is one, else marks would jump.
  const room = width - sidePx * 2
  const all = packMarks(calls, drawn.rows, room, step)
  const marks = all.length < inFlight ? packMarks(calls, drawn.rows, room - numberPx, step) : all
  const undrawn = inFlight - marks.length
  return (
    <div ref={ref} className="models-flow" role="img" aria-label={inWords(calls, inFlight)}>
      {marks.map(({ call, row, left }) => (
        <i
          key={call.id}
          data-phase={call.phase}
          title={`${call.model}, ${phaseWords[call.phase]}, ${format.formatDuration(call.ageMs)}, ${format.formatCount(call.tokens)} tokens`}
          style={{
            transform: `translateX(${left.toFixed(1)}px)`,
            top: 3 + row * step,
          }}
        />
      ))}
      {undrawn > 0 && width > 0 ? <b className="hl-number">+{format.formatCompact(undrawn)}</b> : null}
    </div>
  )
}

/** Left and right of the marks. */
const sidePx = 2
/** Room of the number of those that are not drawn. */
const numberPx = 44

const phaseWords = { waiting: 'waiting', reading: 'reading the prompt', writing: 'writing the answer' }

function inWords(calls: readonly LiveCall[], inFlight: number): string {
  if (inFlight === 0) return 'No call in flight'
  const count = (phase: LiveCall['phase']) => calls.filter((call) => call.phase === phase).length
  const parts = (['waiting', 'reading', 'writing'] as const)
    .map((phase) => ({ phase, n: count(phase) }))
    .filter(({ n }) => n > 0)
    .map(({ phase, n }) => `${n} ${phaseWords[phase]}`)
  const oldestMs = Math.max(...calls.map(({ ageMs }) => ageMs))
  if (parts.length === 0) return `${inFlight} in flight`
  return `${inFlight} in flight: ${parts.join(', ')}; the oldest is ${format.formatDuration(oldestMs)} old`
}
