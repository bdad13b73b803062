import { useState } from 'react'
import { format } from '@heavylift/console'
import type { LiveCall } from '../shapes.ts'
import { agePlace, assignRows } from './age-scale.ts'

const rowCount = 4

/** Calls in flight as blocks that move to the right as they grow old: hollow while read, full while written. */
export function CallBlocks({ calls }: { calls: readonly LiveCall[] }) {
  const [drawn, setDrawn] = useState({ calls, rows: assignRows(new Map(), calls, rowCount) })
  if (drawn.calls !== calls) setDrawn({ calls, rows: assignRows(drawn.rows, calls, rowCount) })
  return (
    <div className="models-flow" role="img" aria-label={inWords(calls)}>
      {calls.map((call) => (
        <i
          key={call.id}
          data-phase={call.phase}
          title={`${call.model}, ${phaseWords[call.phase]}, ${format.formatDuration(call.ageMs)}, ${format.formatCount(call.tokens)} tokens`}
          style={{
            transform: `translateX(calc((100cqw - 12px) * ${agePlace(call.ageMs).toFixed(4)}))`,
            top: 3 + (drawn.rows.get(call.id) ?? 0) * 10,
          }}
        />
      ))}
    </div>
  )
}

const phaseWords = { waiting: 'waiting', reading: 'reading the prompt', writing: 'writing the answer' }

function inWords(calls: readonly LiveCall[]): string {
  if (calls.length === 0) return 'No call in flight'
  const count = (phase: LiveCall['phase']) => calls.filter((call) => call.phase === phase).length
  const parts = (['waiting', 'reading', 'writing'] as const)
    .map((phase) => ({ phase, n: count(phase) }))
    .filter(({ n }) => n > 0)
    .map(({ phase, n }) => `${n} ${phaseWords[phase]}`)
  const oldestMs = Math.max(...calls.map(({ ageMs }) => ageMs))
  return `${calls.length} in flight: ${parts.join(', ')}; the oldest is ${format.formatDuration(oldestMs)} old`
}
