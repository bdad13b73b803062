import { Button, NativeSelect, TextInput } from '@mantine/core'
import { Chip, ErrorState, Loaded, Notice, Panel } from '@heavylift/ui'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { api } from '../api.ts'
import { Readable } from './readable.tsx'
import styles from './studio.module.css'

/** One sentence in other words. */
export interface Edit {
  path: string
  requirement: string
  from: string
  to: string
}

/** The delta with what the edits changed marked, and the first of it in sight. */
function DeltaLines({ delta, changed }: { delta: string; changed: readonly string[] }) {
  const first = useRef<HTMLElement>(null)
  useEffect(() => {
    const frame = first.current?.parentElement
    if (frame && first.current) frame.scrollTop = first.current.offsetTop - frame.offsetTop - 40
  }, [delta])
  const lines = delta.split('\n')
  const firstAt = lines.findIndex((line) => changed.includes(line))
  return lines.map((line, at) => (
    <span key={`${at} ${line}`} ref={at === firstAt ? first : null}>
      {changed.includes(line) ? <mark className={styles['changed']}>{line}</mark> : line}
      {'\n'}
    </span>
  ))
}

/** What the edits so far come to: the delta, the plan, what lint says; and who may build it. */
export function ChangeTray({
  id,
  edits,
  agents,
  testCommand,
  build,
  onDrop,
  onBuilt,
}: {
  id: string
  edits: readonly Edit[]
  agents: readonly string[]
  testCommand: string
  /** What they were given to last, which has not done them. */
  build: { name: string; status: string } | null
  onDrop: () => void
  onBuilt: (name: string) => void
}) {
  const [agent, setAgent] = useState(agents[0] ?? '')
  const [tests, setTests] = useState(testCommand)
  const preview = useQuery({
    queryKey: ['spec', id, 'preview', edits],
    queryFn: ({ signal }) =>
      api.post('/repositories/:id/preview', { params: { id }, body: { edits: [...edits] }, signal }),
  })
  const building = useMutation({
    mutationFn: () =>
      api.post('/repositories/:id/builds', {
        params: { id },
        body: { edits: [...edits], agent, testCommand: tests },
      }),
    onSuccess: ({ name }) => onBuilt(name),
  })
  return (
    <Panel
      title="Your change"
      note={`${edits.length === 1 ? '1 sentence' : `${edits.length} sentences`}, kept in this browser until built or dropped${build ? `; ${build.name}: ${build.status}` : ''}`}
      actions={
        <Button size="compact-sm" variant="default" onClick={onDrop}>
          Drop it
        </Button>
      }
    >
      <Loaded of={preview} what="Making the plan">
        {({ delta, changed, plan, findings }) => (
          <div className={styles['change']}>
            {findings.map(({ rule, requirement, message }) => (
              <Notice key={`${rule}${requirement}${message}`} tone="warn" title={`${requirement}: ${rule}.`}>
                {' '}
                {message}
              </Notice>
            ))}
            <div className={styles['halves']}>
              <div className={styles['half']}>
                <h3>Delta</h3>
                <pre className={styles['pre']} tabIndex={0} role="region" aria-label="Delta">
                  <DeltaLines delta={delta} changed={changed} />
                </pre>
              </div>
              <div className={styles['half']}>
                <h3>Plan</h3>
                <ol className={styles['plan']}>
                  {plan.tasks.map((task) => (
                    <li key={task.id}>
                      <b>
                        {task.what} <span className="hl-code">{task.requirement}</span>
                      </b>{' '}
                      {task.after.length > 0 ? <Chip>after {task.after.join(', ')}</Chip> : null}
                      {task.operations.length > 0 ? (
                        <div className="hl-fine">{task.operations.join(', ')}</div>
                      ) : null}
                      {task.shallNot.map((one) => (
                        <div key={one} className={styles['was']}>
                          no more: <Readable text={one} />
                        </div>
                      ))}
                      {task.shall.map((one) => (
                        <div key={one} className={styles['now']}>
                          to hold: <Readable text={one} />
                        </div>
                      ))}
                      <div className="hl-fine">
                        {[...new Set(task.spans.map((span) => `${span.path}:${span.line}`))]
                          .slice(0, 6)
                          .join(', ')}
                      </div>
                    </li>
                  ))}
                </ol>
                <p className="hl-fine">
                  {plan.tasks.length === 0
                    ? 'Nothing is left to do: the code does what the edited sentences say.'
                    : `Files that may change: ${plan.paths.join(', ') || 'any that the tasks need'}; tests, and new files beside them.`}
                </p>
              </div>
            </div>
            {plan.tasks.length === 0 ? null : (
              <form
                className="hl-row"
                style={{ alignItems: 'flex-end' }}
                onSubmit={(event) => {
                  event.preventDefault()
                  building.mutate()
                }}
              >
                <NativeSelect
                  label="Agent"
                  value={agent}
                  onChange={(event) => setAgent(event.currentTarget.value)}
                  data={agents.map((name) => ({
                    value: name,
                    label: name === 'literals' ? 'literals (numbers and texts, needs no model)' : name,
                  }))}
                />
                <TextInput
                  label="Tests"
                  placeholder="none"
                  style={{ flex: '1 1 200px' }}
                  value={tests}
                  onChange={(event) => setTests(event.currentTarget.value)}
                />
                <Button type="submit" loading={building.isPending}>
                  Let it build in a worktree
                </Button>
              </form>
            )}
            {building.isError ? <ErrorState error={building.error} /> : null}
          </div>
        )}
      </Loaded>
    </Panel>
  )
}
