import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import {
  ActionButton,
  Bar,
  Chip,
  DataTable,
  Empty,
  ErrorState,
  format,
  Loaded,
  Notice,
  Page,
  Panel,
  StateMark,
  useUrlState,
} from '@heavylift/ui'
import type { Column } from '@heavylift/ui'
import type { ClearanceSummary, RunningClearance } from '../../src/clearance/clearance-schema.ts'
import { api } from '../api.ts'
import { VerdictBand, verdictMarks } from './verdict-band.tsx'
import { StartForm } from './start-form.tsx'
import { useClearances } from './use-clearances.ts'

const columns: Column<ClearanceSummary>[] = [
  {
    key: 'verdict',
    title: 'Verdict',
    width: '128px',
    render: ({ verdict }) => <StateMark state={verdictMarks[verdict].state}>{verdict}</StateMark>,
  },
  {
    key: 'version',
    title: 'Version',
    render: ({ version, isSample }) => (
      <>
        {version} {isSample ? <Chip tone="warn">sample</Chip> : null}
      </>
    ),
  },
  { key: 'suite', title: 'Suite', render: ({ suite }) => suite },
  { key: 'n', title: 'Cases', isNumber: true, render: ({ n }) => format.formatCount(n) },
  {
    key: 'failures',
    title: 'Failed',
    isNumber: true,
    render: ({ failures }) => format.formatCount(failures),
  },
  { key: 'blockers', title: 'Blockers', isNumber: true, render: ({ blockerCount }) => blockerCount },
  {
    key: 'upper',
    title: 'At most',
    isNumber: true,
    isSecondary: true,
    render: ({ upper }) => (upper !== null ? `${(100 * upper).toFixed(1)} %` : 'no bound'),
  },
  { key: 'reason', title: 'Why', isWide: true, isSecondary: true, render: ({ reason }) => reason },
  {
    key: 'at',
    title: 'When',
    isSecondary: true,
    render: ({ createdAt }) => format.formatAgo(Date.parse(createdAt), Date.now()),
  },
]

/** Is this version safe enough, with what confidence: every clearance, and a way to begin one. */
export default function Clearances() {
  const clearances = useClearances()
  const navigate = useNavigate()
  const [url, setUrl] = useUrlState({
    form: '',
    version: 'pdm',
    against: 'idm',
    suite: 'built-in',
    cases: '',
    limit: '',
  })
  return (
    <Page
      title="Clearance"
      lead="Whether a version is fit to be released: how often it fails at most, what a careful human would have avoided, and what has changed."
      actions={
        <ActionButton
          label="Clear a version"
          shortcut="n"
          onAct={() => setUrl({ form: url.form === 'open' ? '' : 'open' })}
        />
      }
    >
      {url.form === 'open' ? (
        <StartForm asked={url} onChange={setUrl} onDone={() => setUrl({ form: '', cases: '', limit: '' })} />
      ) : null}
      <Loaded of={clearances} what="Loading clearances">
        {({ clearances: list, running }) => (
          <>
            {running ? <Running running={running} /> : null}
            {running && running.error === null && list.length === 0 ? (
              <Notice title="The first verdict is on its way">
                <p>
                  A version is driven through every scenario, over the ranges of its parameters, and judged by
                  how often it fails. Meanwhile, <Link to={'/drive/viewer' as '/'}>watch it drive</Link> or{' '}
                  <Link to={'/drive/scenarios' as '/'}>look at the scenarios</Link>.
                </p>
              </Notice>
            ) : null}
            {list.length === 0 && !running ? (
              <Empty title="Nothing has been cleared yet">
                Begin here, or with{' '}
                <span className="hl-code">npx heavylift drive clear pdm --suite built-in --against idm</span>.
              </Empty>
            ) : null}
            {list[0] ? <Newest clearance={list[0]} /> : null}
            {list.length > 0 ? (
              <Panel title="Clearances" note="newest first" flush>
                <DataTable
                  caption="Clearances"
                  columns={columns}
                  rows={list}
                  keyOf={({ id }) => id}
                  onOpen={({ id }) => void navigate({ to: `/drive/clearance/${id}` as '/' })}
                />
              </Panel>
            ) : null}
          </>
        )}
      </Loaded>
    </Page>
  )
}

/** The verdict that stands now. */
function Newest({ clearance }: { clearance: ClearanceSummary }) {
  const { id, version, suite, n, failures, against, verdict, reason } = clearance
  return (
    <VerdictBand
      verdict={verdict}
      headline={reason}
      reasons={[
        `${version} on ${suite}${against === null ? '' : `, against ${against}`}: ${format.formatCount(n - failures)} of ${format.formatCount(n)} cases passed.`,
      ]}
    >
      <Link to={`/drive/clearance/${id}` as '/'}>Why, class by class</Link>
    </VerdictBand>
  )
}

/** How far the one is that runs. */
function Running({ running }: { running: RunningClearance }) {
  const client = useQueryClient()
  const stop = useMutation({
    mutationFn: () => api.delete('/clearances/running'),
    onSettled: () => client.invalidateQueries({ queryKey: ['drive', 'clearances'] }),
  })
  const { progress, error, version, suite } = running
  const done = progress?.done ?? 0
  const total = progress?.total ?? 0
  if (error !== null)
    return (
      <ErrorState
        error={new Error(`${version} on ${suite} was not cleared: ${error}`)}
        retry={() => stop.mutate()}
      />
    )
  return (
    <Panel
      title={`Clearing ${version} on ${suite}`}
      note={progress ? `${progress.stage}, ${done} of ${total}` : 'beginning'}
      actions={
        <>
          <Link to={'/jobs' as '/'}>Jobs</Link>
          <Button size="compact-xs" variant="default" loading={stop.isPending} onClick={() => stop.mutate()}>
            Stop
          </Button>
        </>
      }
    >
      {stop.isError ? <ErrorState error={stop.error} /> : null}
      <Bar share={total === 0 ? 0 : done / total} label={`${done} of ${total} runs`} />
    </Panel>
  )
}
