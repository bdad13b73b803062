import { route } from '@heavylift/core'
import { z } from 'zod'
import type { AgentsContext } from '../context.ts'
import { agentName } from '../definition/definition.ts'

const named = z.object({ name: agentName })
const minutes = z.number().min(0).max(100_000)

const baselineSchema = z.object({
  minutes: z
    .array(minutes)
    .max(10_000)
    .default([])
    .describe('What single cases took a person before, each measured. 30 or more count as measured.'),
  claimedMinutes: minutes.nullable().default(null).describe('What somebody says that one took.'),
  errors: z
    .object({ count: z.int().min(0), of: z.int().min(1) })
    .refine(({ count, of }) => count <= of, 'more errors than cases')
    .nullable()
    .default(null)
    .describe('Errors among cases that were looked at before.'),
  usdPerHour: z.number().positive().max(10_000).nullable().default(null),
  minutesPerApproval: minutes.default(2).describe('What an answer to a question of a run takes.'),
  source: z.string().min(1).max(500).describe('Where the figures are from.'),
})

const figure = z
  .object({
    grade: z.enum(['claimed', 'estimated', 'measured', 'proven']),
    estimate: z.number(),
    low: z.number(),
    high: z.number(),
    next: z.string().nullable().describe('What would raise the grade.'),
  })
  .nullable()

/** What agents are worth, below `/api/agents`. */
export function valueRoutes({ value }: Pick<AgentsContext, 'value'>) {
  return [
    route({
      method: 'get',
      path: '/value',
      summary:
        'What agents save, each figure with an interval of 95 % and a grade of how far it can be trusted.',
      access: 'operator',
      query: z.object({ days: z.coerce.number().int().min(1).max(366).default(30) }),
      response: z.object({
        days: z.number(),
        agents: z.array(
          z.object({
            agent: z.string(),
            baseline: baselineSchema.nullable(),
            runs: z.int().describe('That ended well.'),
            costMicros: z.number(),
            approvals: z.int(),
            outcomes: z.int().describe('Runs of which something was reported.'),
            hours: figure,
            errorsAvoided: figure.describe('In 100 cases; negative for more errors than before.'),
            usd: figure,
          }),
        ),
      }),
      handle: async ({ caller, query }) => ({
        days: query.days,
        agents: await value.all(caller.tenantId, query.days),
      }),
    }),
    route({
      method: 'put',
      path: '/agents/:name/baseline',
      summary: 'Says how it was before the agent did it.',
      access: 'operator',
      params: named,
      body: baselineSchema,
      response: z.object({ agent: z.string() }),
      handle: async ({ caller, params, body }) => {
        await value.setBaseline(caller.tenantId, params.name, body)
        return { agent: params.name }
      },
    }),
    route({
      method: 'post',
      path: '/agents/:name/outcomes',
      summary:
        'What came of runs: minutes of rework (0 where there was none), and whether there was an error.',
      access: 'operator',
      params: named,
      body: z.object({
        outcomes: z
          .array(
            z.object({
              subjectId: z.string().min(1).max(200).describe('A run; or unit:ID for a case with an arm.'),
              kind: z.enum(['rework-minutes', 'error']),
              value: minutes.describe('Minutes; or 1 for an error and 0 for none.'),
            }),
          )
          .min(1)
          .max(1_000),
      }),
      response: z.object({ reported: z.int() }),
      handle: async ({ caller, params, body }) => {
        await value.report(caller.tenantId, params.name, body.outcomes)
        return { reported: body.outcomes.length }
      },
    }),
    route({
      method: 'post',
      path: '/agents/:name/arm',
      summary: 'Whether the agent or a person does a case: by chance, and always the same for the same unit.',
      access: 'operator',
      params: named,
      body: z.object({ unitId: z.string().min(1).max(190) }),
      response: z.object({ arm: z.enum(['person', 'agent']) }),
      handle: async ({ caller, params, body }) => ({
        arm: await value.arm(caller.tenantId, params.name, body.unitId),
      }),
    }),
  ]
}
