import { z } from 'zod'
import { apis } from '../wire/codec.ts'

/** How a call ended. `shed`: refused by a limit, a budget or a full queue. `cut`: broke after its first byte. */
export const callStatusSchema = z.enum(['ok', 'failed', 'cut', 'cancelled', 'shed', 'rejected'])
export type CallStatus = z.output<typeof callStatusSchema>

/** Whether an answer came from the cache: `ready` were generated ahead. `off` where the model keeps none. */
export const cacheStateSchema = z.enum(['hit', 'ready', 'miss', 'off'])
export type CacheState = z.output<typeof cacheStateSchema>

/** One model call as it is metered: never a prompt, an answer or a key. */
export const callRecordSchema = z.object({
  id: z.string(),
  atMs: z.number().describe('When it ended.'),
  tenantId: z.string(),
  keyId: z.string().nullable(),
  api: z.enum(apis),
  model: z.string().describe('The name that was asked for.'),
  provider: z.string().describe('Empty when no replica was reached.'),
  upstreamModel: z.string(),
  replicaId: z.string(),
  status: callStatusSchema,
  httpStatus: z.number(),
  errorCode: z.string().nullable(),
  isStream: z.boolean(),
  priority: z.enum(['interactive', 'batch']),
  attempts: z.number(),
  isHedged: z.boolean(),
  cache: cacheStateSchema,
  queuedMs: z.number(),
  ttftMs: z
    .number()
    .nullable()
    .describe('From arrival to the first byte of the answer; null when there was none.'),
  durationMs: z.number(),
  usage: z.object({
    input: z.number(),
    cacheRead: z.number(),
    cacheWrite: z.number(),
    output: z.number(),
    reasoning: z.number(),
  }),
  isUsageEstimated: z
    .boolean()
    .describe('True when the upstream said nothing of usage and it was estimated from bytes.'),
  costMicros: z.number().describe('Millionths of a US dollar; 0 while the price is not known.'),
  wastedTokens: z
    .number()
    .describe(
      'Of attempts that nobody got: hedges that lost, and those that were given up and asked for elsewhere. Estimated.',
    ),
  wastedCostMicros: z.number().describe('What those cost, beside `costMicros`.'),
  isPriced: z
    .boolean()
    .describe(
      'False when the upstream model stands in no price table, so that the cost is not nothing but unknown.',
    ),
})
export type CallRecord = z.output<typeof callRecordSchema>

/** A call on its way to the database. `paidBy`: who held the money, where budgets are shared; see `Permit.paidBy`. */
export type MeteredCall = CallRecord & { paidBy?: string }
