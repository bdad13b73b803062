import { format } from '@heavylift/ui'
import type { CallRecord } from '../../src/metering/call-record.ts'

interface Stage {
  name: string
  fromMs: number
  toMs: number
  kind: 'waiting' | 'reading' | 'writing'
}

function stagesOf({ queuedMs, ttftMs, durationMs }: CallRecord): Stage[] {
  const firstMs = ttftMs ?? durationMs
  const stages: Stage[] = [
    { name: 'Queued', fromMs: 0, toMs: queuedMs, kind: 'waiting' },
    {
      name: ttftMs === null ? 'Sent, no answer came' : 'To the first token',
      fromMs: queuedMs,
      toMs: firstMs,
      kind: 'reading',
    },
  ]
  if (ttftMs !== null) stages.push({ name: 'Writing', fromMs: ttftMs, toMs: durationMs, kind: 'writing' })
  return stages
}

/** One call from arrival to its end: waiting, reading, writing, each where it began and how long it took. */
export function CallLife({ call }: { call: CallRecord }) {
  const total = Math.max(call.durationMs, 0.001)
  return (
    <ol
      className="models-life"
      aria-label={`Life of the call, ${format.formatDuration(call.durationMs)} in all`}
    >
      {stagesOf(call).map(({ name, fromMs, toMs, kind }) => (
        <li key={name}>
          <span>{name}</span>
          <span className="models-life-track" aria-hidden="true">
            <i
              data-phase={kind}
              style={{
                left: `${(fromMs / total) * 100}%`,
                width: `${Math.max(0, (toMs - fromMs) / total) * 100}%`,
              }}
            />
          </span>
          <span className="hl-number">{format.formatDuration(Math.max(0, toMs - fromMs))}</span>
        </li>
      ))}
    </ol>
  )
}
