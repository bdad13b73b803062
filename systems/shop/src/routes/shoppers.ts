import { route } from '@heavylift/core'
import { z } from 'zod'
import type { ShopContext } from '../context.ts'

export function shopperRoutes(shop: ShopContext) {
  return [
    route({
      method: 'post',
      path: '/shoppers',
      summary: 'Issues a shopper token; the same externalId is the same shopper on every device.',
      access: 'storefront',
      body: z.object({
        externalId: z.string().min(1).max(200).optional().describe('The store’s id of a signed-in customer.'),
        proof: z
          .string()
          .max(200)
          .optional()
          .describe(
            'HMAC-SHA-256 of externalId with the identity secret, base64url; needed with a storefront key.',
          ),
      }),
      response: z.object({ token: z.string(), shopperId: z.string() }),
      handle: ({ body, caller }) =>
        shop.shoppers.issue(
          caller,
          body.externalId === undefined ? null : { externalId: body.externalId, proof: body.proof ?? null },
        ),
    }),
    route({
      method: 'get',
      path: '/identity-secret',
      summary: 'The secret with which the store’s server proves who is signed in.',
      access: 'admin',
      response: z.object({ identitySecret: z.string() }),
      handle: async ({ caller }) => ({ identitySecret: await shop.shoppers.identitySecret(caller.tenantId) }),
    }),
  ]
}
