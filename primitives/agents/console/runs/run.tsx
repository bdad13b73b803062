import { Button } from '@mantine/core'
import {
  ConfirmDialog,
  Copy,
  ErrorState,
  EvidencePart,
  Json,
  LiveMark,
  Loaded,
  Page,
  Panel,
  Stat,
  Stats,
  cx,
  formatCost,
  formatCount,
  formatDuration,
  formatTime,
  useUrlState,
} from '@heavylift/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { api } from '../api.ts'
import { Questions } from '../approvals/questions.tsx'
import { graphOf } from '../graph/graph-model.ts'
import { GraphView } from '../graph/graph-view.tsx'
import type { StepMark } from '../graph/graph-view.tsx'
import { runStates, startedBy } from '../words.ts'
import { pictureOf, stepOfEntry, stepStates, takenEdges } from './run-picture.ts'
import type { ShownEntry, StepPicture } from './run-picture.ts'
import { RetryFrom, SaveAsCase } from './run-acts.tsx'
import { RunDiff } from './run-diff.tsx'
import { FailureNotice, StepEvidence, tookText } from './step-evidence.tsx'
import { useRun } from './use-run.ts'
import type { RunAnswer } from './use-run.ts'
import styles from './runs.module.css'

/** One run as a graph that moves, with what each step was given and made. */
export default function Run() {
  const { runId = '' } = useParams({ strict: false }) as { runId?: string }
  const { first, run, entries, live, isOver } = useRun(runId)
  return (
    <Page
      title={run ? `Run of ${run.agent}` : 'Run'}
      lead={
        <>
          <Link to={'/agents/runs' as '/'}>All runs</Link> · <Copy text={runId} label="Copy the run’s id" />
        </>
      }
      actions={
        run ? (
          <>
            {isOver ? null : <LiveMark freshness={live.state === 'offline' ? 'stale' : live.state} />}
            <Button
              component={Link}
              to={`/agents/studio/${run.agent}` as '/'}
              variant="default"
              size="compact-md"
            >
              Open in the studio
            </Button>
            {isOver ? (
              <>
                <SaveAsCase run={run} />
                <RunAgain run={run} input={first.data?.input} />
              </>
            ) : (
              <Cancel runId={runId} />
            )}
          </>
        ) : null
      }
    >
      {first.data && run ? (
        <Shown answer={first.data} run={run} entries={entries} />
      ) : (
        <Panel flush>
          <Loaded of={first} what="Reading the run" lines={12}>
            {() => null}
          </Loaded>
        </Panel>
      )}
    </Page>
  )
}

function Shown({
  answer,
  run,
  entries,
}: {
  answer: RunAnswer
  run: RunAnswer['run']
  entries: readonly ShownEntry[]
}) {
  const [state, set] = useUrlState({ step: '', against: '' })
  const definition = useQuery({
    queryKey: ['agents', 'version', run.agent, run.version],
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      api.get('/agents/:name/versions/:version', {
        params: { name: run.agent, version: run.version },
        signal,
      }),
  })
  const pictures = useMemo(() => pictureOf(entries), [entries])
  const ofStep = useMemo(() => Map.groupBy(entries, ({ path }) => stepOfEntry(path)), [entries])
  const step = state.step === '' ? null : state.step
  return (
    <>
      <Figures run={run} />
      {run.error ? <FailureNotice failure={run.error} actions={<RetryFrom run={run} step={null} />} /> : null}
      <div className={styles['work']}>
        <Panel title="Steps" note="choose one to see what it was given and made" flush>
          <div className={styles['canvas']}>
            <Loaded of={definition} what="Reading the definition" lines={8}>
              {({ definition: of }) => (
                <RunGraph
                  definition={of}
                  pictures={pictures}
                  isOver={run.endedMs !== null}
                  selected={step}
                  onSelect={(id) => set({ step: id ?? '' })}
                />
              )}
            </Loaded>
          </div>
        </Panel>
        <div className={cx('hl-stack', styles['side'])}>
          {answer.questions.length > 0 ? <Questions questions={answer.questions} isOnRun /> : null}
          <Panel title={step === null ? 'The run' : `Step ${step}`}>
            {step === null ? (
              <RunEvidence answer={answer} run={run} />
            ) : (
              <div className="hl-stack">
                <StepEvidence step={step} picture={pictures.get(step)} entries={ofStep.get(step) ?? []} />
                {run.endedMs !== null && pictures.get(step)?.beganMs ? (
                  <div className="hl-row">
                    <RetryFrom key={step} run={run} step={step} />
                  </div>
                ) : null}
              </div>
            )}
          </Panel>
        </div>
      </div>
      <RunDiff
        run={run}
        pictures={pictures}
        entries={entries}
        against={state.against}
        onChoose={(against) => set({ against })}
      />
    </>
  )
}

