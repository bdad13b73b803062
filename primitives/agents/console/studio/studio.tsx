import { Button, SegmentedControl } from '@mantine/core'
import { ActionButton, Icon, Loaded, Notice, Page, Panel, useShortcut, useUrlState } from '@heavylift/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Suspense, lazy, useMemo, useRef, useState } from 'react'
import { isRecord } from '../../src/files/change.ts'
import type { FileProblem } from '../../src/files/parse-file.ts'
import type { DraftAnswer } from '../../src/routes/draft-schemas.ts'
import { api } from '../api.ts'
import { graphOf } from '../graph/graph-model.ts'
import { GraphView } from '../graph/graph-view.tsx'
import type { StepMark } from '../graph/graph-view.tsx'
import { Conflicts } from './conflicts.tsx'
import { connect, disconnect, findStep, removeSteps, stepOfPath } from './edit-steps.ts'
import { Palette } from './palette.tsx'
import { ProblemList } from './problem-list.tsx'
import { Publish } from './publish.tsx'
import { SavedMark, StepForm, problemsByStep } from './step-form.tsx'
import { TryPanel } from './try-panel.tsx'
import { useDraft, useFirstDraft } from './use-draft.ts'
import { ToolChanges } from '../tools/tool-changes.tsx'
import styles from './studio.module.css'

/** The editor of text comes when it is looked at. */
const TextView = lazy(async () => ({ default: (await import('./text-view.tsx')).TextView }))

/** One agent to edit: canvas, form and text of one file. */
export default function Studio() {
  const { name = '' } = useParams({ strict: false }) as { name?: string }
  const first = useFirstDraft(name)
  if (first.data) return <Editor key={name} name={name} first={first.data} />
  return (
    <Page title={name} lead={<Link to={'/agents' as '/'}>All agents</Link>}>
      <Panel flush>
        <Loaded of={first} what="Opening the agent" lines={12}>
          {() => null}
        </Loaded>
      </Panel>
    </Page>
  )
}

