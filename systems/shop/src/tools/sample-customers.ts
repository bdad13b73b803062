import type { CoreServices } from '@heavylift/core'
import type { Kysely } from 'kysely'
import type { Order, OrderStatus, PaymentMethod } from '../domain/order.ts'
import type { Product } from '../domain/product.ts'
import type { Shoppers } from '../shoppers/shoppers.ts'
import type { CommerceTables } from '../domain/commerce-tables.ts'
import { OrderBook } from './orders/order-book.ts'

const dayMs = 24 * 60 * 60 * 1000

/** Customers of the demo store, by the id that it knows them by. Each has an address, ways to pay, and past orders. */
const sampleCustomers = [
  {
    externalId: 'demo-alex',
    firstName: 'Alex',
    lastName: 'Morgan',
    email: 'alex@example.com',
    city: 'Riverton',
  },
  {
    externalId: 'demo-sam',
    firstName: 'Sam',
    lastName: 'Rivera',
    email: 'sam@example.com',
    city: 'Oakfield',
  },
]

export const sampleCustomerIds: readonly string[] = sampleCustomers.map(({ externalId }) => externalId)

const history: { status: OrderStatus; daysAgo: number; units: number }[] = [
  { status: 'delivered', daysAgo: 12, units: 2 },
  { status: 'processed', daysAgo: 2, units: 1 },
  { status: 'pending', daysAgo: 0.2, units: 1 },
]

/**
 * Gives the demo store its customers, each with a delivered, a shipped and a pending order over `products`. Does nothing for
 * a customer who has an account already.
 */
export async function loadSampleCustomers(
  deps: Pick<CoreServices, 'clock'> & { commerceDb: Kysely<CommerceTables>; shoppers: Shoppers },
  tenantId: string,
  products: readonly Product[],
): Promise<void> {
  const book = new OrderBook(deps.commerceDb, tenantId)
  const operator = { tenantId, scope: 'operator', keyId: null } as const
  for (const [index, customer] of sampleCustomers.entries()) {
    const identity = { externalId: customer.externalId, proof: null }
    const { shopperId } = await deps.shoppers.issue(operator, identity)
    if ((await book.account(shopperId, false)).email !== null) continue
    const currency = products[0]?.variants[0]?.price.currency ?? 'USD'
    const card: PaymentMethod = { id: 'card', kind: 'credit-card', label: 'Visa ending 4242', balance: null }
    const gift: PaymentMethod = {
      id: 'gift-card',
      kind: 'gift-card',
      label: 'Gift card',
      balance: { minor: 5000, currency },
    }
    const address = {
      line1: `${index + 11} Mill Lane`,
      line2: '',
      city: customer.city,
      region: 'OR',
      postalCode: `9700${index}`,
      country: 'USA',
    }
    await book.saveAccount({ ...customer, shopperId, address, paymentMethods: [card, gift] })
    for (const [number, past] of history.entries()) {
      const first = index * 5 + number * 2
      const bought = products.slice(first, first + past.units)
      if (bought.length === 0) continue
      const order: Order = {
        id: `DEMO-${1000 + index * 10 + number}`,
        shopperId,
        status: past.status,
        items: bought.flatMap((product) => {
          const variant = product.variants[0]
          if (variant === undefined) return []
          const { options, price } = variant
          return [{ productId: product.id, variantId: variant.id, title: product.title, options, price }]
        }),
        address,
        payments: [],
        fulfilments: [],
        placedAtMs: deps.clock.nowMs() - past.daysAgo * dayMs,
        cancelReason: null,
        returned: null,
        exchanged: null,
      }
      const total = order.items.reduce((sum, { price }) => sum + price.minor, 0)
      order.payments.push({ kind: 'payment', amount: { minor: total, currency }, paymentMethodId: card.id })
      if (past.status !== 'pending') {
        const variantIds = order.items.map(({ variantId }) => variantId)
        order.fulfilments.push({ trackingIds: [`TRK-${4711 + index * 10 + number}`], variantIds })
      }
      await book.saveOrder(order)
    }
  }
}
