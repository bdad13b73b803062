import { route } from '@heavylift/core'
import type { Route } from '@heavylift/core'
import { z } from 'zod'
import type { ShopContext } from '../context.ts'
import { understand } from '../understand/understand.ts'

/** The search lab: what a query was understood to say, and why each product ranks where it does. */
export function searchRoutes(shop: ShopContext): Route[] {
  return [
    route({
      method: 'post',
      path: '/search',
      summary: 'Understands a query and searches by it, with the explanation of each hit.',
      access: 'operator',
      body: z.object({
        query: z.string().trim().min(1).max(2000),
        limit: z.int().min(1).max(100).default(20),
      }),
      handle: async ({ caller, body }) => {
        const catalog = shop.catalog(caller.tenantId)
        const understanding = understand(body.query, {
          vocabulary: await catalog.vocabulary(),
          context: { shown: false },
        })
        const result = await shop.search(caller.tenantId).search({
          text: understanding.searchText,
          constraints: understanding.constraints,
          sort: understanding.sort,
          limit: body.limit,
          offset: 0,
          explain: true,
        })
        const products = await catalog.products(result.hits.map(({ productId }) => productId))
        return { understanding, result, products }
      },
    }),
  ]
}
