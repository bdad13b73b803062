import { Button } from '@mantine/core'
import { ErrorState, Json, StateMark, formatDuration } from '@heavylift/ui'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import type { Happened } from '../../src/run/entry.ts'
import { isRecord } from '../../src/files/change.ts'
import { api } from '../api.ts'
import { trialName } from '../../src/drafts/trial-name.ts'
import { stepOfEntry } from '../runs/run-picture.ts'
import { FailureNotice } from '../runs/step-evidence.tsx'
import { useRun } from '../runs/use-run.ts'
import type { RunAnswer } from '../runs/use-run.ts'
import { runStates } from '../words.ts'
import { stepsOf } from './edit-steps.ts'
import { Field } from './fields.tsx'
import type { OpenDraft } from './use-draft.ts'

/** The draft, or one step of it, on real input: what the last run was given and what its steps made, to be changed here. */
export function TryPanel({ draft, step }: { draft: OpenDraft; step: string | null }) {
  const last = useQuery({
    // A step that is chosen is shown what was tried just before.
    queryKey: ['agents', 'last-run', draft.name, step],
    queryFn: async ({ signal }): Promise<RunAnswer | null> => {
      const found = await Promise.all(
        [draft.name, trialName(draft.name)].map((agent) =>
          api.get('/runs', { query: { agent, limit: 1 }, signal }),
        ),
      )
      const [run] = found.flatMap(({ runs }) => runs).sort((a, b) => b.createdMs - a.createdMs)
      return run ? api.get('/runs/:runId', { params: { runId: run.runId }, query: {}, signal }) : null
    },
  })
  if (last.isPending) return null
  return <TryForm key={step} draft={draft} step={step} last={last.data ?? null} />
}

function TryForm({ draft, step, last }: { draft: OpenDraft; step: string | null; last: RunAnswer | null }) {
  const map = step === null ? null : mapOf(draft.value, step)
  const [input, setInput] = useState<unknown>(() => last?.input ?? exampleOf(draft.value))
  const [steps, setSteps] = useState<unknown>(() => outputsOf(last, step))
  const [item, setItem] = useState<unknown>(() => itemOf(draft.value, last, map) ?? undefined)
  const attempt = useMutation({
    mutationFn: async () => {
      await draft.flush()
      return api.post('/drafts/:name/try', {
        params: { name: draft.name },
        body: {
          input,
          ...(step === null ? {} : { step, steps: isRecord(steps) ? steps : {} }),
          ...(map === null || item === undefined ? {} : { item }),
        },
      })
    },
  })
  return (
    <div className="hl-stack">
      <Field
        spec={{
          name: 'input',
          label: 'Input',
          help: last ? 'What the last run was given.' : 'The example of the definition.',
          kind: 'json',
        }}
        value={input}
        onChange={setInput}
      />
      {step === null ? null : (
        <Field
          spec={{
            name: 'steps',
            label: 'What other steps made',
            help: 'By their ids, of the last run. What is missing is computed where that changes nothing.',
            kind: 'json',
          }}
          value={steps}
          onChange={setSteps}
        />
      )}
      {map === null ? null : (
        <Field
          spec={{
            name: 'item',
            label: `One item of ${map}`,
            help: 'Empty: each of them.',
            kind: 'json',
            isOptional: true,
          }}
          value={item}
          onChange={setItem}
        />
      )}
      {attempt.isError ? <ErrorState error={attempt.error} /> : null}
      <div className="hl-row">
        <Button
          size="compact-md"
          loading={attempt.isPending}
          disabled={draft.isBroken}
          onClick={() => attempt.mutate()}
        >
          {step === null ? 'Run the draft' : 'Try this step'}
        </Button>
        <span className="hl-fine">Effects are real: a tool that sends, sends.</span>
      </div>
      {attempt.data ? <Outcome key={attempt.data.runId} runId={attempt.data.runId} /> : null}
    </div>
  )
}

function Outcome({ runId }: { runId: string }) {
  const { first, run, isOver } = useRun(runId)
  const shown = useRef<HTMLDivElement>(null)
  // It stands below a long form: who presses the button sees what came of it.
  // Browsers answer with a promise, which is no clean-up of an effect.
  useEffect(() => {
    shown.current?.scrollIntoView({ block: 'nearest' })
  }, [run?.state, isOver])
  if (first.isError) return <ErrorState error={first.error} />
  if (run === undefined) return null
  const { mark, word } = runStates[run.state]
  return (
    <div className="hl-stack" role="status" ref={shown}>
      <div className="hl-row">
        <StateMark state={mark}>{word}</StateMark>
        {isOver && run.startedMs !== null && run.endedMs !== null ? (
          <span className="hl-number">{formatDuration(Math.max(1, run.endedMs - run.startedMs))}</span>
        ) : null}
        <Link to={`/agents/runs/${runId}` as '/'}>See it as a graph</Link>
      </div>
      {run.error ? <FailureNotice failure={run.error} /> : null}
      {isOver && run.error === null ? <Json value={first.data?.output ?? null} label="What it made" /> : null}
    </div>
  )
}

/** The map that a step lies in; null where it lies in none. */
function mapOf(definition: unknown, id: string): string | null {
  const found = stepsOf(definition).find(({ step }) => step['id'] === id)
  const around = found?.place.at(-3)
  return typeof around === 'object' && 'id' in around ? around.id : null
}

/** What steps made in a run, by id, without the one that is tried. */
function outputsOf(run: RunAnswer | null, without: string | null): Record<string, unknown> {
  const outputs: Record<string, unknown> = {}
  for (const { path, happened } of run?.entries ?? []) {
    const each = happened as Happened
    const id = stepOfEntry(path)
    if (each.kind === 'ended' && each.output && 'value' in each.output && id !== without)
      outputs[id] = each.output.value
  }
  return outputs
}

/** The first item that a map was given in a run, where it is a field of the input. */
function itemOf(definition: unknown, run: RunAnswer | null, map: string | null): unknown {
  const over = stepsOf(definition).find(({ step }) => step['id'] === map)?.step['over']
  const [, field] = /^input\.(\w+)$/.exec(typeof over === 'string' ? over : '') ?? []
  const input = run?.input ?? exampleOf(definition)
  const list = field !== undefined && isRecord(input) ? input[field] : null
  return Array.isArray(list) ? list[0] : null
}

function exampleOf(definition: unknown): unknown {
  const schema = isRecord(definition) ? definition['input'] : null
  const examples = isRecord(schema) ? schema['examples'] : null
  return Array.isArray(examples) ? (examples[0] ?? {}) : {}
}
