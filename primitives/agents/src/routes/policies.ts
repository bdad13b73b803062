import { route } from '@heavylift/core'
import { sql } from 'kysely'
import { z } from 'zod'
import type { AgentsContext } from '../context.ts'
import { policyRule } from '../definition/definition.ts'
import { judgeExamples } from '../guard/example-calls.ts'
import { checkRules } from '../guard/house-rules.ts'
import { defaultPolicy } from '../guard/policy.ts'
import type { AgentsTables } from '../run/run-row.ts'

/** Runs whose calls are counted by the rule that decided. */
const latestRuns = 2_000
const verdict = z.enum(['allow', 'ask', 'refuse'])
const rules = z.array(policyRule).max(200)
const versionSchema = z.object({
  version: z.int().describe('0 where none was set.'),
  rules,
  note: z.string(),
  by: z.string(),
  setMs: z.number(),
})
const examplesSchema = z.array(
  z.object({ title: z.string(), verdict, rule: z.string(), because: z.string() }),
)

/** Rules over the calls of all agents, below `/api/agents`. */
export function policyRoutes({ houseRules, store }: Pick<AgentsContext, 'houseRules' | 'store'>) {
  return [
    route({
      method: 'get',
      path: '/policy',
      summary:
        'Rules in force, what they say of example calls, and how often each decided in the latest 2,000 runs.',
      access: 'operator',
      response: z.object({
        current: versionSchema,
        history: z.array(versionSchema.omit({ rules: true })),
        defaults: rules,
        examples: examplesSchema,
        decided: z.array(z.object({ rule: z.string(), verdict, calls: z.int() })),
      }),
      handle: async ({ caller }) => {
        const { tenantId } = caller
        const [current, history, decided] = await Promise.all([
          houseRules.current(tenantId),
          houseRules.history(tenantId, 20),
          sql<{ rule: string; verdict: 'allow' | 'ask' | 'refuse'; calls: number }>`
            select data->>'rule' as rule, data->>'verdict' as verdict, count(*)::int as calls
            from journal
            where tenant_id = ${tenantId} and kind = 'verdict' and run_id in (
              select id from run where tenant_id = ${tenantId} order by created_ms desc limit ${latestRuns}
            )
            group by 1, 2 order by 3 desc limit 100
          `
            .execute(store.database<AgentsTables>())
            .then(({ rows }) => rows),
        ])
        return {
          current,
          history: history.map(({ version, note, by, setMs }) => ({ version, note, by, setMs })),
          defaults: [...defaultPolicy],
          examples: examplesOf([...current.rules, ...defaultPolicy]),
          decided,
        }
      },
    }),
    route({
      method: 'post',
      path: '/policy/try',
      summary: 'Checks rules and says what they would make of example calls. Nothing is changed.',
      access: 'operator',
      body: z.object({ rules }),
      response: z.object({ examples: examplesSchema }),
      handle: ({ body }) => {
        checkRules(body.rules)
        return { examples: examplesOf([...body.rules, ...defaultPolicy]) }
      },
    }),
    route({
      method: 'put',
      path: '/policy',
      summary: 'Puts rules in force before the default ones, for the next call of every agent.',
      access: 'admin',
      body: z.object({
        rules,
        note: z.string().min(1).max(500).describe('Why.'),
        basedOn: z.int().min(0).describe('The version that was looked at.'),
      }),
      response: z.object({ current: versionSchema }),
      handle: async ({ caller, body }) => ({
        current: await houseRules.set(caller.tenantId, body.rules, {
          note: body.note,
          basedOn: body.basedOn,
          by: caller.keyId ?? 'a person',
        }),
      }),
    }),
  ]
}

function examplesOf(tenant: readonly z.infer<typeof policyRule>[]): z.input<typeof examplesSchema> {
  return judgeExamples(tenant).map(({ title, verdict: said, rule, because }) => ({
    title,
    verdict: said,
    rule,
    because,
  }))
}