function Figures({ run }: { run: RunAnswer['run'] }) {
  const { mark, word, means } = runStates[run.state]
  const tookMs = run.startedMs === null ? null : (run.endedMs ?? Date.now()) - run.startedMs
  return (
    <Stats>
      <Stat
        label="State"
        value={word}
        detail={means}
        {...(mark === 'busy' || mark === 'idle' ? {} : { tone: mark })}
      />
      <Stat
        label="Took"
        value={tookMs === null ? '–' : formatDuration(Math.max(1, tookMs))}
        detail={`began ${formatTime(run.createdMs)}`}
      />
      <Stat label="Tokens" value={formatCount(run.tokens)} detail={`cost ${formatCost(run.costMicros)}`} />
      <Stat
        label="Version"
        value={String(run.version)}
        detail={`started ${startedBy[run.trigger.kind] ?? run.trigger.kind}`}
      />
    </Stats>
  )
}

function RunGraph({
  definition,
  pictures,
  isOver,
  selected,
  onSelect,
}: {
  definition: unknown
  pictures: ReadonlyMap<string, StepPicture>
  isOver: boolean
  selected: string | null
  onSelect: (step: string | null) => void
}) {
  const model = useMemo(() => graphOf(definition), [definition])
  const marks = useMemo(
    () => new Map([...pictures].map(([id, picture]) => [id, markOf(picture, isOver)])),
    [pictures, isOver],
  )
  const taken = useMemo(() => takenEdges(model, pictures), [model, pictures])
  return (
    <GraphView
      model={model}
      label="Steps of the run"
      selected={selected}
      onSelect={onSelect}
      marks={marks}
      taken={taken}
    />
  )
}

function markOf(picture: StepPicture, isOver: boolean): StepMark {
  const { mark, word } = stepStates[picture.state]
  const isLeft = isOver && ['running', 'waiting', 'asks'].includes(picture.state)
  const facts = [
    tookText(picture),
    picture.begun > 1 ? `${picture.ended} of ${picture.begun}` : '',
    picture.turns > 0 ? `${picture.turns} turns` : '',
    picture.tokens > 0 ? `${formatCount(picture.tokens)} tokens, ${formatCost(picture.costMicros)}` : '',
    picture.verdict && picture.verdict.verdict !== 'allow' ? `policy: ${picture.verdict.verdict}` : '',
  ]
  return {
    // A run that has ended has nothing under way.
    state: isLeft ? 'idle' : mark,
    word: isLeft ? 'not ended' : word,
    detail: facts.filter(Boolean).join(' · '),
  }
}

function RunEvidence({ answer, run }: { answer: RunAnswer; run: RunAnswer['run'] }) {
  return (
    <div className="hl-stack">
      <Part title="Input">
        <Json value={answer.input ?? null} label="Input of the run" />
      </Part>
      {run.endedMs === null ? (
        <p className="hl-fine">Its result is here once it has ended.</p>
      ) : (
        <Part title="Result">
          <Json value={answer.output ?? null} label="Result of the run" />
        </Part>
      )}
      {run.parentRunId ? (
        <p>
          Started by <Link to={`/agents/runs/${run.parentRunId}` as '/'}>another run</Link>
        </p>
      ) : null}
      {run.forkedFrom ? (
        <p>
          Repeats <Link to={`/agents/runs/${run.forkedFrom.runId}` as '/'}>another run</Link>
          {run.forkedFrom.step ? ` from ${run.forkedFrom.step}` : ''}
        </p>
      ) : null}
    </div>
  )
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <EvidencePart title={title}>{children}</EvidencePart>
)

function Cancel({ runId }: { runId: string }) {
  const [isAsking, setIsAsking] = useState(false)
  const client = useQueryClient()
  const cancel = useMutation({
    mutationFn: () => api.post('/runs/:runId/cancel', { params: { runId } }),
    onSuccess: () => {
      setIsAsking(false)
      return client.invalidateQueries({ queryKey: ['agents', 'run', runId] })
    },
  })
  return (
    <>
      <Button size="compact-md" variant="default" onClick={() => setIsAsking(true)}>
        Cancel run
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title="Cancel this run?"
        confirm="Cancel run"
        cancel="Let it run"
        isBusy={cancel.isPending}
        error={cancel.error}
        onConfirm={() => cancel.mutate()}
        onCancel={() => setIsAsking(false)}
      >
        <p>A call with an effect that is under way ends first; nothing that happened is taken back.</p>
      </ConfirmDialog>
    </>
  )
}

/** The same input once more, on the version that is live now. */
function RunAgain({ run, input }: { run: RunAnswer['run']; input: unknown }) {
  const again = useMutation({
    mutationFn: () =>
      api.post('/agents/:name/runs', { params: { name: run.agent }, body: { input: input ?? {} } }),
  })
  return (
    <>
      {again.isError ? <ErrorState error={again.error} /> : null}
      {again.isSuccess ? (
        <Link to={`/agents/runs/${again.data.runId}` as '/'}>See the new run</Link>
      ) : (
        <Button size="compact-md" variant="default" loading={again.isPending} onClick={() => again.mutate()}>
          Run again
        </Button>
      )}
    </>
  )
}
