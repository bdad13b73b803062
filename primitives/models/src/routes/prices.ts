import { route } from '@heavylift/core'
import { z } from 'zod'
import type { ModelsContext } from '../context.ts'

const rates = z.object({
  from: z.number().describe('Prompts of more tokens than this cost it; 0 for all.'),
  input: z.number(),
  cacheRead: z.number(),
  cacheWrite: z.number(),
  cacheWrite1h: z.number(),
  output: z.number(),
})

/** What the table's targets cost. */
export function priceRoutes(models: ModelsContext) {
  return [
    route({
      method: 'get',
      path: '/prices',
      summary: 'Prices of every target in US dollars a million tokens, and where they come from.',
      access: 'operator',
      response: z.object({
        prices: z.array(
          z.object({
            provider: z.string(),
            upstreamModel: z.string(),
            servedAs: z.array(z.string()),
            source: z.enum(['table', 'list', 'free', 'unknown']),
            isPriced: z.boolean(),
            rates: z.array(rates),
          }),
        ),
      }),
      handle: () => {
        const byTarget = new Map<string, { provider: string; upstreamModel: string; servedAs: string[] }>()
        for (const [name, { targets }] of Object.entries(models.gateway.config.models)) {
          for (const { provider, model } of targets) {
            const key = `${provider}\0${model}`
            const known = byTarget.get(key)
            if (known) known.servedAs.push(name)
            else byTarget.set(key, { provider, upstreamModel: model, servedAs: [name] })
          }
        }
        const nowMs = models.clock.nowMs()
        return {
          prices: Array.from(byTarget.values(), (target) => {
            const price = models.prices.priceOf(target.provider, target.upstreamModel, nowMs)
            return { ...target, ...price, isPriced: price.source !== 'unknown' }
          }),
        }
      },
    }),
  ]
}
