import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger, systemClock, type Clock, type Logger } from '@heavylift/core'
import { openStore, type StoreHost } from '../open-store.ts'
import { createTestDatabase, type MigrationsBySystem } from './test-database.ts'

export interface TestStore {
  host: StoreHost
  /** The test's own folder, removed by `close`. */
  dataDir: string
  databaseUrl: string
  close(): Promise<void>
}

/** A whole store (`durable`: for a test that starts durable runs) on a database and a folder of its own, for `beforeEach`/`beforeAll` or `await using`-like cleanup. */
export async function createTestStore(
  options: { migrations?: MigrationsBySystem; log?: Logger; clock?: Clock; durable?: boolean } = {},
): Promise<TestStore> {
  const database = await createTestDatabase(options.migrations, { durable: options.durable ?? false })
  const dataDir = await mkdtemp(join(tmpdir(), 'heavylift-store-'))
  const host = await openStore({
    dataDir,
    databaseUrl: database.url,
    log: options.log ?? silentLogger,
    clock: options.clock ?? systemClock,
  })
  return {
    host,
    dataDir,
    databaseUrl: database.url,
    async close() {
      await host.close()
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
