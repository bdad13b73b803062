import { EventStream, route } from '@heavylift/core'
import { z } from 'zod'
import type { AgentsContext } from '../context.ts'
import { agentName } from '../definition/definition.ts'
import { faceCaller, findCall, startCall } from '../faces/call.ts'
import { latestVersion } from '../publish/agents.ts'
import { diffRuns } from '../run/diff-runs.ts'
import { followRun } from '../run/follow-run.ts'
import {
  entrySchema,
  pathEndSchema,
  questionSchema,
  runState,
  runSummarySchema,
  shownEntry,
  shownQuestion,
  shownRun,
} from './run-schemas.ts'

const mostDiffed = 10_000

/** Ids of runs are the caller's, so that the same request twice is one run. */
const runId = z
  .string()
  .regex(/^[A-Za-z0-9._:-]+$/, 'letters, digits, `.`, `_`, `:` and `-`')
  .max(128)
const oneRun = z.object({ runId })

/** Runs, below `/api/agents`. */
export function runRoutes({ agents, runs }: Pick<AgentsContext, 'agents' | 'runs'>) {
  return [
    route({
      method: 'post',
      path: '/agents/:name/runs',
      summary: 'Starts a run of the live version on an input; the same id joins the run there is.',
      access: 'agents',
      params: z.object({ name: agentName }),
      body: z.object({
        id: runId.optional().describe('Your own, so that a request that is repeated starts nothing twice.'),
        input: z.unknown(),
      }),
      response: z.object({
        runId: z.string(),
        isNew: z.boolean(),
        warning: z.string().nullable().describe('Of a deprecated agent: what to call instead.'),
      }),
      handle: async ({ caller, headers, params, body }) => {
        const { id, isNew } = await startCall({ runs }, faceCaller(caller, headers), 'manual', {
          agent: params.name,
          id: body.id,
          input: body.input ?? {},
        })
        return { runId: id, isNew, warning: await agents.warning(caller.tenantId, params.name) }
      },
    }),
    route({
      method: 'get',
      path: '/runs',
      summary: 'Runs, newest first.',
      access: 'operator',
      query: z.object({
        agent: agentName.optional(),
        state: runState.optional(),
        subject: z.string().max(300).optional().describe('Whom or what it is about.'),
        text: z.string().max(200).optional().describe('In the id, input, result or error.'),
        before: runId.optional().describe('Older than this run.'),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
      response: z.object({ runs: z.array(runSummarySchema) }),
      handle: async ({ caller, query }) => ({
        runs: (await runs.list({ tenantId: caller.tenantId, ...query })).map(shownRun),
      }),
    }),
    route({
      method: 'get',
      path: '/runs/:runId',
      summary:
        'One run: input, result, what happened so far, what it asks. A key for agents sees runs that it started, without what happened inside.',
      access: 'agents',
      params: oneRun,
      query: z.object({
        after: z.coerce.number().int().min(-1).default(-1).describe('Entries after this number.'),
        limit: z.coerce.number().int().min(1).max(5_000).default(2_000),
      }),
      response: z.object({
        run: runSummarySchema,
        input: z.unknown(),
        output: z.unknown(),
        entries: z.array(entrySchema),
        questions: z.array(questionSchema),
      }),
      handle: async ({ caller, headers, params, query }) => {
        const { tenantId } = caller
        const asking = faceCaller(caller, headers)
        const row = await findCall({ runs }, asking, params.runId)
        const [entries, waits, input, output] = await Promise.all([
          asking.seesAll ? runs.entries(tenantId, row.id, query.after, query.limit) : [],
          runs.waits({ tenantId, runId: row.id }),
          runs.read(row.input),
          runs.read(row.output),
        ])
        return {
          run: shownRun(row),
          input,
          output,
          entries: entries.map(shownEntry),
          questions: waits.filter((wait) => wait.answered_ms === null).flatMap(shownQuestion),
        }
      },
    }),
    route({
      method: 'get',
      path: '/runs/:runId/live',
      summary:
        'What happens in a run as it happens, as server-sent events: each entry, and the run when its state changes.',
      access: 'operator',
      params: oneRun,
      events: { entry: entrySchema, run: runSummarySchema },
      handle: async ({ caller, params, signal, lastEventId }) => {
        const { tenantId } = caller
        await runs.find(tenantId, params.runId)
        const after = Number(lastEventId ?? -1)
        return new EventStream(
          followRun(runs, { tenantId, runId: params.runId }, Number.isInteger(after) ? after : -1, signal),
        )
      },
    }),
    route({
      method: 'post',
      path: '/runs/:runId/cancel',
      summary: 'Ends a run; a call with an effect that is under way ends first.',
      access: 'operator',
      params: oneRun,
      response: z.object({ state: runState }),
      handle: async ({ caller, params }) => ({ state: await runs.cancel(caller.tenantId, params.runId) }),
    }),
    route({
      method: 'post',
      path: '/runs/:runId/fork',
      summary:
        'A new run of the same input that takes over what went before a step and does the rest anew: a retry, or a comparison with another version.',
      access: 'operator',
      params: oneRun,
      body: z.object({
        step: z.string().max(64).nullable().default(null).describe('Null: where the run failed.'),
        version: z.int().min(1).max(latestVersion).optional(),
        id: runId.optional(),
      }),
      response: z.object({ runId: z.string(), isNew: z.boolean() }),
      handle: async ({ caller, params, body }) => {
        const by = caller.keyId ?? undefined
        const { id, isNew } = await runs.fork(caller.tenantId, params.runId, { ...body, by })
        return { runId: id, isNew }
      },
    }),
    route({
      method: 'get',
      path: '/runs/:runId/diff/:otherId',
      summary: 'How the steps of two runs came out, beside each other.',
      access: 'operator',
      params: z.object({ runId, otherId: runId }),
      response: z.object({
        paths: z.array(
          z.object({
            path: z.string(),
            a: pathEndSchema.nullable(),
            b: pathEndSchema.nullable(),
            isSame: z.boolean(),
          }),
        ),
      }),
      handle: async ({ caller, params }) => {
        const [a, b] = await Promise.all(
          [params.runId, params.otherId].map(async (id) => {
            await runs.find(caller.tenantId, id)
            return await runs.entries(caller.tenantId, id, -1, mostDiffed)
          }),
        )
        return { paths: diffRuns(a!, b!) }
      },
    }),
    route({
      method: 'get',
      path: '/questions',
      summary: 'What runs ask people, oldest first.',
      access: 'operator',
      query: z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) }),
      response: z.object({ questions: z.array(questionSchema) }),
      handle: async ({ caller, query }) => ({
        questions: (await runs.questions(caller.tenantId, query.limit)).flatMap(shownQuestion),
      }),
    }),
    route({
      method: 'post',
      path: '/runs/:runId/answers',
      summary: 'Answers a question of a run. The first answer stays; after the deadline none counts.',
      access: 'operator',
      params: oneRun,
      body: z.object({
        path: z.string().max(1_000),
        choice: z.string().max(64),
        by: z.string().max(200).optional().describe('Who answers, where the key is not a person’s.'),
        note: z.string().max(4_000).optional(),
        value: z
          .unknown()
          .optional()
          .describe('What a call that happened answered; what was filled in, where the question has a form.'),
      }),
      response: z.object({ choice: z.string() }),
      handle: async ({ caller, params, body }) => {
        const { path, choice, note, value } = body
        const by = body.by ?? caller.keyId ?? 'local'
        await runs.answer(caller.tenantId, params.runId, path, { choice, by, note, value })
        return { choice }
      },
    }),
    route({
      method: 'post',
      path: '/events',
      summary: 'Gives an event to every run that waits for one of its type.',
      access: 'operator',
      body: z.object({ type: z.string().min(1).max(200), data: z.unknown() }),
      response: z.object({ runs: z.number().describe('How many went on.') }),
      handle: async ({ caller, body }) => ({
        runs: await runs.event(caller.tenantId, body.type, body.data ?? null),
      }),
    }),
  ]
}
