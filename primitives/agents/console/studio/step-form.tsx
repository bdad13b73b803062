import { Button } from '@mantine/core'
import { Chip, Icon, Notice, Panel } from '@heavylift/ui'
import type { StepKind } from '../../src/definition/step.ts'
import { isEqual, isRecord } from '../../src/files/change.ts'
import type { Place } from '../../src/files/place.ts'
import type { FileProblem } from '../../src/files/parse-file.ts'
import { kindOf } from '../graph/kind-words.tsx'
import { connect, disconnect, findStep, removeSteps, stepOfPath } from './edit-steps.ts'
import { Field } from './fields.tsx'
import type { FieldSpec } from './field-spec.ts'
import { agentFields, commonFields, stepFields } from './step-fields.ts'
import type { OpenDraft } from './use-draft.ts'
import styles from './studio.module.css'

/** The chosen step as a form; the agent itself where none is chosen. */
export function StepForm({
  draft,
  step: id,
  agents,
  onClose,
}: {
  draft: OpenDraft
  step: string | null
  /** Names of agents that can be called. */
  agents: readonly string[]
  onClose: () => void
}) {
  const found = id === null ? null : findStep(draft.value, id)
  if (found === null) return <AgentForm draft={draft} />
  const { step, place } = found
  const kind = String(step['kind'])
  const { word, does, icon: Picture } = kindOf(kind)
  const specs = Object.hasOwn(stepFields, kind) ? stepFields[kind as StepKind] : []
  const errors = errorsOf(draft, id)
  return (
    <Panel
      title={
        <span className={styles['formTitle']}>
          <Picture width={16} height={16} aria-hidden="true" /> {word}:{' '}
          {typeof step['title'] === 'string' ? step['title'] : id}
        </span>
      }
      actions={
        <>
          <Button
            size="compact-xs"
            variant="subtle"
            color="red"
            leftSection={<Icon name="bin" width={14} height={14} />}
            onClick={() => {
              draft.edit(removeSteps(draft.value, [id!]))
              onClose()
            }}
          >
            Remove
          </Button>
          <Button size="compact-xs" variant="subtle" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <div className={styles['form']}>
        <p className="hl-fine">
          {does} Its id is <span className="hl-code">{id}</span>; others read what it made as{' '}
          <span className="hl-code">steps.{id}.output</span>.
        </p>
        {step['review'] === true ? (
          <Notice
            tone="warn"
            title="An import brought this code"
            actions={
              <Button
                size="compact-sm"
                onClick={() => draft.edit(set([...place, 'review'], true, undefined))}
              >
                I have read it
              </Button>
            }
          >
            <p>It does not run until somebody has looked at it.</p>
          </Notice>
        ) : null}
        <Fields
          specs={[
            { name: 'title', label: 'Title', kind: 'text', isOptional: true },
            ...choosable(specs, draft, agents),
          ]}
          of={step}
          place={place}
          draft={draft}
          errors={errors}
        />
        <Before draft={draft} id={id!} step={step} error={errors.get('after')} />
        <details open={commonFields.some(({ name }) => step[name] !== undefined)}>
          <summary>Condition, timeout, tries, note</summary>
          <div className={styles['form']}>
            <Fields specs={commonFields} of={step} place={place} draft={draft} errors={errors} />
          </div>
        </details>
      </div>
    </Panel>
  )
}

function AgentForm({ draft }: { draft: OpenDraft }) {
  const of = isRecord(draft.value) ? draft.value : {}
  return (
    <Panel title="The agent" note="choose a step to edit it">
      <div className={styles['form']}>
        <Fields specs={agentFields} of={of} place={[]} draft={draft} errors={errorsOf(draft, null)} />
      </div>
    </Panel>
  )
}

function Fields({
  specs,
  of,
  place,
  draft,
  errors,
}: {
  specs: readonly FieldSpec[]
  of: Record<string, unknown>
  place: Place
  draft: OpenDraft
  errors: ReadonlyMap<string, string>
}) {
  return specs.map((spec) => (
    <Field
      key={spec.name}
      spec={spec}
      value={of[spec.name]}
      error={errors.get(spec.name)}
      onChange={(value) => {
        if (!isEqual(value, of[spec.name])) draft.edit(set([...place, spec.name], of[spec.name], value))
      }}
    />
  ))
}

/** What comes before a step, as chips that can be taken away, and a field to add one without a mouse. */
function Before({
  draft,
  id,
  step,
  error,
}: {
  draft: OpenDraft
  id: string
  step: Record<string, unknown>
  error: string | undefined
}) {
  const after = Array.isArray(step['after']) ? step['after'].map(String) : []
  const ends = (edge: string) => {
    const [from = '', exit = ''] = edge.split('/', 2)
    return { from, exit, to: id }
  }
  return (
    <Field
      spec={{
        name: 'after',
        label: 'Runs after',
        help: 'A step, or a step and its exit: charge, charge/error, sort/otherwise. None: at the start.',
        kind: 'list',
        isOptional: true,
      }}
      value={after}
      error={error}
      onChange={(next) => {
        const wanted = Array.isArray(next) ? next.map(String) : []
        draft.edit([
          ...after
            .filter((edge) => !wanted.includes(edge))
            .flatMap((edge) => disconnect(draft.value, ends(edge))),
          ...wanted
            .filter((edge) => !after.includes(edge))
            .flatMap((edge) => connect(draft.value, ends(edge))),
        ])
      }}
    />
  )
}

/** Tools and agents that there are, as choices. */
function choosable(specs: readonly FieldSpec[], draft: OpenDraft, agents: readonly string[]): FieldSpec[] {
  const declared = isRecord(draft.value) && Array.isArray(draft.value['tools']) ? draft.value['tools'] : []
  const tools = declared.flatMap((tool) =>
    isRecord(tool) && typeof tool['id'] === 'string'
      ? [
          {
            value: tool['id'],
            label: `${tool['id']} (${typeof tool['from'] === 'string' ? tool['from'] : '?'})`,
          },
        ]
      : [],
  )
  return specs.map((spec) => {
    if (spec.name === 'tool' || spec.name === 'tools') return { ...spec, choices: tools }
    if (spec.name === 'agent')
      return { ...spec, choices: agents.map((name) => ({ value: name, label: name })) }
    return spec
  })
}

function set(place: Place, from: unknown, to: unknown) {
  return [
    {
      kind: 'value' as const,
      place,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    },
  ]
}

/** Problems of one step, or of the agent itself, by the field that they are in. */
function errorsOf(draft: OpenDraft, id: string | null): Map<string, string> {
  const errors = new Map<string, string>()
  for (const problem of draft.problems) {
    const found = stepOfPath(draft.value, problem.path)
    if ((found?.id ?? null) !== id) continue
    const field = (found?.field ?? problem.path).split(/[.[]/, 1)[0] ?? ''
    errors.set(field, [errors.get(field), where(problem)].filter(Boolean).join(' '))
  }
  return errors
}

const where = ({ line, message }: FileProblem): string => `${message} (line ${line})`

/** How many problems each step has. */
export function problemsByStep(draft: Pick<OpenDraft, 'problems' | 'value'>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { path } of draft.problems) {
    const id = stepOfPath(draft.value, path)?.id
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return counts
}

export function SavedMark({ draft }: { draft: OpenDraft }) {
  const words = {
    saved: 'Saved',
    saving: 'Saving…',
    offline: 'Not connected; kept here',
    conflict: 'Needs your choice',
    refused: 'Not saved',
  }
  const tone = draft.saved === 'saved' ? 'good' : draft.saved === 'saving' ? undefined : 'warn'
  return (
    <span role="status">
      <Chip {...(tone ? { tone } : {})}>
        {words[draft.saved]}
        {draft.saved === 'saved' ? ` · revision ${draft.revision}` : ''}
      </Chip>
    </span>
  )
}
