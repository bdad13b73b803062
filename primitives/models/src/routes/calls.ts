import { NotFoundError, route, type Route } from '@heavylift/core'
import { z } from 'zod'
import { listCalls, readCall } from '../metering/call-queries.ts'
import type { ModelsContext } from '../context.ts'
import { visibleTenant } from './visibility.ts'

const status = z.enum(['ok', 'failed', 'cut', 'cancelled', 'shed', 'rejected'])
const statuses = z
  .string()
  .max(100)
  .transform((text) => text.split(','))
  .pipe(z.array(status))
const timeMs = z.coerce.number().int().min(0).max(8.64e15)
const cache = z.enum(['hit', 'ready', 'miss', 'off'])

const callSchema = z.object({
  id: z.string(),
  atMs: z.number().describe('When it ended.'),
  tenantId: z.string(),
  keyId: z.string().nullable(),
  api: z.enum(['chat', 'completions', 'embeddings', 'responses', 'messages']),
  model: z.string(),
  provider: z.string().describe('Empty when no replica was reached.'),
  upstreamModel: z.string(),
  replicaId: z.string(),
  status,
  httpStatus: z.number(),
  errorCode: z.string().nullable(),
  isStream: z.boolean(),
  priority: z.enum(['interactive', 'batch']),
  attempts: z.number(),
  isHedged: z.boolean(),
  cache,
  queuedMs: z.number(),
  ttftMs: z.number().nullable(),
  durationMs: z.number(),
  usage: z.object({
    input: z.number(),
    cacheRead: z.number(),
    cacheWrite: z.number(),
    output: z.number(),
    reasoning: z.number(),
  }),
  isUsageEstimated: z.boolean(),
  costMicros: z.number().describe('Millionths of a US dollar; 0 while unpriced.'),
  isPriced: z.boolean(),
})

/** The request log. */
export function callRoutes(models: ModelsContext): Route[] {
  return [
    route({
      method: 'get',
      path: '/calls',
      summary: 'Calls that ended, newest first. `next` pages on: give it as `before`.',
      access: 'operator',
      query: z.object({
        model: z.string().max(200).optional(),
        tenant: z.string().max(200).optional().describe('One tenant only, for who sees all.'),
        status: statuses.optional().describe('One outcome, or several with commas between.'),
        cache: cache.optional(),
        from: timeMs.optional().describe('Ended at this time or later; milliseconds since the epoch.'),
        to: timeMs.optional().describe('Ended before this time.'),
        text: z
          .string()
          .max(200)
          .optional()
          .describe('Part of an id, replica, key, error or upstream model.'),
        before: z.string().max(100).optional(),
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
      response: z.object({ calls: z.array(callSchema), next: z.string().nullable() }),
      handle: async ({ caller, query }) => {
        const { tenant, status: statuses, from: fromMs, to: toMs, before, limit, ...filter } = query
        const calls = await listCalls(models.db, {
          ...filter,
          statuses,
          fromMs,
          toMs,
          tenantId: visibleTenant(caller) ?? tenant ?? null,
          beforeId: before,
          limit,
        })
        return { calls, next: calls.length === limit ? (calls.at(-1)?.id ?? null) : null }
      },
    }),
    route({
      method: 'get',
      path: '/calls/:callId',
      summary: 'One call, with its prompt and answer where `log.prompts` kept them.',
      access: 'operator',
      params: z.object({ callId: z.string().max(100) }),
      response: z.object({
        call: callSchema,
        text: z.object({ request: z.string(), answer: z.string() }).nullable(),
      }),
      handle: async ({ caller, params }) => {
        const found = await readCall(models.db, visibleTenant(caller), params.callId)
        if (found) return found
        throw new NotFoundError({
          code: 'call-not-found',
          message: `There is no call "${params.callId}". Calls appear a moment after they end and go after log.keepDays.`,
        })
      },
    }),
  ]
}
