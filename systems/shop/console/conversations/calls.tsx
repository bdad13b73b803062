import { StateMark, format } from '@heavylift/ui'
import type { ToolCall } from '../../src/assistant/facts.ts'

/** Tool calls in the order they ran, as a waterfall; each opens to what went in and what came out. */
export function Calls({ calls }: { calls: ToolCall[] }) {
  const total = calls.reduce((sum, call) => sum + call.tookMs, 0) || 1
  const rows = calls.map((call, index) => ({
    call,
    startedAtMs: calls.slice(0, index).reduce((sum, each) => sum + each.tookMs, 0),
  }))
  return (
    <div>
      <strong>{calls.length === 1 ? '1 tool call' : `${calls.length} tool calls`}</strong>
      <span className="hl-fine">
        {' '}
        in {format.formatDuration(calls.length === 0 ? 0 : total)}, one after the other
      </span>
      <ol className="shop-calls">
        {rows.map(({ call, startedAtMs }, index) => (
          <li key={index}>
            <details>
              <summary>
                <span className="hl-code hl-cut">{call.step}</span>
                <span className="shop-span" data-failed={call.error !== null || undefined}>
                  <span
                    style={{
                      left: `${(startedAtMs / total) * 100}%`,
                      width: `${(call.tookMs / total) * 100}%`,
                    }}
                  />
                </span>
                <span className="hl-number hl-fine">{format.formatDuration(call.tookMs)}</span>
              </summary>
              {call.error ? <StateMark state="bad">{call.error}</StateMark> : null}
              <span className="hl-fine">Arguments</span>
              <pre>{JSON.stringify(call.arguments, null, 2)}</pre>
              <span className="hl-fine">Result</span>
              <pre>{JSON.stringify(call.result, null, 2)}</pre>
            </details>
          </li>
        ))}
      </ol>
    </div>
  )
}
