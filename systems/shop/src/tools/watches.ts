import type { Clock, Ids } from '@heavylift/core'
import { sql, type Kysely, type Selectable } from 'kysely'
import type { Catalog } from '../domain/ports.ts'
import type { Money, Product } from '../domain/product.ts'
import type { CommerceTables } from '../domain/commerce-tables.ts'
import { times } from './describe-proposal.ts'
import { formatMoney } from '../domain/money.ts'
import { composeOrder, OrderBook } from './orders/order-book.ts'
import { Refusal } from './refusal.ts'

type Watch = Selectable<CommerceTables['watch']>

export interface WatchDependencies {
  db: Kysely<CommerceTables>
  tenantId: string
  catalog: Catalog
  clock: Clock
  ids: Ids
}

/** Tenants that have something to watch for. */
export async function tenantsWithWatches(db: Kysely<CommerceTables>): Promise<string[]> {
  const rows = await db
    .selectFrom('watch')
    .where('state', '=', 'active')
    .select('tenant_id')
    .distinct()
    .execute()
  return rows.map(({ tenant_id }) => tenant_id)
}

/**
 * Fires every alert and auto-buy whose price is reached. Each fires in one transaction that also ends it, so a crash or
 * a second process can neither lose nor repeat it.
 */
export async function checkWatches(deps: WatchDependencies): Promise<{ fired: number; checked: number }> {
  const { db, tenantId, catalog } = deps
  const active = await db
    .selectFrom('watch')
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'active')
    .selectAll()
    .orderBy('created_at')
    .execute()
  const products = new Map<string, Product>()
  const ids = [...new Set(active.map(({ product_id }) => product_id))]
  for (let start = 0; start < ids.length; start += 500) {
    for (const product of await catalog.products(ids.slice(start, start + 500)))
      products.set(product.id, product)
  }
  let fired = 0
  for (const watch of active) {
    if (reachedPrice(watch, products) === null) continue
    if (await fire(deps, watch.id, products)) fired++
  }
  return { fired, checked: active.length }
}

/** Today's price if it is at or below the limit, else null. */
function reachedPrice(watch: Watch, products: ReadonlyMap<string, Product>): Money | null {
  const variant = products.get(watch.product_id)?.variants.find(({ id }) => id === watch.variant_id)
  if (variant === undefined || variant.price.currency !== watch.currency) return null
  return variant.price.minor <= watch.limit_minor ? variant.price : null
}

/** active → done, with its notification and, for an auto-buy, its order. False when it was not active any more. */
async function fire(
  deps: WatchDependencies,
  watchId: string,
  products: ReadonlyMap<string, Product>,
): Promise<boolean> {
  const { db, tenantId, clock, ids } = deps
  return db.transaction().execute(async (transaction) => {
    const watch = await transaction
      .selectFrom('watch')
      .where('tenant_id', '=', tenantId)
      .where('id', '=', watchId)
      .where('state', '=', 'active')
      .selectAll()
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (watch === undefined) return false
    const price = reachedPrice(watch, products)
    const product = products.get(watch.product_id)
    if (price === null || product === undefined) return false
    const bought = watch.kind === 'auto-buy' ? await buy(transaction, deps, watch, products) : null
    // Out of stock is no reason to give up: the watch stays and is tried again.
    if (bought instanceof Refusal) return false
    await transaction
      .updateTable('watch')
      .set({ state: 'done', order_id: bought, fired_at: new Date(clock.nowMs()) })
      .where('tenant_id', '=', tenantId)
      .where('id', '=', watchId)
      .execute()
    await transaction
      .insertInto('notification')
      .values({
        tenant_id: tenantId,
        id: ids.next('note'),
        shopper_id: watch.shopper_id,
        text:
          bought === null
            ? `${product.title} costs ${formatMoney(price)} now.`
            : `Bought for you: ${watch.quantity === 1 ? '' : `${watch.quantity} × `}${product.title} for ${formatMoney(times(price, watch.quantity))} (order ${bought}).`,
        product_id: product.id,
        created_at: new Date(clock.nowMs()),
        read_at: null,
      })
      .execute()
    return true
  })
}

/** The order's id, which follows from the watch's, or why it cannot be bought now. */
async function buy(
  transaction: Kysely<CommerceTables>,
  deps: WatchDependencies,
  watch: Watch,
  products: ReadonlyMap<string, Product>,
): Promise<string | Refusal> {
  const book = new OrderBook(transaction, deps.tenantId)
  const orderId = `order_${watch.id}`
  try {
    const placed = composeOrder(
      {
        id: orderId,
        lines: [{ productId: watch.product_id, variantId: watch.variant_id, quantity: watch.quantity }],
        ceiling: times({ minor: watch.limit_minor, currency: watch.currency }, watch.quantity),
        paymentMethodId: null,
        placedAtMs: deps.clock.nowMs(),
      },
      await book.account(watch.shopper_id, true),
      products,
    )
    await book.saveOrder(placed.order)
    await book.saveAccount(placed.account)
    return orderId
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

export interface WatchView {
  watchId: string
  kind: Watch['kind']
  productId: string
  variantId: string
  quantity: number
  limit: Money
  state: Watch['state']
  orderId: string | null
  createdAtMs: number
}

/** A shopper's alerts and auto-buys, newest first. */
export async function listWatches(
  db: Kysely<CommerceTables>,
  tenantId: string,
  shopperId: string,
): Promise<WatchView[]> {
  const rows = await db
    .selectFrom('watch')
    .where('tenant_id', '=', tenantId)
    .where('shopper_id', '=', shopperId)
    .selectAll()
    .orderBy('created_at', 'desc')
    .execute()
  return rows.map((row) => ({
    watchId: row.id,
    kind: row.kind,
    productId: row.product_id,
    variantId: row.variant_id,
    quantity: row.quantity,
    limit: { minor: row.limit_minor, currency: row.currency },
    state: row.state,
    orderId: row.order_id,
    createdAtMs: row.created_at.getTime(),
  }))
}

/** active → cancelled. False when there is no active watch of this id for this shopper. */
export async function cancelWatch(
  db: Kysely<CommerceTables>,
  tenantId: string,
  shopperId: string,
  watchId: string,
): Promise<boolean> {
  const result = await db
    .updateTable('watch')
    .set({ state: 'cancelled' })
    .where('tenant_id', '=', tenantId)
    .where('shopper_id', '=', shopperId)
    .where('id', '=', watchId)
    .where('state', '=', 'active')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export interface NotificationView {
  notificationId: string
  text: string
  productId: string | null
  createdAtMs: number
  isRead: boolean
}

/** Newest first. */
export async function listNotifications(
  db: Kysely<CommerceTables>,
  tenantId: string,
  shopperId: string,
  limit: number,
): Promise<NotificationView[]> {
  const rows = await db
    .selectFrom('notification')
    .where('tenant_id', '=', tenantId)
    .where('shopper_id', '=', shopperId)
    .select(['id', 'text', 'product_id', 'created_at', sql<boolean>`read_at is not null`.as('is_read')])
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    notificationId: row.id,
    text: row.text,
    productId: row.product_id,
    createdAtMs: row.created_at.getTime(),
    isRead: row.is_read,
  }))
}
