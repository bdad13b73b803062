import type { Ledger } from '@heavylift/store'
import type { Kysely } from 'kysely'
import type { Order } from '../domain/order.ts'
import type { CommerceTables } from '../domain/commerce-tables.ts'
import { minorDigits } from '../domain/money.ts'

interface PurchaseDependencies {
  commerceDb: Kysely<CommerceTables>
  store: { ledger: Ledger }
}

/**
 * Tells the ledger of purchases: outcome `purchase` of the shopper, worth the order's total in major units. Told twice,
 * it counts once.
 */
export async function recordPurchases(
  deps: PurchaseDependencies,
  tenantId: string,
  orderIds: readonly string[],
): Promise<void> {
  if (orderIds.length === 0) return
  const rows = await deps.commerceDb
    .selectFrom('purchase_order')
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', [...orderIds])
    .select('body')
    .execute()
  for (const { body } of rows) await record(deps, tenantId, body)
}

/** Tells again of everything placed since then, for a process that died between an order and its outcome. */
export async function recordPurchasesSince(deps: PurchaseDependencies, sinceMs: number): Promise<number> {
  const rows = await deps.commerceDb
    .selectFrom('purchase_order')
    .where('placed_at', '>=', new Date(sinceMs))
    .select(['tenant_id', 'body'])
    .execute()
  for (const { tenant_id, body } of rows) await record(deps, tenant_id, body)
  return rows.length
}

async function record(deps: PurchaseDependencies, tenantId: string, order: Order): Promise<void> {
  const total = order.payments[0]?.amount
  if (total === undefined) return
  await deps.store.ledger.outcome({
    tenantId,
    subjectId: order.shopperId,
    kind: 'purchase',
    value: total.minor / 10 ** minorDigits(total.currency),
    idempotencyKey: order.id,
    atMs: order.placedAtMs,
  })
}
