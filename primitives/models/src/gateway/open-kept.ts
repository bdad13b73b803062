import type { CoreServices } from '@heavylift/core'
import type { Store } from '@heavylift/store'
import type { CacheTables, ReadyAnswers } from '../cache/ready-answers.ts'
import type { MeteringTables } from '../metering/metering-tables.ts'
import type { UsageStore } from '../metering/usage-store.ts'

/** What a gateway keeps beyond its own life. */
export interface Kept {
  usage: UsageStore
  /** Answers made ahead; null where there is no database. */
  ready: ReadyAnswers | null
  close(): Promise<void>
}

/** Of memory, for answers made ahead that were asked for of late. */
const readyBytes = 32 * 1024 * 1024
/** How soon answers that other processes made, or dropped, are known here. */
const refreshReadyMs = 60_000

/** Opens what is kept, in PostgreSQL. Its code is loaded here and nowhere before. */
export async function openKept(
  services: Pick<CoreServices, 'clock' | 'ids' | 'log' | 'dataDir'> & { store: Store },
  keepDays: () => number,
): Promise<Kept> {
  const { clock, log, store } = services
  const [{ createPostgresUsage }, { ReadyAnswers }] = await Promise.all([
    import('../metering/postgres-usage.ts'),
    import('../cache/ready-answers.ts'),
  ])
  const usage = createPostgresUsage({
    services,
    db: store.database<MeteringTables>(),
    ledger: store.ledger,
    keepDays,
  })
  const ready = new ReadyAnswers(store.database<CacheTables>(), clock, readyBytes)
  await ready.refresh()
  const refreshing = setInterval(() => {
    ready.refresh().catch((error: unknown) => log.warn({ error }, 'answers made ahead could not be read'))
  }, refreshReadyMs).unref()
  return {
    usage,
    ready,
    async close() {
      clearInterval(refreshing)
      await usage.close()
    },
  }
}
