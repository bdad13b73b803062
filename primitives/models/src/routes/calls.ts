import { NotFoundError, route } from '@heavylift/core'
import { timeMsInput } from '@heavylift/core/input'
import { z } from 'zod'
import { cacheStateSchema, callRecordSchema, callStatusSchema } from '../metering/call-record.ts'
import type { ModelsContext } from '../context.ts'
import { visibleTenant } from './visibility.ts'

const statuses = z
  .string()
  .max(100)
  .transform((text) => text.split(','))
  .pipe(z.array(callStatusSchema))

/** The request log. */
export function callRoutes(models: ModelsContext) {
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
        cache: cacheStateSchema.optional(),
        from: timeMsInput.optional().describe('Ended at this time or later; milliseconds since the epoch.'),
        to: timeMsInput.optional().describe('Ended before this time.'),
        text: z
          .string()
          .max(200)
          .optional()
          .describe('Part of an id, replica, key, error or upstream model.'),
        before: z.string().max(100).optional(),
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
      response: z.object({ calls: z.array(callRecordSchema), next: z.string().nullable() }),
      handle: async ({ caller, query }) => {
        const { tenant, status: statuses, from: fromMs, to: toMs, before, limit, ...filter } = query
        const calls = await models.usage.listCalls({
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
        call: callRecordSchema,
        text: z.object({ request: z.string(), answer: z.string() }).nullable(),
      }),
      handle: async ({ caller, params }) => {
        const found = await models.usage.readCall(visibleTenant(caller), params.callId)
        if (found) return found
        throw new NotFoundError({
          code: 'call-not-found',
          message: `There is no call "${params.callId}". Calls appear a moment after they end and go after log.keepDays.`,
        })
      },
    }),
  ]
}
