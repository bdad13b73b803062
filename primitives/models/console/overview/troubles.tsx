import { Link } from '@tanstack/react-router'
import { Empty, Panel, format } from '@heavylift/console'
import type { GatewaySnapshot } from '../shapes.ts'
import { errorWords } from '../words.ts'

/** What went wrong lately, the most frequent first, each with what to do about it. */
export function Troubles({ errors }: { errors: GatewaySnapshot['overall']['errors'] }) {
  const sorted = Object.entries(errors).toSorted(([, a], [, b]) => b - a)
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
                <Link to={'/models/calls' as never} search={{ text: code } as never} className="hl-code">
                  {code}
                </Link>
                <p className="hl-fine">{errorWords(code)}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
