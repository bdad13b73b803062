import { NotFoundError, route } from '@heavylift/core'
import { z } from 'zod'
import type { ShopContext } from '../context.ts'
import { viewedText } from '../shoppers/viewed.ts'
import { memoryItem } from './schemas/memory.ts'

const device = z.string().min(1).max(60).optional().describe('As the client names it: phone, desktop.')

const memories = z.object({ memories: z.array(memoryItem) })

/** What the shopper is remembered by: theirs to see, edit and delete. */
export function memoryRoutes(shop: ShopContext) {
  return [
    route({
      method: 'post',
      path: '/views',
      summary: 'Remembers a product page that was looked at.',
      access: 'storefront',
      body: z.object({
        productId: z.string().min(1).max(200),
        variantId: z.string().min(1).max(200).optional().describe('Which of its variants was looked at.'),
        device,
      }),
      handle: async ({ caller, headers, body }) => {
        const shopperId = await shop.shoppers.require(caller, headers)
        const product = await shop.catalog(caller.tenantId).product(body.productId)
        if (product === null) {
          throw new NotFoundError({
            code: 'product-not-found',
            message: `There is no product ${body.productId}.`,
          })
        }
        await shop.memory(caller.tenantId).remember(shopperId, [
          {
            kind: 'viewed',
            key: `viewed:${product.id}`,
            text: viewedText('Looked at', product, body.variantId ?? null),
            productId: product.id,
            conversationId: null,
            device: body.device ?? null,
            atMs: shop.clock.nowMs(),
          },
        ])
        return null
      },
    }),
    route({
      method: 'get',
      path: '/memory',
      summary: 'Everything that is remembered of this shopper.',
      access: 'storefront',
      response: memories,
      handle: async ({ caller, headers }) => ({
        memories: await shop.memory(caller.tenantId).list(await shop.shoppers.require(caller, headers)),
      }),
    }),
    route({
      method: 'patch',
      path: '/memory/:memoryId',
      summary: 'Corrects the words of a memory.',
      access: 'storefront',
      params: z.object({ memoryId: z.string() }),
      body: z.object({ text: z.string().trim().min(1).max(1000) }),
      response: memoryItem,
      handle: async ({ caller, headers, params, body }) => {
        const shopperId = await shop.shoppers.require(caller, headers)
        const item = await shop.memory(caller.tenantId).edit(shopperId, params.memoryId, body.text)
        if (item === null) throw memoryNotFound(params.memoryId)
        return item
      },
    }),
    route({
      method: 'delete',
      path: '/memory/:memoryId',
      summary: 'Forgets one memory.',
      access: 'storefront',
      params: z.object({ memoryId: z.string() }),
      handle: async ({ caller, headers, params }) => {
        const shopperId = await shop.shoppers.require(caller, headers)
        const gone = await shop.memory(caller.tenantId).forget(shopperId, params.memoryId)
        if (gone === 0) throw memoryNotFound(params.memoryId)
        return null
      },
    }),
    route({
      method: 'delete',
      path: '/memory',
      summary: 'Forgets everything of this shopper.',
      access: 'storefront',
      response: z.object({ forgotten: z.number() }),
      handle: async ({ caller, headers }) => ({
        forgotten: await shop
          .memory(caller.tenantId)
          .forget(await shop.shoppers.require(caller, headers), null),
      }),
    }),
    route({
      method: 'get',
      path: '/shoppers/:shopperId/memory',
      summary: 'A shopper’s memory, as they see it.',
      access: 'operator',
      params: z.object({ shopperId: z.string() }),
      response: memories,
      async handle({ caller, params }) {
        if (!(await shop.shoppers.exists(caller.tenantId, params.shopperId))) {
          throw new NotFoundError({
            code: 'shopper-not-found',
            message: `There is no shopper ${params.shopperId}.`,
          })
        }
        return { memories: await shop.memory(caller.tenantId).list(params.shopperId) }
      },
    }),
  ]
}

function memoryNotFound(id: string): NotFoundError {
  return new NotFoundError({ code: 'memory-not-found', message: `This shopper has no memory ${id}.` })
}
