import type { Kysely } from 'kysely'
import type { Account, Order, OrderStatus, PaymentMethod } from '../../domain/order.ts'
import type { Money, Product } from '../../domain/product.ts'
import type { CartLine } from '../cart.ts'
import type { CommerceTables } from '../../domain/commerce-tables.ts'
import { formatMoney } from '../../domain/money.ts'
import { Refusal } from '../refusal.ts'

/** Orders and accounts of one tenant. Inside a transaction, `lock` keeps the row until it ends. */
export class OrderBook {
  readonly #db: Kysely<CommerceTables>
  readonly #tenantId: string

  constructor(db: Kysely<CommerceTables>, tenantId: string) {
    this.#db = db
    this.#tenantId = tenantId
  }

  async order(id: string, lock: boolean): Promise<Order | null> {
    let query = this.#db
      .selectFrom('purchase_order')
      .where('tenant_id', '=', this.#tenantId)
      .where('id', '=', id)
      .select('body')
    if (lock) query = query.forUpdate()
    return (await query.executeTakeFirst())?.body ?? null
  }

  /** Newest first. */
  async orders(shopperId: string, limit: number): Promise<Order[]> {
    const rows = await this.#db
      .selectFrom('purchase_order')
      .where('tenant_id', '=', this.#tenantId)
      .where('shopper_id', '=', shopperId)
      .select('body')
      .orderBy('placed_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute()
    return rows.map(({ body }) => body)
  }

  /** Inserts or replaces. */
  async saveOrder(order: Order): Promise<void> {
    const values = { status: order.status, body: JSON.stringify(order) }
    await this.#db
      .insertInto('purchase_order')
      .values({
        tenant_id: this.#tenantId,
        id: order.id,
        shopper_id: order.shopperId,
        placed_at: new Date(order.placedAtMs),
        ...values,
      })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doUpdateSet(values))
      .execute()
  }

  /** A shopper without an account has one that pays on delivery. */
  async account(shopperId: string, lock: boolean): Promise<Account> {
    let query = this.#db
      .selectFrom('account')
      .where('tenant_id', '=', this.#tenantId)
      .where('shopper_id', '=', shopperId)
      .selectAll()
    if (lock) query = query.forUpdate()
    const row = await query.executeTakeFirst()
    return {
      shopperId,
      firstName: row?.first_name ?? '',
      lastName: row?.last_name ?? '',
      email: row?.email ?? null,
      address: row?.address ?? null,
      paymentMethods: row?.payment_methods ?? [payOnDelivery],
    }
  }

  /** Inserts or replaces. */
  async saveAccount(account: Account): Promise<void> {
    const values = {
      first_name: account.firstName,
      last_name: account.lastName,
      email: account.email,
      address: account.address === null ? null : JSON.stringify(account.address),
      payment_methods: JSON.stringify(account.paymentMethods),
    }
    await this.#db
      .insertInto('account')
      .values({ tenant_id: this.#tenantId, shopper_id: account.shopperId, ...values })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'shopper_id']).doUpdateSet(values))
      .execute()
  }
}

/** pending → processed → delivered: what the store's own warehouse reports. */
const shippingSteps: Partial<Record<OrderStatus, OrderStatus[]>> = {
  pending: ['processed', 'delivered'],
  'pending-items-changed': ['processed', 'delivered'],
  processed: ['delivered'],
}

/** The order after a report from the warehouse. Pure. @throws Refusal when the order is not on its way there */
export function shipOrder(
  order: Order,
  status: 'processed' | 'delivered',
  trackingIds: readonly string[],
): Order {
  if (order.status !== status && !shippingSteps[order.status]?.includes(status)) {
    throw new Refusal(
      `Order ${order.id} is ${order.status.replaceAll('-', ' ')} and cannot become ${status}.`,
    )
  }
  const known = new Set(order.fulfilments.flatMap((fulfilment) => fulfilment.trackingIds))
  const fresh = trackingIds.filter((id) => !known.has(id))
  const variantIds = order.items.map(({ variantId }) => variantId)
  const fulfilments =
    fresh.length === 0 ? order.fulfilments : [...order.fulfilments, { trackingIds: fresh, variantIds }]
  return { ...order, status, fulfilments }
}

const payOnDelivery: PaymentMethod = {
  id: 'pay-on-delivery',
  kind: 'pay-on-delivery',
  label: 'Pay on delivery',
  balance: null,
}

export interface NewOrder {
  /** Fixed by what asked for it, so that asking twice places one order. */
  id: string
  lines: readonly CartLine[]
  /** The most that the order may cost in all. */
  ceiling: Money
  /** Null for the account's first. */
  paymentMethodId: string | null
  placedAtMs: number
}

/**
 * An order over `lines` at today's prices, and the account after paying it. Pure.
 *
 * @throws Refusal when a line is no longer sold or in stock, the total is above the ceiling, or it cannot be paid
 */
export function composeOrder(
  request: NewOrder,
  account: Account,
  products: ReadonlyMap<string, Product>,
): { order: Order; account: Account } {
  if (request.lines.length === 0) throw new Refusal('The basket is empty.')
  const items = request.lines.flatMap((line) => {
    const product = products.get(line.productId)
    const variant = product?.variants.find(({ id }) => id === line.variantId)
    if (product === undefined || variant === undefined) {
      throw new Refusal('Something in the order is no longer sold.')
    }
    if (variant.stock !== null && variant.stock < line.quantity) {
      throw new Refusal(
        `${product.title}: ${variant.stock === 0 ? 'out of stock' : `only ${variant.stock} left`}.`,
      )
    }
    const item = {
      productId: product.id,
      variantId: variant.id,
      title: product.title,
      options: { ...variant.options },
      price: variant.price,
    }
    return Array.from({ length: line.quantity }, () => item)
  })
  const total: Money = {
    minor: items.reduce((sum, item) => sum + item.price.minor, 0),
    currency: request.ceiling.currency,
  }
  if (items.some(({ price }) => price.currency !== total.currency) || total.minor > request.ceiling.minor) {
    throw new Refusal(
      `It would cost ${formatMoney(total)} now, above the ${formatMoney(request.ceiling)} that was agreed.`,
    )
  }
  const paid = structuredClone(account)
  const method =
    request.paymentMethodId === null
      ? paid.paymentMethods[0]
      : paid.paymentMethods.find(({ id }) => id === request.paymentMethodId)
  if (method === undefined) throw new Refusal('There is no such payment method on the account.', 'payment')
  if (method.balance !== null) {
    if (method.balance.minor < total.minor)
      throw new Refusal(`${method.label} does not hold enough for this.`, 'payment')
    method.balance = { ...method.balance, minor: method.balance.minor - total.minor }
  }
  return {
    account: paid,
    order: {
      id: request.id,
      shopperId: account.shopperId,
      status: 'pending',
      items,
      address: account.address,
      payments: [{ kind: 'payment', amount: total, paymentMethodId: method.id }],
      fulfilments: [],
      placedAtMs: request.placedAtMs,
      cancelReason: null,
      returned: null,
      exchanged: null,
    },
  }
}
