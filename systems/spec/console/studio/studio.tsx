import { Button, SegmentedControl, TextInput } from '@mantine/core'
import {
  ActionButton,
  Chip,
  ErrorState,
  Loaded,
  Notice,
  Page,
  Stat,
  Stats,
  formatAgo,
  formatCount,
} from '@heavylift/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api.ts'
import { BuildsView } from './builds-view.tsx'
import { changedWords } from './changed-words.ts'
import { CoverageMap } from './coverage-map.tsx'
import { HistoryView } from './history-view.tsx'
import { QuestionsView } from './questions-view.tsx'
import { loadOverview } from './load.ts'
import type { Overview } from './load.ts'
import { SpecView } from './spec-view.tsx'
import { useStudio } from './use-studio.ts'
import { Marked, Readable } from './readable.tsx'
import styles from './studio.module.css'

/** One repository: spec and code beside each other, coverage, questions, history, builds. */
export default function Studio() {
  const { id, state, set } = useStudio()
  const client = useQueryClient()
  const overview = useQuery({
    queryKey: ['spec', id, 'overview'],
    queryFn: ({ signal }) => loadOverview(id, signal),
  })
  const refreshing = useMutation({
    mutationFn: () => api.post('/repositories/:id/refresh', { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['spec', id] }),
  })
  const repository = overview.data?.repository
  return (
    <Page
      title={repository?.name ?? 'Studio'}
      lead={repository ? <span className="hl-code">{repository.folder}</span> : undefined}
      actions={
        <>
          {repository?.isSample ? <Chip>sample</Chip> : null}
          <ActionButton
            label="Read it again"
            shortcut="r"
            variant="default"
            loading={refreshing.isPending}
            onAct={() => refreshing.mutate()}
          />
        </>
      }
    >
      {refreshing.isError ? <ErrorState error={refreshing.error} /> : null}
      <Loaded of={overview} what="Reading the repository" lines={12}>
        {(data) => (
          <>
            <Figures of={data} />
            <Drifts of={data} id={id} onSee={(path, line) => set({ view: 'spec', file: path, line })} />
            {data.notRead.length > 0 ? (
              <Notice tone="warn" title="Found, and not read:">
                {' '}
                {data.notRead.map(({ name, foundIn }) => `${name} (${foundIn})`).join(', ')}
              </Notice>
            ) : null}
            <SegmentedControl
              className={styles['views'] ?? ''}
              aria-label="View"
              value={state.view}
              onChange={(view) => set({ view })}
              data={[
                { value: 'spec', label: 'Spec and code' },
                { value: 'map', label: 'Coverage' },
                { value: 'questions', label: `Questions (${data.questions.length})` },
                { value: 'history', label: 'History' },
                { value: 'builds', label: 'Builds' },
              ]}
            />
            {state.view === 'map' ? (
              <CoverageMap id={id} onOpen={(file) => set({ view: 'spec', file, line: '1' })} />
            ) : state.view === 'questions' ? (
              <QuestionsView
                questions={data.questions}
                onOpen={(file, line) => set({ view: 'spec', file, line })}
              />
            ) : state.view === 'history' ? (
              <HistoryView id={id} />
            ) : state.view === 'builds' ? (
              <BuildsView id={id} selected={state.build} onSelect={(build) => set({ build })} />
            ) : (
              <SpecView id={id} of={data} state={state} set={set} />
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Figures({ of: { repository, drifts, specs } }: { of: Overview }) {
  const { summary, readAtMs } = repository
  const operations = specs
    .flatMap(({ requirements }) => requirements)
    .filter(({ title }) => /^(?:[A-Z]+|Any method) \//.test(title)).length
  return (
    <Stats>
      <Stat
        label="Operations"
        value={formatCount(summary.operations)}
        detail={summary.frameworks.join(', ')}
      />
      <Stat
        label="Requirements"
        value={formatCount(summary.requirements)}
        detail={
          operations === 0
            ? undefined
            : operations === summary.requirements
              ? 'one for each operation'
              : `${formatCount(operations)} of operations, ${formatCount(summary.requirements - operations)} of what they share, models and the like`
        }
      />
      <Stat label="Rules and errors" value={formatCount(summary.rules + summary.errors)} />
      <Stat
        label="Drifts"
        value={formatCount(drifts.length)}
        tone={drifts.length > 0 ? 'warn' : 'good'}
        detail="goal: 0"
      />
      <Stat
        label="Lines read"
        value={formatCount(summary.lines)}
        detail={`${summary.seconds.toFixed(1)} s, ${formatAgo(readAtMs, Date.now())}`}
      />
    </Stats>
  )
}

/** What a sentence said and says, with what differs marked. */
function WasAndNow({ before, after }: { before: string | null; after: string | null }) {
  const changed = before === null || after === null ? null : changedWords(before, after)
  return (
    <>
      {before === null ? null : (
        <div className={styles['was']}>
          was: {changed ? <Marked pieces={changed.before} /> : <Readable text={before} />}
        </div>
      )}
      {after === null ? null : (
        <div className={styles['now']}>
          now: {changed ? <Marked pieces={changed.after} /> : <Readable text={after} />}
        </div>
      )}
    </>
  )
}

const kindWords = {
  changed: 'does something else',
  gone: 'is gone',
  unspecified: 'is new',
  unproved: 'is proved no more',
}
const shownDrifts = 5
const placesOf = (count: number) => (count === 1 ? 'one place' : `${count} places`)

/** Where code and spec part: what was, what is, and the two ways out. */
function Drifts({
  of: { drifts, settled, repository, isAgreed },
  id,
  onSee,
}: {
  of: Overview
  id: string
  onSee: (path: string, line: string) => void
}) {
  const client = useQueryClient()
  const [by, setBy] = useState('')
  const accepting = useMutation({
    mutationFn: () => api.post('/repositories/:id/accept', { params: { id }, body: { by } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['spec', id] }),
  })
  if (!isAgreed)
    return (
      <Notice title="Nothing was agreed yet.">
        {' '}
        <code>heavylift spec extract {repository.folder}</code> keeps what the code does now; from then on a
        change shows here.
      </Notice>
    )
  if (drifts.length + settled === 0) return null
  return (
    <Notice
      {...(drifts.length > 0 && { tone: 'warn' as const })}
      title={
        drifts.length > 0
          ? `Code and spec part in ${placesOf(drifts.length)}.`
          : `Code and spec agree, in ${placesOf(settled)} otherwise than was agreed.`
      }
      actions={
        <form
          className="hl-row"
          onSubmit={(event) => {
            event.preventDefault()
            accepting.mutate()
          }}
        >
          <TextInput
            size="xs"
            aria-label="Who accepts it"
            placeholder="Your name"
            value={by}
            onChange={(event) => setBy(event.currentTarget.value)}
          />
          <Button
            size="compact-sm"
            variant="default"
            type="submit"
            loading={accepting.isPending}
            disabled={by.trim() === ''}
          >
            Accept what the code does
          </Button>
          {drifts.length > 0 ? <span className="hl-fine">or mend the code, and read it again</span> : null}
        </form>
      }
    >
      <ul className={styles['drifts']}>
        {drifts.slice(0, shownDrifts).map((drift) => (
          <li key={`${drift.requirement}${drift.before}${drift.after}`}>
            <b className="hl-code">{drift.requirement}</b> {kindWords[drift.kind]}
            {drift.path === '' ? null : (
              <>
                {' · '}
                <button
                  type="button"
                  className={styles['link']}
                  onClick={() => onSee(drift.path, String(drift.line))}
                >
                  {drift.path}:{drift.line}
                </button>
              </>
            )}
            <WasAndNow before={drift.before} after={drift.after} />
            {drift.operations.length > 0 ? (
              <details className="hl-fine">
                <summary>in {drift.operations.length} operations</summary>
                <span className="hl-code">{drift.operations.join(', ')}</span>
              </details>
            ) : null}
          </li>
        ))}
      </ul>
      {drifts.length > shownDrifts ? <p>and {drifts.length - shownDrifts} more</p> : null}
      {accepting.isError ? <p>{accepting.error.message}</p> : null}
    </Notice>
  )
}
