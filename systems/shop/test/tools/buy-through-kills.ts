import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Kysely } from 'kysely'
import { createTestStore, type TestStore } from '@heavylift/store/testing'
import { expect } from 'vitest'
import { migrations } from '../../src/migrations/migrations.ts'
import type { CommerceTables } from '../../src/domain/commerce-tables.ts'

const watchesPerRound = 60
const child = fileURLToPath(new URL('auto-buy-child.ts', import.meta.url))

function start(testStore: TestStore, tenantId: string) {
  return spawn(process.execPath, [child, testStore.databaseUrl, testStore.dataDir, tenantId], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

async function openWatches(db: Kysely<CommerceTables>, tenantId: string): Promise<number> {
  const open = await db
    .selectFrom('watch')
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'active')
    .select('id')
    .execute()
  return open.length
}

/** Kills the process that buys for watches, `rounds` times and each time deeper in its work: every watch is bought once and paid once. */
export async function buyThroughKills(rounds: number): Promise<void> {
  const testStore = await createTestStore({ migrations: { shop: migrations } })
  try {
    const db = testStore.host.forSystem('shop').database<CommerceTables>()
    let killedAtWork = 0
    for (let round = 0; round < rounds; round++) {
      const tenantId = `crash-${round}`
      const shopperId = 'shopper-1'
      await db
        .insertInto('shopper')
        .values({ tenant_id: tenantId, id: shopperId, external_id: null, created_at: new Date() })
        .execute()
      const balance = { minor: 1_000_000, currency: 'USD' }
      const gift = [{ id: 'gift', kind: 'gift-card', label: 'gift card', balance }]
      await db
        .insertInto('account')
        .values({
          tenant_id: tenantId,
          shopper_id: shopperId,
          first_name: '',
          last_name: '',
          email: null,
          address: null,
          payment_methods: JSON.stringify(gift),
        })
        .execute()
      await db
        .insertInto('watch')
        .values(
          Array.from({ length: watchesPerRound }, (_, index) => ({
            tenant_id: tenantId,
            id: `watch-${index}`,
            shopper_id: shopperId,
            kind: 'auto-buy' as const,
            product_id: 'kettle',
            variant_id: 'kettle-1',
            quantity: 1,
            limit_minor: 1000,
            currency: 'USD',
            state: 'active' as const,
            order_id: null,
            created_at: new Date(),
            fired_at: null,
          })),
        )
        .execute()

      const first = start(testStore, tenantId)
      const exited = once(first, 'exit')
      // A different depth of the work each round.
      while (watchesPerRound - (await openWatches(db, tenantId)) <= (round * 7) % 40) {
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
      first.kill('SIGKILL')
      await exited
      const open = await openWatches(db, tenantId)
      if (open > 0) killedAtWork++

      const second = start(testStore, tenantId)
      const [code] = await once(second, 'exit')
      expect(code).toBe(0)

      const count = async (table: 'purchase_order' | 'notification') =>
        (await db.selectFrom(table).where('tenant_id', '=', tenantId).select('id').execute()).length
      expect(await count('purchase_order')).toBe(watchesPerRound)
      expect(await count('notification')).toBe(watchesPerRound)
      const account = await db
        .selectFrom('account')
        .where('tenant_id', '=', tenantId)
        .select('payment_methods')
        .executeTakeFirstOrThrow()
      expect(account.payment_methods[0]?.balance?.minor).toBe(1_000_000 - watchesPerRound * 1000)
      const done = await db
        .selectFrom('watch')
        .where('tenant_id', '=', tenantId)
        .where('state', '=', 'done')
        .select(['id', 'order_id'])
        .execute()
      expect(done.map(({ id, order_id }) => order_id === `order_${id}`)).toEqual(
        Array.from({ length: watchesPerRound }, () => true),
      )
    }
    expect(killedAtWork).toBeGreaterThanOrEqual(rounds / 2)
  } finally {
    await testStore.close()
  }
}