function Editor({ name, first }: { name: string; first: DraftAnswer }) {
  const draft = useDraft(name, first)
  const [state, set] = useUrlState({ view: 'canvas', step: '' })
  const [isAdding, setIsAdding] = useState(false)
  const [isPublishing, setIsPublishing] = useState(false)
  const tryIt = useRef<HTMLDivElement>(null)
  const [selection, setSelection] = useState<{ from: number; to: number } | null>(null)
  const step = findStep(draft.value, state.step) === null ? null : state.step
  const agents = useQuery({
    queryKey: ['agents', 'list'],
    queryFn: ({ signal }) => api.get('/agents', { signal }),
  })
  useShortcut('u', 'Undo', draft.undo)
  useShortcut('U', 'Redo', draft.redo)
  useShortcut('t', 'Canvas or text', () => set({ view: state.view === 'text' ? 'canvas' : 'text' }))
  const goTo = (problem: FileProblem) => {
    const found = stepOfPath(draft.value, problem.path)
    if (state.view === 'canvas' && found !== null && !draft.isBroken) set({ step: found.id })
    else {
      set({ view: 'text' })
      setSelection({ from: problem.from, to: Math.max(problem.to, problem.from + 1) })
    }
  }
  const title =
    isRecord(draft.value) && typeof draft.value['title'] === 'string' ? draft.value['title'] : name
  return (
    <Page
      title={title}
      lead={
        <>
          <Link to={'/agents' as '/'}>All agents</Link> · <span className="hl-code">{name}</span> ·{' '}
          <SavedMark draft={draft} />
        </>
      }
      actions={
        <>
          <SegmentedControl
            size="xs"
            aria-label="View"
            value={state.view}
            onChange={(view) => set({ view })}
            data={[
              { value: 'canvas', label: 'Canvas' },
              { value: 'text', label: 'Text' },
            ]}
          />
          <Button
            size="compact-md"
            variant="default"
            disabled={!draft.canUndo}
            onClick={draft.undo}
            title="Undo (U)"
          >
            Undo
          </Button>
          <Button
            size="compact-md"
            variant="default"
            disabled={!draft.canRedo}
            onClick={draft.redo}
            title="Redo (Shift U)"
          >
            Redo
          </Button>
          <ActionButton
            label="Add step"
            shortcut="a"
            variant="default"
            disabled={draft.isBroken}
            leftSection={<Icon name="plus" width={14} height={14} />}
            onAct={() => setIsAdding(true)}
          />
          <ActionButton
            label="Run"
            shortcut="r"
            variant="default"
            disabled={draft.isBroken}
            onAct={() => {
              set({ step: '' })
              tryIt.current?.scrollIntoView({ block: 'nearest' })
              tryIt.current?.querySelector('textarea')?.focus()
            }}
          />
          <ActionButton label="Publish" shortcut="p" onAct={() => setIsPublishing(true)} />
        </>
      }
    >
      <Conflicts draft={draft} />
      <ToolChanges agent={name} />
      {draft.isBroken ? (
        <Notice tone="warn" title="The text cannot be read as it is">
          <p>
            Canvas and form show it as it was when it last could. The problems below say where to mend it;
            Undo takes the last edit back.
          </p>
        </Notice>
      ) : null}
      <div className={styles['work']}>
        <div className="hl-stack">
          {state.view === 'text' ? (
            <Panel
              title={`${name}.yaml`}
              note="one file: what you change here is on the canvas at once"
              flush
            >
              <Suspense fallback={<div className={styles['text']} />}>
                <TextView
                  text={draft.text}
                  problems={draft.problems}
                  selection={selection}
                  onChange={draft.editText}
                  onUndo={draft.undo}
                  onRedo={draft.redo}
                />
              </Suspense>
            </Panel>
          ) : (
            <Canvas draft={draft} step={step} onSelect={(id) => set({ step: id ?? '' })} />
          )}
          <ProblemList problems={draft.problems} onChoose={goTo} />
        </div>
        <div className={styles['side']}>
          <StepForm
            key={step}
            draft={draft}
            step={step}
            agents={agents.data?.agents.map((agent) => agent.name) ?? []}
            onClose={() => set({ step: '' })}
          />
          <div ref={tryIt}>
            <Panel title={step === null ? 'Try it' : `Try ${step}`} note="on real input">
              <TryPanel draft={draft} step={step} />
            </Panel>
          </div>
        </div>
      </div>
      <Palette
        draft={draft}
        after={step}
        isOpen={isAdding}
        onClose={() => setIsAdding(false)}
        onAdded={(id) => {
          setIsAdding(false)
          set({ step: id })
        }}
      />
      <Publish draft={draft} isOpen={isPublishing} onClose={() => setIsPublishing(false)} />
    </Page>
  )
}

function Canvas({
  draft,
  step,
  onSelect,
}: {
  draft: ReturnType<typeof useDraft>
  step: string | null
  onSelect: (step: string | null) => void
}) {
  const model = useMemo(() => graphOf(draft.value), [draft.value])
  const { problems, value } = draft
  const marks = useMemo(() => marksOf(problemsByStep({ problems, value })), [problems, value])
  return (
    <Panel flush>
      <div className={styles['canvas']}>
        <GraphView
          model={model}
          label={`Steps of ${draft.name}`}
          selected={step}
          onSelect={onSelect}
          marks={marks}
          editing={{
            onConnect: (edge) => draft.edit(connect(draft.value, edge)),
            onRemove: ({ steps, edges }) => {
              draft.edit([
                ...edges
                  .filter(({ from, to }) => !steps.includes(from) && !steps.includes(to))
                  .flatMap((edge) => disconnect(draft.value, edge)),
                ...removeSteps(draft.value, steps),
              ])
              if (step !== null && steps.includes(step)) onSelect(null)
            },
          }}
        />
      </div>
    </Panel>
  )
}

function marksOf(counts: ReadonlyMap<string, number>): Map<string, StepMark> {
  return new Map(
    [...counts].map(([id, count]): [string, StepMark] => [
      id,
      { state: 'bad', word: count === 1 ? '1 problem' : `${count} problems` },
    ]),
  )
}
