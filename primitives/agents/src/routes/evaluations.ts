import { route } from '@heavylift/core'
import { z } from 'zod'
import type { AgentsContext } from '../context.ts'
import { agentName } from '../definition/definition.ts'
import { latestVersion } from '../publish/agents.ts'
import type { EvaluationCaseRow, EvaluationRow } from '../run/run-row.ts'

const named = z.object({ name: agentName })
const version = z.int().min(1).max(latestVersion)
const checks = z
  .array(z.string().min(1).max(2_000))
  .max(50)
  .describe(
    'CEL over input, output and expected, each to be true; none means that the output equals the expected one.',
  )
const oneCase = z.object({ name: agentName, caseId: z.string().max(200) })
const oneEvaluation = z.object({ evaluationId: z.string().max(200) })

const change = z
  .object({
    tool: z.object({ from: z.string().max(200), tool: z.string().max(200) }).optional(),
    model: z.object({ route: z.string().max(200), with: z.string().max(200) }).optional(),
  })
  .describe('A tool as it is now, whatever its pin; or one route of the gateway for another.')

const deed = z.object({ source: z.string(), tool: z.string(), args: z.unknown() })
const verdictSchema = z.object({
  hasPassed: z.boolean(),
  differences: z.array(
    z.object({ at: z.string().describe('JSON pointer.'), expected: z.unknown(), got: z.unknown() }),
  ),
  failedChecks: z.array(z.object({ check: z.string(), because: z.string() })),
  missing: z.array(deed).describe('Effects that the case had and this has not.'),
  extra: z.array(deed).describe('Effects that it would have had and the case had not.'),
  failure: z.object({ code: z.string(), message: z.string(), path: z.string().optional() }).nullable(),
})

const evaluationSchema = z.object({
  evaluationId: z.string(),
  agent: z.string(),
  version,
  change: change.nullable(),
  fleetId: z.string().nullable(),
  state: z.enum(['playing', 'passed', 'failed', 'cancelled']),
  madeMs: z.number(),
  endedMs: z.number().nullable(),
  cases: z.int(),
  passed: z.int(),
  failed: z.int(),
  brokenByChange: z.int().describe('Cases that pass without the change and fail with it.'),
})

const playedCaseSchema = z.object({
  caseId: z.string(),
  title: z.string(),
  runId: z.string(),
  verdict: verdictSchema.nullable(),
  passedBefore: z.boolean().nullable().describe('Without the change, where it fails with it.'),
})

