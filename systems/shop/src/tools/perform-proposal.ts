import type { Clock, Ids } from '@heavylift/core'
import type { Kysely } from 'kysely'
import type { Proposal } from '../domain/proposal.ts'
import type { Money } from '../domain/product.ts'
import { cartLines, clearCart, setCartLine, viewCart } from './cart.ts'
import type { CommerceTables } from '../domain/commerce-tables.ts'
import type { ConfirmationOutcome } from '../domain/confirmation-outcome.ts'
import { findVariant, orderActionOf, requireOrder, requireStock, times } from './describe-proposal.ts'
import { formatMoney } from '../domain/money.ts'
import { decideOrder } from './orders/decide-order.ts'
import { composeOrder, OrderBook } from './orders/order-book.ts'
import type { ProposalWorld } from './proposal-world.ts'
import { Refusal } from './refusal.ts'

interface Agreed {
  proposal: Proposal
  /** The most that the shopper agreed to. */
  ceiling: Money | null
  /** The id of the order that this may place. */
  orderId: string
}

/**
 * Does what was agreed, in the caller's transaction. Rows are locked before they are judged, so that two confirmations
 * cannot both act on the same state. Every refusal is thrown before the first write.
 *
 * @throws Refusal when it is not possible (any more)
 */
export async function performProposal(
  db: Kysely<CommerceTables>,
  deps: { tenantId: string; clock: Clock; ids: Ids },
  shopperId: string,
  agreed: Agreed,
  world: ProposalWorld,
): Promise<ConfirmationOutcome> {
  const { proposal } = agreed
  const nowMs = deps.clock.nowMs()
  const book = new OrderBook(db, deps.tenantId)
  await lockShopper(db, deps.tenantId, shopperId)

  switch (proposal.action) {
    case 'add-to-cart': {
      const { product, variant } = findVariant(proposal, world.products)
      const lines = await cartLines(db, deps.tenantId, shopperId)
      const quantity =
        (lines.find(({ variantId }) => variantId === variant.id)?.quantity ?? 0) + proposal.quantity
      requireStock(product, variant, quantity)
      requireWithin(times(variant.price, proposal.quantity), agreed.ceiling)
      await setCartLine(db, deps.tenantId, shopperId, { ...proposal, quantity }, nowMs)
      const after = await cartLines(db, deps.tenantId, shopperId)
      return done(`${product.title} is in your basket.`, {
        cart: viewCart(after, world.products, world.currency),
      })
    }
    case 'place-order': {
      const lines = await cartLines(db, deps.tenantId, shopperId)
      const ceiling = agreed.ceiling ?? { minor: 0, currency: world.currency }
      const account = await book.account(shopperId, true)
      const request = { id: agreed.orderId, lines, ceiling, paymentMethodId: null, placedAtMs: nowMs }
      const placed = composeOrder(request, account, world.products)
      await book.saveOrder(placed.order)
      await book.saveAccount(placed.account)
      await clearCart(db, deps.tenantId, shopperId)
      return done('Your order is placed.', { orderId: agreed.orderId })
    }
    case 'auto-buy':
    case 'price-alert': {
      const { product, variant } = findVariant(proposal, world.products)
      const limit =
        proposal.action === 'auto-buy'
          ? proposal.ceiling
          : (proposal.target ?? { ...variant.price, minor: variant.price.minor - 1 })
      const id = deps.ids.next('watch')
      await db
        .insertInto('watch')
        .values({
          tenant_id: deps.tenantId,
          id,
          shopper_id: shopperId,
          kind: proposal.action,
          product_id: product.id,
          variant_id: variant.id,
          quantity: proposal.action === 'auto-buy' ? proposal.quantity : 1,
          limit_minor: limit.minor,
          currency: limit.currency,
          state: 'active',
          order_id: null,
          created_at: new Date(nowMs),
          fired_at: null,
        })
        .execute()
      return done(
        proposal.action === 'auto-buy'
          ? `I will buy it once it costs ${formatMoney(limit)} or less.`
          : `I will tell you when it costs ${formatMoney(limit)} or less.`,
        { watchId: id },
      )
    }
    case 'return-items':
    case 'cancel-order':
    case 'order-action': {
      const order = await book.order(requireOrder(world).id, true)
      if (order === null) throw new Refusal('There is no such order on this account.', 'privacy')
      const account = await book.account(shopperId, true)
      const decision = decideOrder(order, account, orderActionOf(proposal, order), world.products)
      if (!decision.ok) throw new Refusal(decision.reason, decision.section)
      await book.saveOrder(decision.order)
      await book.saveAccount(decision.account)
      return done(`Order ${order.id} is now ${decision.order.status.replaceAll('-', ' ')}.`, {
        orderId: order.id,
      })
    }
    case 'change-address': {
      const account = await book.account(shopperId, true)
      await book.saveAccount({ ...account, address: proposal.address })
      return done('Your address is changed.', {})
    }
    case 'forget-memory': {
      let query = db
        .deleteFrom('memory')
        .where('tenant_id', '=', deps.tenantId)
        .where('shopper_id', '=', shopperId)
      if (proposal.memoryIds !== null) {
        if (proposal.memoryIds.length === 0) return done('There was nothing to forget.', {})
        query = query.where('id', 'in', proposal.memoryIds)
      }
      await query.execute()
      return done('Forgotten.', {})
    }
  }
}

/** One shopper's side effects happen one after another, on whichever process. */
async function lockShopper(db: Kysely<CommerceTables>, tenantId: string, shopperId: string): Promise<void> {
  await db
    .selectFrom('shopper')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', shopperId)
    .select('id')
    .forUpdate()
    .execute()
}

function requireWithin(total: Money, ceiling: Money | null): void {
  if (ceiling !== null && total.minor > ceiling.minor) {
    throw new Refusal(
      `It costs ${formatMoney(total)} now, above the ${formatMoney(ceiling)} that was agreed.`,
    )
  }
}

function done(
  message: string,
  facts: Partial<Pick<ConfirmationOutcome, 'cart' | 'orderId' | 'watchId'>>,
): ConfirmationOutcome {
  return { state: 'accepted', message, cart: null, orderId: null, watchId: null, ...facts }
}
