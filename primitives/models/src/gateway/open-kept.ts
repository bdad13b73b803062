import { join } from 'node:path'
import type { CoreServices } from '@heavylift/core'
import type { Store } from '@heavylift/store'
import type { CacheTables, ReadyAnswers } from '../cache/ready-answers.ts'
import type { BatchStore, BatchTables } from '../batches/batch-store.ts'
import type { FileTables, KeptFiles } from '../kept/kept-files.ts'
import type { KeptResponses, ResponseTables } from '../kept/kept-responses.ts'
import type { MeteringTables } from '../metering/metering-tables.ts'
import type { UsageStore } from '../metering/usage-store.ts'
import type { OtherGateways } from './other-gateways.ts'

/** What a gateway keeps beyond its own life. */
export interface Kept {
  usage: UsageStore
  /** Answers made ahead; null where there is no database. */
  ready: ReadyAnswers | null
  /** Responses to go on from; null where there is no database. */
  responses: KeptResponses | null
  /** Null where this is the only gateway on its database, or there is none. */
  others: OtherGateways | null
  /** Batches and their files; null where there is no database. */
  batches: { store: BatchStore; files: KeptFiles; durable: Store['durable'] } | null
  close(): Promise<void>
}

/** Of memory, for answers made ahead that were asked for of late. */
const readyBytes = 32 * 1024 * 1024
/** How soon answers that other processes made, or dropped, are known here. */
const refreshReadyMs = 60_000
/** How often what is too old is dropped. */
const sweepMs = 3_600_000

/**
 * Opens what is kept: in PostgreSQL, or in files where there is no database. Only the code of the one is loaded. A database
 * takes in what files have from before it.
 */
export async function openKept(
  services: Pick<CoreServices, 'clock' | 'ids' | 'log' | 'dataDir' | 'processes'> & { store: Store | null },
  keepDays: () => number,
): Promise<Kept> {
  const { clock, log, store } = services
  const usageDir = join(services.dataDir, 'usage')
  if (store === null) {
    const { FileUsage } = await import('../metering/files/file-usage.ts')
    const usage = await FileUsage.open({ services, dir: usageDir, keepDays })
    const nothing = { ready: null, responses: null, others: null, batches: null }
    return { usage, ...nothing, close: () => usage.close() }
  }
  const [
    { createPostgresUsage },
    { importFileUsage },
    { ReadyAnswers },
    { KeptResponses },
    { KeptFiles },
    { BatchStore },
  ] = await Promise.all([
    import('../metering/postgres-usage.ts'),
    import('../metering/files/import-usage.ts'),
    import('../cache/ready-answers.ts'),
    import('../kept/kept-responses.ts'),
    import('../kept/kept-files.ts'),
    import('../batches/batch-store.ts'),
  ])
  // The first of several processes has the folder of a gateway alone.
  if ((services.processes?.number ?? 1) === 1) {
    await importFileUsage(usageDir, store.database<MeteringTables>(), log)
  }
  const usage = createPostgresUsage({
    services,
    db: store.database<MeteringTables>(),
    ledger: store.ledger,
    keepDays,
  })
  const isShared = store.isShared || (services.processes?.count ?? 1) > 1
  const others = isShared
    ? (await import('./other-gateways.ts')).findOtherGateways({ ...services, store })
    : null
  const ready = new ReadyAnswers(store.database<CacheTables>(), clock, readyBytes, others?.onReady)
  await ready.refresh()
  const refreshing = setInterval(() => {
    ready.refresh().catch((error: unknown) => log.warn({ error }, 'answers made ahead could not be read'))
  }, refreshReadyMs).unref()
  const responses = new KeptResponses(store.database<ResponseTables>(), clock)
  const files = new KeptFiles({
    database: store.database<FileTables>(),
    objects: store.objects,
    clock,
    ids: services.ids,
  })
  const batchStore = new BatchStore(store.database<BatchTables>(), clock)
  const batches = { store: batchStore, files, durable: store.durable }
  const sweeping = setInterval(() => {
    Promise.all([responses.sweep(), files.sweep(), batchStore.sweep()]).catch((error: unknown) =>
      log.warn({ error }, 'what is too old could not be dropped'),
    )
  }, sweepMs).unref()
  return {
    usage,
    ready,
    responses,
    others,
    batches,
    async close() {
      clearInterval(refreshing)
      clearInterval(sweeping)
      await usage.close()
      others?.close()
    },
  }
}
