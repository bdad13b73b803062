import { Empty, StateMark } from '@heavylift/ui'
import type { MiniatureProps } from '@heavylift/ui'
import type { RunState } from '../../src/run/entry.ts'
import { runStates } from '../words.ts'
import styles from './miniature.module.css'

/** The newest runs and how they stand, now. */
export default function AgentsMiniature({ picture }: MiniatureProps) {
  if (picture === undefined) return <div className={styles['mini']} />
  const { runs = [] } = picture as { runs?: { id: string; agent: string; state: RunState }[] }
  if (runs.length === 0)
    return (
      <div className={styles['mini']}>
        <Empty title="No run yet">Start from a template: it works on data that comes with it.</Empty>
      </div>
    )
  return (
    <div className={styles['mini']}>
      <ul>
        {runs.slice(0, 3).map(({ id, agent, state }) => (
          <li key={id}>
            <span className="hl-cut">{agent}</span>
            <StateMark state={runStates[state].mark}>{runStates[state].word}</StateMark>
          </li>
        ))}
      </ul>
    </div>
  )
}