/** Cases of agents and their evaluations, below `/api/agents`. */
export function evaluationRoutes({
  agents,
  cases,
  evaluations,
}: Pick<AgentsContext, 'agents' | 'cases' | 'evaluations'>) {
  return [
    route({
      method: 'post',
      path: '/runs/:runId/case',
      summary:
        'Writes a run down as a case of its agent: its input, what it met outside, and what should come of it.',
      access: 'operator',
      params: z.object({ runId: z.string().max(128) }),
      body: z.object({
        title: z.string().min(1).max(200),
        expected: z.unknown().optional().describe('Default: what the run came to.'),
        checks: checks.optional(),
      }),
      response: z.object({ caseId: z.string(), agent: agentName.describe('Whose case it is.') }),
      handle: ({ caller, params, body }) => cases.save(caller.tenantId, params.runId, body),
    }),
    route({
      method: 'get',
      path: '/agents/:name/cases',
      summary: 'Cases of an agent, newest first.',
      access: 'operator',
      params: named,
      response: z.object({
        cases: z.array(
          z.object({
            caseId: z.string(),
            title: z.string(),
            input: z.unknown(),
            expected: z.unknown(),
            checks,
            fromRunId: z.string().nullable(),
            isRecorded: z.boolean(),
            madeMs: z.number(),
          }),
        ),
      }),
      handle: async ({ caller, params }) => {
        await agents.find(caller.tenantId, params.name)
        return {
          cases: (await cases.list(caller.tenantId, params.name)).map((row) => ({
            caseId: row.id,
            title: row.title,
            input: row.input,
            expected: row.expected,
            checks: row.checks,
            fromRunId: row.from_run,
            isRecorded: row.recorded !== null,
            madeMs: row.made_ms,
          })),
        }
      },
    }),
    route({
      method: 'put',
      path: '/agents/:name/cases/:caseId',
      summary: 'Says anew what should come of a case.',
      access: 'operator',
      params: oneCase,
      body: z.object({ title: z.string().min(1).max(200), expected: z.unknown(), checks }),
      response: z.object({ caseId: z.string() }),
      handle: async ({ caller, params, body }) => {
        await cases.change(caller.tenantId, params.name, params.caseId, {
          ...body,
          expected: body.expected ?? null,
        })
        return { caseId: params.caseId }
      },
    }),
    route({
      method: 'delete',
      path: '/agents/:name/cases/:caseId',
      summary: 'Removes a case. What came of it in evaluations stays.',
      access: 'operator',
      params: oneCase,
      response: z.object({ caseId: z.string() }),
      handle: async ({ caller, params }) => {
        await cases.remove(caller.tenantId, params.name, params.caseId)
        return { caseId: params.caseId }
      },
    }),
    route({
      method: 'get',
      path: '/cases',
      summary: 'How many cases each agent has, and its live version.',
      access: 'operator',
      response: z.object({
        agents: z.array(z.object({ agent: z.string(), cases: z.int(), liveVersion: version.nullable() })),
      }),
      handle: async ({ caller }) => ({
        agents: await Promise.all(
          (await cases.counts(caller.tenantId)).map(async (row) => ({
            ...row,
            liveVersion: (await agents.find(caller.tenantId, row.agent)).live_version,
          })),
        ),
      }),
    }),
    route({
      method: 'get',
      path: '/agents/:name/standing',
      summary: 'Whether a version has passed the cases of its agent, as it has to before it goes live.',
      access: 'operator',
      params: named,
      query: z.object({
        version: z.coerce.number().pipe(version).optional().describe('Default: the newest.'),
      }),
      response: z.object({
        state: z.enum(['no-cases', 'passed', 'failed', 'playing', 'not-played']),
        evaluationId: z.string().nullable(),
      }),
      handle: async ({ caller, params, query }) => {
        await agents.find(caller.tenantId, params.name)
        const [newest] = await agents.versions(caller.tenantId, params.name)
        const of = query.version ?? newest?.version ?? 1
        const standing = await evaluations.standing(caller.tenantId, params.name, of)
        return {
          state: standing.state,
          evaluationId: 'evaluation' in standing ? standing.evaluation : null,
        }
      },
    }),
    route({
      method: 'post',
      path: '/agents/:name/evaluations',
      summary: 'Plays the cases of an agent on a version of it. Nothing outside is changed by that.',
      access: 'operator',
      params: named,
      body: z.object({ version, change: change.optional() }),
      response: z.object({ evaluationId: z.string() }),
      handle: ({ caller, params, body }) =>
        evaluations.start(caller.tenantId, {
          agent: params.name,
          version: body.version,
          change: body.change ?? null,
        }),
    }),
    route({
      method: 'post',
      path: '/fleet-evaluations',
      summary: 'Tries a change of a tool or a model on the cases of every live agent that it could reach.',
      access: 'operator',
      body: change.refine(
        ({ tool, model }) => (tool === undefined) !== (model === undefined),
        'either a tool or a model',
      ),
      response: z.object({ fleetId: z.string(), agents: z.int() }),
      handle: ({ caller, body }) => evaluations.startFleet(caller.tenantId, body),
    }),
    route({
      method: 'get',
      path: '/evaluations',
      summary: 'Evaluations, newest first.',
      access: 'operator',
      query: z.object({
        agent: agentName.optional(),
        fleet: z.string().max(200).optional(),
        limit: z.coerce.number().int().min(1).max(500).default(50),
      }),
      response: z.object({ evaluations: z.array(evaluationSchema) }),
      handle: async ({ caller, query }) => ({
        evaluations: (await evaluations.list(caller.tenantId, query)).map(shownEvaluation),
      }),
    }),
    route({
      method: 'get',
      path: '/evaluations/:evaluationId',
      summary: 'One evaluation, with what came of each case.',
      access: 'operator',
      params: oneEvaluation,
      response: z.object({ evaluation: evaluationSchema, played: z.array(playedCaseSchema) }),
      handle: async ({ caller, params }) => {
        const found = await evaluations.find(caller.tenantId, params.evaluationId)
        return {
          evaluation: shownEvaluation(found),
          played: found.cases.map((row) => ({
            caseId: row.case_id,
            title: row.title,
            runId: row.run_id,
            verdict: row.verdict,
            passedBefore: row.passed_before,
          })),
        }
      },
    }),
    route({
      method: 'post',
      path: '/evaluations/:evaluationId/cancel',
      summary: 'Stops an evaluation; what has been played stays.',
      access: 'operator',
      params: oneEvaluation,
      response: z.object({ evaluation: evaluationSchema }),
      handle: async ({ caller, params }) => {
        await evaluations.cancel(caller.tenantId, params.evaluationId)
        return { evaluation: shownEvaluation(await evaluations.find(caller.tenantId, params.evaluationId)) }
      },
    }),
  ]
}

function shownEvaluation(
  row: EvaluationRow & { cases: EvaluationCaseRow[] },
): z.input<typeof evaluationSchema> {
  const judged = row.cases.filter(({ verdict }) => verdict !== null)
  const passed = judged.filter(({ verdict }) => verdict?.hasPassed).length
  return {
    evaluationId: row.id,
    agent: row.agent,
    version: row.version,
    change: row.change,
    fleetId: row.fleet,
    state: row.state,
    madeMs: row.made_ms,
    endedMs: row.ended_ms,
    cases: row.cases.length,
    passed,
    failed: judged.length - passed,
    brokenByChange: row.cases.filter(({ passed_before: before }) => before === true).length,
  }
}
