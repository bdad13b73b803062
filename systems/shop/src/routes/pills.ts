import { route } from '@heavylift/core'
import { z } from 'zod'
import { summarisePills, type PillsSummary } from '../assistant/pills/summary.ts'
import type { ShopContext } from '../context.ts'
import { answerPart } from './schemas/answer.ts'

const summary: z.ZodType<PillsSummary, PillsSummary> = z.object({
  hits: z.number(),
  misses: z.number(),
  products: z.object({ withPills: z.number(), total: z.number() }),
  pills: z.number(),
  job: z.object({
    state: z.enum(['idle', 'running', 'failed']),
    done: z.number(),
    total: z.number(),
    finishedAtMs: z.number().nullable(),
  }),
  perProduct: z.array(
    z.object({
      productId: z.string(),
      title: z.string(),
      pills: z.number(),
      hits: z.number(),
      misses: z.number(),
    }),
  ),
})

/** Likely questions of a product, and their answers, ready before anyone asks. */
export function pillRoutes(shop: ShopContext) {
  return [
    route({
      method: 'get',
      path: '/products/:productId/pills',
      summary: 'Likely questions on this product.',
      access: 'storefront',
      params: z.object({ productId: z.string() }),
      response: z.object({ pills: z.array(z.object({ id: z.string(), question: z.string() })) }),
      handle: async ({ caller, params }) => ({
        pills: await shop.pills.forProduct(caller.tenantId, params.productId),
      }),
    }),
    route({
      method: 'get',
      path: '/pills/:pillId/answer',
      summary: 'The answer to a likely question; `isHit` says whether it was ready.',
      access: 'storefront',
      params: z.object({ pillId: z.string() }),
      response: z.object({ question: z.string(), parts: z.array(answerPart), isHit: z.boolean() }),
      handle: ({ caller, params }) => shop.pills.answer(caller.tenantId, params.pillId),
    }),
    route({
      method: 'get',
      path: '/pills/summary',
      summary: 'How many answers were ready when they were asked for, and the state of the build.',
      access: 'operator',
      response: summary,
      handle: ({ caller }) => summarisePills(shop.pillsDb, caller.tenantId, shop.catalog(caller.tenantId)),
    }),
    route({
      method: 'post',
      path: '/pills/build',
      summary: 'Prepares questions and answers in the background.',
      access: 'operator',
      response: z.object({ runId: z.string() }),
      handle: ({ caller }) => shop.pills.build(caller.tenantId),
    }),
  ]
}
