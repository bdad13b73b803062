import type { CoreServices } from '@heavylift/core'
import type { StoreServices } from '@heavylift/store'
import type { Catalog } from '../domain/ports.ts'
import { PostgresMemory } from '../shoppers/postgres-memory.ts'
import type { ShopConfig } from '../config.ts'
import { Shoppers } from '../shoppers/shoppers.ts'
import type { CommerceTables } from '../domain/commerce-tables.ts'
import { recordPurchasesSince } from './purchases.ts'
import { StoreDesk } from './store-desk.ts'
import { checkWatches, tenantsWithWatches } from './watches.ts'

const dayMs = 24 * 60 * 60 * 1000

/** Carts, orders, confirmations, alerts and memory; starts the schedule that checks watched prices. */
export function createCommerce(
  services: CoreServices & StoreServices,
  config: ShopConfig,
  reads: { catalog(tenantId: string): Catalog },
) {
  const { clock, ids, log, store } = services
  const db = store.database<CommerceTables>()
  const commerce = {
    commerceDb: db,
    shoppers: new Shoppers({ db, clock, ids, tokenDays: config.shopperTokenDays }),
    desk: (tenantId: string) => new StoreDesk({ db, tenantId, catalog: reads.catalog(tenantId), clock, ids }),
    memory: (tenantId: string) => new PostgresMemory({ db, tenantId, ids }),
    /** Fires the alerts and auto-buys whose price is reached. */
    async checkWatches(tenantId: string): Promise<void> {
      const catalog = reads.catalog(tenantId)
      const { fired } = await checkWatches({ db, tenantId, catalog, clock, ids })
      if (fired > 0) log.info({ tenantId, fired }, 'watches fired')
    },
  }
  store.durable.schedule('shop.watches', config.watchSeconds * 1000, async (run) => {
    const tenants = await run.step('tenants', () => tenantsWithWatches(db))
    for (const tenantId of tenants) await run.step(`check:${tenantId}`, () => commerce.checkWatches(tenantId))
    // Auto-bought orders, and any order whose process died before the ledger heard of it.
    await run.step('purchases', () => recordPurchasesSince({ commerceDb: db, store }, clock.nowMs() - dayMs))
  })
  return commerce
}
