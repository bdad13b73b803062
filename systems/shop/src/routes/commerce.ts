import { HeavyliftError, NotFoundError, route } from '@heavylift/core'
import { z } from 'zod'
import { cartView, orderView } from './schemas/answer.ts'
import { money } from './schemas/product.ts'
import type { ShopContext } from '../context.ts'
import { recordPurchases } from '../tools/purchases.ts'
import { cancelWatch, listNotifications, listWatches } from '../tools/watches.ts'
import { listPolicies, savePolicies } from '../tools/policies.ts'

const idempotencyKey = z
  .string()
  .min(8)
  .max(200)
  .describe('The same key again does nothing again and answers the same.')

const outcome = z.object({
  state: z
    .enum(['accepted', 'declined', 'refused'])
    .describe('`refused`: accepted, but not possible any more.'),
  message: z.string(),
  cart: cartView.nullable(),
  orderId: z.string().nullable(),
  watchId: z.string().nullable(),
})

const watch = z.object({
  watchId: z.string(),
  kind: z.enum(['price-alert', 'auto-buy']),
  productId: z.string(),
  variantId: z.string(),
  quantity: z.number(),
  limit: money,
  state: z.enum(['active', 'done', 'cancelled']),
  orderId: z.string().nullable(),
  createdAtMs: z.number(),
})

const notification = z.object({
  notificationId: z.string(),
  text: z.string(),
  productId: z.string().nullable(),
  createdAtMs: z.number(),
  isRead: z.boolean(),
})

const policies = z.object({
  policies: z.array(z.object({ section: z.string(), title: z.string(), text: z.string() })),
})

