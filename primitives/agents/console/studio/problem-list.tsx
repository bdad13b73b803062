import { Panel } from '@heavylift/ui'
import type { FileProblem } from '../../src/files/parse-file.ts'
import styles from './studio.module.css'

/** Everything that is wrong, with its place; choosing one goes there. */
export function ProblemList({
  problems,
  onChoose,
}: {
  problems: readonly FileProblem[]
  onChoose: (problem: FileProblem) => void
}) {
  if (problems.length === 0) return null
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const warnings = problems.length - errors
  const note = [
    errors > 0 ? `${errors} to mend before it can be published` : '',
    warnings > 0 ? `${warnings} to look at` : '',
  ]
  return (
    <Panel title="Problems" note={note.filter(Boolean).join(', ')} flush>
      <ul className={styles['problems']} aria-label="Problems">
        {problems.map((problem) => (
          <li key={`${problem.from} ${problem.path} ${problem.message}`}>
            <button type="button" onClick={() => onChoose(problem)}>
              <span className="hl-number">
                {problem.severity === 'error' ? '■' : '▲'} {problem.line}:{problem.column}
              </span>
              <span>{problem.message}</span>
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
