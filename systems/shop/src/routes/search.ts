import { route } from '@heavylift/core'
import { z } from 'zod'
import type { ShopContext } from '../context.ts'
import type { MeaningState } from '@heavylift/models/meaning'
import { unmentionedIn } from '../assistant/wishes.ts'
import { product } from './schemas/product.ts'
import { searchResult, understanding } from './schemas/understanding.ts'
import { understand } from '../understand/understand.ts'

const meaningState: z.ZodType<MeaningState, MeaningState> = z.object({
  model: z.string().nullable(),
  state: z.enum(['off', 'waiting', 'reading', 'ready', 'failed']),
  done: z.number(),
  total: z.number(),
  problem: z.string().nullable(),
})

/** The search lab: what a query was understood to say, and why each product ranks where it does. */
export function searchRoutes(shop: ShopContext) {
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
      response: z.object({
        understanding,
        result: searchResult,
        products: z.array(product),
        unmentioned: z.array(z.string()).describe('Words asked for that no product found states.'),
      }),
      handle: async ({ caller, body }) => {
        const catalog = shop.catalog(caller.tenantId)
        const [vocabulary, lexicon] = await Promise.all([catalog.vocabulary(), catalog.lexicon()])
        const understood = understand(body.query, {
          vocabulary,
          lexicon,
          context: { shown: false },
        })
        const result = await shop.search(caller.tenantId).search({
          text: understood.searchText,
          constraints: understood.constraints,
          sort: understood.sort,
          limit: body.limit,
          offset: 0,
          explain: true,
        })
        const products = await catalog.products(result.hits.map(({ productId }) => productId))
        const { currency } = vocabulary
        const unmentioned = unmentionedIn(body.query, products, { lexicon, currency })
        return { understanding: understood, result, products, unmentioned }
      },
    }),
    route({
      method: 'get',
      path: '/meaning',
      summary: 'Whether search goes by meaning beside words, and how far the catalog is read for that.',
      access: 'operator',
      response: meaningState,
      handle: ({ caller }) => {
        // Who looks wants it read: also after a failure, or when the model came after the catalog.
        shop.meanings.read(caller.tenantId)
        return shop.meanings.state(caller.tenantId)
      },
    }),
  ]
}
