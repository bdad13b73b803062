import { NotFoundError, route } from '@heavylift/core'
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
            'The time in milliseconds at which it ends, at most a day ahead, a dot, and the HMAC-SHA-256 of externalId, a line feed and that time with the identity secret, base64url; needed with a storefront key.',
          ),
      }),
      response: z.object({ token: z.string(), shopperId: z.string(), expiresAtMs: z.number() }),
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
    route({
      method: 'post',
      path: '/signing-keys/rotate',
      summary:
        'Signs shoppers’ tokens (`token`) or proofs of identity (`identity`) with a new secret; what the one before signed counts a while longer.',
      access: 'admin',
      body: z.object({
        signed: z.enum(['token', 'identity']),
        overlapHours: z
          .number()
          .min(0)
          .max(24 * 90)
          .default(24)
          .describe('How long both count. 0 ends all that was signed before at once.'),
      }),
      response: z.object({ previousUntilMs: z.number() }),
      handle: ({ caller, body }) =>
        shop.shoppers.rotate(caller.tenantId, body.signed, body.overlapHours * 3_600_000),
    }),
    route({
      method: 'delete',
      path: '/shoppers/:shopperId/tokens',
      summary: 'Ends every token of one shopper; a later sign-in gets a new one.',
      access: 'operator',
      params: z.object({ shopperId: z.string().max(100) }),
      response: z.object({ ended: z.literal(true) }),
      handle: async ({ caller, params }) => {
        if (await shop.shoppers.endTokens(caller.tenantId, params.shopperId)) return { ended: true as const }
        throw new NotFoundError({
          code: 'shopper-unknown',
          message: `There is no shopper "${params.shopperId}". Conversations name those that there are.`,
        })
      },
    }),
  ]
}
