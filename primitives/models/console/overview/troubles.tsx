import { Empty, Panel, format } from '@heavylift/ui'
import type { GatewaySnapshot } from '../../src/metering/gateway-snapshot.ts'
import { errorWords } from '../words.ts'
import { CallsLink } from './calls-link.tsx'

/** What went wrong lately, the most frequent first, each with what to do about it. */
export function Troubles({ snapshot }: { snapshot: GatewaySnapshot }) {
  const sorted = Object.entries(snapshot.overall.errors).toSorted(([, a], [, b]) => b - a)
  return (
    <Panel title="What went wrong" note="last five minutes" flush>
      {sorted.length === 0 ? (
        <Empty title="Nothing">No call failed, was cut off or refused.</Empty>
      ) : (
        <ul className="models-troubles">
          {sorted.map(([code, count]) => (
            <li key={code}>
              <span className="hl-number">{format.formatCount(count)}</span>
              <div>
                <CallsLink nowMs={snapshot.atMs} filter={{ text: code }} className="hl-code">
                  {code}
                </CallsLink>
                <p className="hl-fine">{errorWords(code)}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
