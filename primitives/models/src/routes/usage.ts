import { InvalidInputError, RawResponse, route } from '@heavylift/core'
import { timeMsInput } from '@heavylift/core/input'
import { z } from 'zod'
import { usageCsv, usageDimensions, usageReportSchema } from '../metering/usage-report.ts'
import type { ModelsContext } from '../context.ts'
import { visibleTenant } from './visibility.ts'

const dayMs = 86_400_000
const maxBuckets = 5000

const usageQuery = z.object({
  from: timeMsInput.optional().describe('Milliseconds since the epoch; default a week ago.'),
  to: timeMsInput.optional().describe('Exclusive; default now.'),
  by: z.enum(usageDimensions).default('model'),
  bucket: z.enum(['hour', 'day']).default('day'),
  tenant: z.string().max(200).optional().describe('One tenant only, for who sees all.'),
  format: z.enum(['json', 'csv']).default('json'),
})

/** What was used and what it cost. */
export function usageRoutes(models: ModelsContext) {
  return [
    route({
      method: 'get',
      path: '/usage',
      summary:
        'Calls, tokens and cost by tenant, key, model or provider, as totals and over time; `format=csv` to download.',
      access: 'operator',
      query: usageQuery,
      response: usageReportSchema,
      media: ['text/csv; charset=utf-8'],
      handle: async ({ caller, query }) => {
        const toMs = query.to ?? models.clock.nowMs()
        const fromMs = query.from ?? toMs - 7 * dayMs
        const bucketMs = query.bucket === 'day' ? dayMs : dayMs / 24
        if (fromMs >= toMs || (toMs - fromMs) / bucketMs > maxBuckets) {
          throw new InvalidInputError({
            code: 'range-invalid',
            message: `"from" must be before "to", at most ${maxBuckets} buckets apart; ask by day for longer times.`,
          })
        }
        const { by, bucket } = query
        const tenantId = visibleTenant(caller) ?? query.tenant ?? null
        const report = await models.usage.readUsage({ tenantId, fromMs, toMs, by, bucket })
        if (query.format === 'json') return report
        return new RawResponse(usageCsv(report, by), {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': `attachment; filename="model-usage-by-${by}.csv"`,
        })
      },
    }),
  ]
}
