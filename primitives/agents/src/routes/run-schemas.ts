import { z } from 'zod'
import type { Entry } from '../run/entry.ts'
import type { RunRow, WaitRow } from '../run/run-row.ts'

export const runState = z.enum(['queued', 'running', 'waiting', 'done', 'failed', 'cancelled'])

const failureSchema = z.object({ code: z.string(), message: z.string(), path: z.string().optional() })

export const runSummarySchema = z.object({
  runId: z.string(),
  agent: z.string(),
  version: z.number(),
  state: runState,
  trigger: z.object({ kind: z.string(), trigger: z.string().optional(), by: z.string().optional() }),
  error: failureSchema.nullable(),
  parentRunId: z.string().nullable(),
  forkedFrom: z.object({ runId: z.string(), step: z.string().nullable() }).nullable(),
  costMicros: z.number(),
  tokens: z.number(),
  createdMs: z.number(),
  startedMs: z.number().nullable(),
  endedMs: z.number().nullable(),
})
export type RunSummary = z.output<typeof runSummarySchema>

/** What happened at one path of a run; `kind` says what else there is. Long values are `{ ref, bytes }`. */
export const entrySchema = z.object({
  seq: z.number(),
  path: z.string(),
  atMs: z.number(),
  happened: z.looseObject({ kind: z.string() }),
})

export const pathEndSchema = z.object({
  state: z.enum(['ended', 'skipped', 'open']),
  exit: z.string().nullable(),
  output: z.unknown(),
  failure: failureSchema.nullable(),
  ms: z.number().nullable(),
})

export const questionSchema = z.object({
  runId: z.string(),
  path: z.string(),
  kind: z.string(),
  who: z.array(z.string()),
  ask: z.string(),
  show: z.unknown(),
  /** JSON Schema of what is filled in with the first of the choices. */
  form: z.record(z.string(), z.unknown()).optional(),
  url: z.string().optional(),
  choices: z.array(z.string()),
  openedMs: z.number(),
  untilMs: z.number().nullable(),
})

export function shownRun(row: RunRow): RunSummary {
  return {
    runId: row.id,
    agent: row.agent,
    version: row.version,
    state: row.state,
    trigger: row.trigger,
    error: row.error,
    parentRunId: row.parent_run,
    forkedFrom: row.forked_from === null ? null : { runId: row.forked_from, step: row.forked_at },
    costMicros: row.cost_micros,
    tokens: row.tokens,
    createdMs: row.created_ms,
    startedMs: row.started_ms,
    endedMs: row.ended_ms,
  }
}

export function shownEntry(entry: Entry): z.input<typeof entrySchema> {
  return { ...entry, happened: { ...entry.happened } }
}

export function shownQuestion(wait: WaitRow): z.input<typeof questionSchema>[] {
  const { question } = wait
  if (question === null) return []
  return [
    {
      runId: wait.run_id,
      path: wait.path,
      kind: wait.kind,
      who: question.who,
      ask: question.ask,
      show: question.show ?? null,
      ...(question.form === undefined ? {} : { form: question.form }),
      ...(question.url === undefined ? {} : { url: question.url }),
      choices: question.choices,
      openedMs: wait.opened_ms,
      untilMs: wait.until_ms,
    },
  ]
}
