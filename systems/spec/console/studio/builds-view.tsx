import { Button } from '@mantine/core'
import {
  DataTable,
  Empty,
  ErrorState,
  Facts,
  Loaded,
  Notice,
  Panel,
  StateMark,
  formatAgo,
  formatDuration,
} from '@heavylift/ui'
import type { StateName } from '@heavylift/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../api.ts'
import styles from './studio.module.css'

type Build = Awaited<ReturnType<typeof loadBuilds>>['builds'][number]
const loadBuilds = (id: string, signal: AbortSignal) =>
  api.get('/repositories/:id/builds', { params: { id }, signal })

const marks: Record<Build['status'], StateName> = {
  running: 'busy',
  done: 'good',
  refused: 'bad',
  failed: 'bad',
}
const gateWords: Record<Build['gates'][number]['gate'], string> = {
  paths: 'only files of the plan were changed',
  tests: 'the tests of the project pass, and none says less than it did',
  spec: 'the code, read again, says what the spec says',
  others: 'no other requirement moved',
}
const gates = ['paths', 'tests', 'spec', 'others'] as const

/** Builds of a repository; one that runs is followed as it goes. */
export function BuildsView({
  id,
  selected,
  onSelect,
}: {
  id: string
  selected: string
  onSelect: (name: string) => void
}) {
  const builds = useQuery({
    queryKey: ['spec', id, 'builds'],
    queryFn: ({ signal }) => loadBuilds(id, signal),
    refetchInterval: (query) =>
      query.state.data?.builds.some(({ status }) => status === 'running') ? 500 : 10_000,
  })
  return (
    <Loaded of={builds} what="Loading builds">
      {({ builds: all }) => {
        const build = all.find(({ name }) => name === selected) ?? all[0]
        if (!build)
          return (
            <Empty title="Nothing was built yet">
              Edit a sentence under “Spec and code”; its plan is shown, and an agent can build it.
            </Empty>
          )
        return (
          <>
            <OneBuild id={id} build={build} />
            <Panel title="Builds" flush>
              <DataTable
                caption="Builds"
                rows={all}
                keyOf={({ name }) => name}
                selected={build.name}
                onOpen={({ name }) => onSelect(name)}
                columns={[
                  { key: 'name', title: 'Build', render: ({ name }) => name },
                  {
                    key: 'status',
                    title: 'State',
                    render: ({ status }) => <StateMark state={marks[status]}>{status}</StateMark>,
                  },
                  { key: 'agent', title: 'Agent', render: ({ agent }) => agent },
                  { key: 'branch', title: 'Branch', isSecondary: true, render: ({ branch }) => branch },
                  {
                    key: 'began',
                    title: 'Began',
                    isSecondary: true,
                    render: ({ startedAtMs }) => formatAgo(startedAtMs, Date.now()),
                  },
                ]}
              />
            </Panel>
          </>
        )
      }}
    </Loaded>
  )
}

function OneBuild({ id, build }: { id: string; build: Build }) {
  const client = useQueryClient()
  const stopping = useMutation({
    mutationFn: () => api.post('/repositories/:id/builds/:name/stop', { params: { id, name: build.name } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['spec', id, 'builds'] }),
  })
  const isRunning = build.status === 'running'
  return (
    <Panel
      title={build.name}
      note={<StateMark state={marks[build.status]}>{build.status}</StateMark>}
      actions={
        isRunning ? (
          <Button
            size="compact-sm"
            color="red"
            loading={stopping.isPending}
            onClick={() => stopping.mutate()}
          >
            Stop it
          </Button>
        ) : undefined
      }
    >
      <div className={styles['change']}>
        {stopping.isError ? <ErrorState error={stopping.error} /> : null}
        {build.problem === '' ? null : <Notice tone="bad">{build.problem}</Notice>}
        <ol className={styles['gates']} aria-label="Gates">
          {gates.map((gate) => {
            const result = build.gates.find((one) => one.gate === gate)
            return (
              <li key={gate}>
                <StateMark state={result ? (result.isPassed ? 'good' : 'bad') : isRunning ? 'busy' : 'idle'}>
                  {gate}
                </StateMark>
                <span className="hl-fine">
                  {gateWords[gate]}
                  {gate === 'tests' && build.testCommand === '' ? ' (none were given)' : ''}
                </span>
                {result?.reasons.map((reason) => (
                  <p key={reason} className={styles['reason']}>
                    {reason}
                  </p>
                ))}
              </li>
            )
          })}
        </ol>
        {build.status === 'done' ? (
          <p>
            Take it into your checkout: <code>git merge {build.branch}</code>, then read it again.
          </p>
        ) : build.status === 'refused' ? (
          <p>Your edit is kept under “Spec and code”: change it there, or give it to another agent.</p>
        ) : null}
        <Facts
          isInline
          facts={[
            ['Agent', build.agent],
            ['Tests', build.testCommand || 'none'],
            ['Step', build.step],
            build.commit !== null && ['Branch', <span className="hl-code">{build.branch}</span>],
            build.commit !== null && ['Commit', <span className="hl-code">{build.commit.slice(0, 12)}</span>],
            build.endedAtMs !== null && ['Took', formatDuration(build.endedAtMs - build.startedAtMs)],
          ]}
        />
        <div className={styles['halves']}>
          <div className={styles['half']}>
            <h3>What the agent says</h3>
            <pre className={styles['pre']} tabIndex={0} role="region" aria-label="What the agent says">
              {build.log.join('\n') || 'Nothing yet.'}
            </pre>
          </div>
          <div className={styles['half']}>
            <h3>{build.body === '' ? 'Delta' : 'For the pull request'}</h3>
            <pre className={styles['pre']} tabIndex={0} role="region" aria-label="For the pull request">
              {build.body || build.delta}
            </pre>
          </div>
        </div>
      </div>
    </Panel>
  )
}
