import type { Kysely } from 'kysely'
import type { Account, Order } from '../domain/order.ts'
import type { Catalog } from '../domain/ports.ts'
import type { Proposal } from '../domain/proposal.ts'
import type { Product } from '../domain/product.ts'
import { cartLines, type CartLine } from './cart.ts'
import type { CommerceTables } from '../domain/commerce-tables.ts'
import { OrderBook } from './orders/order-book.ts'
import { Refusal } from './refusal.ts'

/** Everything that a proposal bears on, read once. */
export interface ProposalWorld {
  account: Account
  order: Order | null
  cart: CartLine[]
  products: Map<string, Product>
  currency: string
}

/** @throws Refusal when the proposal names an order that is not this shopper's */
export async function loadWorld(
  deps: { db: Kysely<CommerceTables>; tenantId: string; catalog: Catalog },
  shopperId: string,
  proposal: Proposal,
): Promise<ProposalWorld> {
  const book = new OrderBook(deps.db, deps.tenantId)
  const order = 'orderId' in proposal ? await book.order(proposal.orderId, false) : null
  if ('orderId' in proposal && order?.shopperId !== shopperId) {
    throw new Refusal(`There is no order ${proposal.orderId} on this account.`, 'privacy')
  }
  const needsCart = proposal.action === 'place-order' || proposal.action === 'add-to-cart'
  const cart = needsCart ? await cartLines(deps.db, deps.tenantId, shopperId) : []
  const productIds = new Set([
    ...cart.map(({ productId }) => productId),
    ...(order?.items ?? []).map(({ productId }) => productId),
    ...('productId' in proposal ? [proposal.productId] : []),
  ])
  const products = await deps.catalog.products([...productIds])
  return {
    account: await book.account(shopperId, false),
    order,
    cart,
    products: new Map(products.map((product) => [product.id, product])),
    currency: products[0]?.variants[0]?.price.currency ?? (await deps.catalog.vocabulary()).currency,
  }
}
