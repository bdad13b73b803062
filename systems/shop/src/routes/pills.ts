import { route, type Route } from '@heavylift/core'
import { z } from 'zod'
import { summarisePills } from '../assistant/pills/summary.ts'
import type { ShopContext } from '../context.ts'

/** Likely questions of a product, and their answers, ready before anyone asks. */
export function pillRoutes(shop: ShopContext): Route[] {
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
      handle: ({ caller, params }) => shop.pills.answer(caller.tenantId, params.pillId),
    }),
    route({
      method: 'get',
      path: '/pills/summary',
      summary: 'How many answers were ready when they were asked for, and the state of the build.',
      access: 'operator',
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