/** Basket, checkout, orders, confirmations, alerts. */
export function commerceRoutes(shop: ShopContext) {
  return [
    route({
      method: 'get',
      path: '/cart',
      summary: 'The shopper’s basket at today’s prices.',
      access: 'storefront',
      response: cartView,
      handle: async ({ caller, headers }) =>
        shop.desk(caller.tenantId).cart(await shop.shoppers.require(caller, headers)),
    }),
    route({
      method: 'put',
      path: '/cart/items/:variantId',
      summary: 'Sets how many of a variant are in the basket; 0 takes it out.',
      access: 'storefront',
      params: z.object({ variantId: z.string() }),
      body: z.object({ productId: z.string(), quantity: z.int().min(0).max(99) }),
      response: cartView,
      handle: async ({ caller, headers, params, body }) =>
        shop
          .desk(caller.tenantId)
          .setCartQuantity(
            await shop.shoppers.require(caller, headers),
            body.productId,
            params.variantId,
            body.quantity,
          ),
    }),
    route({
      method: 'post',
      path: '/orders',
      summary: 'Checks out the basket as one order.',
      access: 'storefront',
      body: z.object({ idempotencyKey }),
      response: orderView,
      handle: async ({ caller, headers, body }) => {
        const shopperId = await shop.shoppers.require(caller, headers)
        const order = await shop.desk(caller.tenantId).placeOrder(shopperId, body.idempotencyKey)
        await recordPurchases(shop, caller.tenantId, [order.orderId])
        return order
      },
    }),
    route({
      method: 'get',
      path: '/orders',
      summary: 'The shopper’s orders, newest first.',
      access: 'storefront',
      query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
      response: z.object({ orders: z.array(orderView) }),
      handle: async ({ caller, headers, query }) => ({
        orders: await shop
          .desk(caller.tenantId)
          .orders(await shop.shoppers.require(caller, headers), { limit: query.limit }),
      }),
    }),
    route({
      method: 'get',
      path: '/orders/:orderId',
      summary: 'One order of the shopper, and what may be done with it.',
      access: 'storefront',
      params: z.object({ orderId: z.string() }),
      response: orderView,
      handle: async ({ caller, headers, params }) => {
        const shopperId = await shop.shoppers.require(caller, headers)
        const order = await shop.desk(caller.tenantId).order(shopperId, params.orderId)
        if (order === null) {
          throw new NotFoundError({
            code: 'order-not-found',
            message: `This shopper has no order ${params.orderId}.`,
          })
        }
        return order
      },
    }),
    route({
      method: 'patch',
      path: '/orders/:orderId',
      summary: 'What the warehouse reports: the order is on its way, or delivered.',
      access: 'operator',
      params: z.object({ orderId: z.string() }),
      body: z.object({
        status: z.enum(['processed', 'delivered']),
        trackingIds: z.array(z.string().min(1).max(100)).max(50).default([]),
      }),
      response: orderView,
      handle: ({ caller, params, body }) =>
        shop.desk(caller.tenantId).ship(params.orderId, body.status, body.trackingIds),
    }),
    route({
      method: 'post',
      path: '/confirmations/:confirmationId',
      summary: 'The shopper’s word on a side effect; accepted, it happens exactly once.',
      access: 'storefront',
      params: z.object({ confirmationId: z.string() }),
      body: z.object({ accept: z.boolean(), idempotencyKey }),
      response: outcome,
      handle: async ({ caller, headers, params, body }) => {
        const shopperId = await shop.shoppers.require(caller, headers)
        const outcome = await shop.desk(caller.tenantId).answer(shopperId, params.confirmationId, body)
        if (outcome.orderId !== null) await recordPurchases(shop, caller.tenantId, [outcome.orderId])
        return outcome
      },
    }),
    route({
      method: 'get',
      path: '/watches',
      summary: 'The shopper’s price alerts and auto-buys.',
      access: 'storefront',
      response: z.object({ watches: z.array(watch) }),
      handle: async ({ caller, headers }) => ({
        watches: await listWatches(
          shop.commerceDb,
          caller.tenantId,
          await shop.shoppers.require(caller, headers),
        ),
      }),
    }),
    route({
      method: 'delete',
      path: '/watches/:watchId',
      summary: 'Calls off an alert or an auto-buy.',
      access: 'storefront',
      params: z.object({ watchId: z.string() }),
      handle: async ({ caller, headers, params }) => {
        const shopperId = await shop.shoppers.require(caller, headers)
        if (!(await cancelWatch(shop.commerceDb, caller.tenantId, shopperId, params.watchId))) {
          throw new NotFoundError({
            code: 'watch-not-found',
            message: `This shopper has no active watch ${params.watchId}.`,
          })
        }
        return null
      },
    }),
    route({
      method: 'get',
      path: '/notifications',
      summary: 'What happened for the shopper: alerts that fired, things bought for them.',
      access: 'storefront',
      response: z.object({ notifications: z.array(notification) }),
      handle: async ({ caller, headers }) => ({
        notifications: await listNotifications(
          shop.commerceDb,
          caller.tenantId,
          await shop.shoppers.require(caller, headers),
          50,
        ),
      }),
    }),
    route({
      method: 'get',
      path: '/policies',
      summary: 'The store’s own rules (returns, shipping, payment).',
      access: 'storefront',
      response: policies,
      handle: async ({ caller }) => ({ policies: await listPolicies(shop.commerceDb, caller.tenantId) }),
    }),
    route({
      method: 'put',
      path: '/policies',
      summary: 'Replaces the store’s rules.',
      access: 'operator',
      body: z.object({
        policies: z
          .array(
            z.object({
              section: z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case letters, digits and dashes'),
              title: z.string().min(1).max(200),
              text: z.string().min(1).max(20_000),
            }),
          )
          .max(200),
      }),
      response: policies,
      handle: async ({ caller, body }) => {
        const names = new Set(body.policies.map(({ section }) => section))
        if (names.size < body.policies.length) {
          throw new HeavyliftError({
            code: 'policy-section-twice',
            status: 400,
            message: 'Two sections have the same name; each needs its own.',
          })
        }
        await savePolicies(shop.commerceDb, caller.tenantId, body.policies)
        return { policies: await listPolicies(shop.commerceDb, caller.tenantId) }
      },
    }),
  ]
}
