import { Link } from '@tanstack/react-router'
import { Panel, StateMark } from '@heavylift/ui'
import type { ConsoleSystem } from '@heavylift/ui'
import type { Attention } from './attention.ts'
import styles from './home.module.css'

/** How many things are named before the rest is counted. */
const mostNamed = 3

/** One line: how many run, what needs a person, and what to try first while nothing has been decided. */
export function Glance({
  running,
  all,
  needs,
  first,
}: {
  running: number
  all: number
  needs: readonly Attention[]
  /** What one begins with; null once something has been decided. */
  first: ConsoleSystem['tryIt'] | null
}) {
  return (
    <Panel flush aria-label="At a glance">
      <div className={styles['glance']}>
        <StateMark state={running === all ? 'good' : 'warn'}>
          {running === all ? `All ${all} run` : `${running} of ${all} run`}
        </StateMark>
        {needs.length === 0 ? (
          <span className="hl-dim">Nothing needs you now.</span>
        ) : (
          <ul aria-label="What needs you">
            {needs.slice(0, mostNamed).map(({ key, state, text, to }) => (
              <li key={key}>
                <Link to={to as '/'}>
                  <StateMark state={state}>{text}</StateMark>
                </Link>
              </li>
            ))}
            {needs.length > mostNamed ? (
              <li className="hl-fine">and {needs.length - mostNamed} more</li>
            ) : null}
          </ul>
        )}
        {first ? (
          <span>
            Begin here:{' '}
            {'to' in first ? (
              <Link to={first.to as '/'}>{first.label}</Link>
            ) : (
              <a href={first.href} target="_blank" rel="noreferrer">
                {first.label}
              </a>
            )}
          </span>
        ) : null}
      </div>
    </Panel>
  )
}
