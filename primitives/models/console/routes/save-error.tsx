import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { ApiError, ErrorState, Notice } from '@heavylift/ui'
import { problemsOf } from './use-config.ts'

/** Why a change was not saved. Problems with a field stand at the field too; here they are listed with their place. */
export function SaveError({ error }: { error: unknown }) {
  const client = useQueryClient()
  const problems = problemsOf(error)
  if (problems.length > 0) {
    return (
      <Notice tone="bad" title="Not saved: the table would not be valid">
        <ul className="hl-list">
          {problems.map((problem) => (
            <li key={`${problem.path} ${problem.message}`}>
              {problem.path === '' ? null : <span className="hl-code">{problem.path} </span>}
              {problem.message}
              {problem.line === null ? null : (
                <span className="hl-fine">
                  {' '}
                  line {problem.line}
                  {problem.column === null ? '' : `, column ${problem.column}`}
                </span>
              )}
            </li>
          ))}
        </ul>
      </Notice>
    )
  }
  if (error instanceof ApiError && error.code === 'config-changed') {
    return (
      <Notice
        tone="bad"
        title="Not saved: the file has changed since you opened it"
        actions={
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => void client.invalidateQueries({ queryKey: ['models', 'config'] })}
          >
            Load the new one, keep my edits
          </Button>
        }
      >
        <p>{error.message}</p>
      </Notice>
    )
  }
  return <ErrorState error={error} />
}
