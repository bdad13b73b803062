import { type Clock, NotFoundError } from '@heavylift/core'
import type { Ledger } from '@heavylift/store'
import { described, objectOf } from './described.ts'
import { failedBy } from './failed.ts'
import type { CallContext, ToolOutcome, ToolSource } from './tool.ts'

const name = { type: 'string', minLength: 1, maxLength: 200 }
const timeMs = { type: 'integer', minimum: 0, description: 'Milliseconds since the epoch.' }
const scope = {
  system: { ...name, description: 'E.g. `shop`, `agents`.' },
  kind: name,
  subjectId: { ...name, description: 'Whom or what a decision concerns.' },
  version: name,
  fromMs: timeMs,
  toMs: timeMs,
}

const tools = described([
  {
    name: 'decisions',
    title: 'Decisions',
    description: 'Lists decisions of the house’s systems with the outcomes that came back, the last first.',
    input: objectOf(
      { ...scope, limit: { type: 'integer', minimum: 1, maximum: 200, default: 20 }, beforeId: name },
      [],
    ),
    output: objectOf({ decisions: { type: 'array', items: { type: 'object' } } }, ['decisions']),
    effect: 'none',
    takesKey: true,
  },
  {
    name: 'decision',
    title: 'One decision',
    description: 'Gives a decision by its id, with the outcomes that came back.',
    input: objectOf({ id: name }, ['id']),
    effect: 'none',
    takesKey: true,
  },
  {
    name: 'summary',
    title: 'Decisions in figures',
    description: 'Counts decisions and tells their durations, cost and calibration.',
    input: objectOf(scope, []),
    effect: 'none',
    takesKey: true,
  },
  {
    name: 'rates',
    title: 'How often an outcome followed',
    description:
      'Tells by version how often an outcome (a defect, a purchase) followed a decision, with intervals.',
    input: objectOf({ system: name, outcome: name, sinceMs: timeMs }, ['system', 'outcome']),
    output: objectOf({ versions: { type: 'array', items: { type: 'object' } } }, ['versions']),
    effect: 'none',
    takesKey: true,
  },
  {
    name: 'outcome',
    title: 'Record an outcome',
    description:
      'Records what happened after a decision: 1 or 0 for happened or not, or an amount. It stays.',
    input: objectOf(
      {
        subjectId: { ...name, description: 'Id of the decision, or of whom it concerned.' },
        kind: name,
        value: { type: 'number' },
      },
      ['subjectId', 'kind', 'value'],
    ),
    effect: 'outside',
    takesKey: true,
  },
])

/** The source `ledger`: decisions and outcomes of the tenant. An outcome that is told twice by one call counts once. */
export function ledgerSource(ledger: Ledger, clock: Clock): ToolSource {
  const perform = async (
    tool: string,
    args: Readonly<Record<string, unknown>>,
    { tenantId, key }: CallContext,
  ): Promise<unknown> => {
    switch (tool) {
      case 'decisions':
        return { decisions: await ledger.decisions(tenantId, { limit: 20, ...args }) }
      case 'decision': {
        const found = await ledger.decision(tenantId, String(args['id']))
        if (found === null)
          throw new NotFoundError({
            code: 'decision-unknown',
            message: `There is no decision "${String(args['id'])}".`,
          })
        return found
      }
      case 'summary':
        return await ledger.summary(tenantId, args)
      case 'rates':
        return {
          versions: await ledger.rates(
            tenantId,
            String(args['system']),
            String(args['outcome']),
            Number(args['sinceMs'] ?? 0),
          ),
        }
      default:
        await ledger.outcome({
          tenantId,
          subjectId: String(args['subjectId']),
          kind: String(args['kind']),
          value: Number(args['value']),
          idempotencyKey: key,
          atMs: clock.nowMs(),
        })
        return null
    }
  }
  return {
    name: 'ledger',
    list: () => Promise.resolve(tools),
    async call({ tool, args }, context): Promise<ToolOutcome> {
      try {
        return { state: 'done', value: await perform(tool.name, args, context) }
      } catch (error) {
        return failedBy(error)
      }
    },
  }
}
