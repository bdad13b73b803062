import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from '@heavylift/core'
import pg from 'pg'
import { checkMigrations, type PlannedSystem } from './database/migrate.ts'
import { ledgerMigrations } from './ledger/migrations.ts'
import { openObjects } from './objects/open-objects.ts'
import { startEmbeddedPostgres } from './postgres/embedded.ts'

export interface DatabaseFacts {
  /** As PostgreSQL says it, e.g. `18.4`. */
  version: string
  latencyMs: number
  bytes: number
  /** Its clock, less ours. */
  clockAheadMs: number
  /** Steps of the schemas that the next start makes. */
  pending: string[]
}

/**
 * Looks at the database and changes nothing in it. The embedded one is started for as long as that takes where nobody runs it; null where it
 * was never made.
 * @throws HeavyliftError `postgres-…`, and as `planMigrations` where the database does not fit this release; else what `pg` says
 */
export async function inspectDatabase(options: {
  dataDir: string
  databaseUrl: string | null
  systems: readonly PlannedSystem[]
  log: Logger
}): Promise<DatabaseFacts | null> {
  const dir = join(options.dataDir, 'postgres')
  if (options.databaseUrl === null && !existsSync(join(dir, 'data'))) return null
  const embedded =
    options.databaseUrl === null ? await startEmbeddedPostgres({ dir, log: options.log }) : null
  const url = embedded?.url ?? options.databaseUrl ?? ''
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const startedMs = performance.now()
    const { rows } = await client.query<{ version: string; bytes: string; now: string }>(
      `SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS bytes,
              extract(epoch FROM clock_timestamp()) * 1000 AS now`,
    )
    const latencyMs = performance.now() - startedMs
    const { version = '', bytes = 0, now = 0 } = rows[0] ?? {}
    return {
      version: version.split(' ')[0] ?? '',
      latencyMs,
      bytes: Number(bytes),
      clockAheadMs: Number(now) + latencyMs / 2 - Date.now(),
      pending: await checkMigrations(url, [
        { name: 'ledger', migrations: ledgerMigrations },
        ...options.systems,
      ]),
    }
  } finally {
    await client.end().catch(() => undefined)
    await embedded?.close()
  }
}

/** Looks for an object that need not exist, in S3. @throws what the bucket answers */
export async function inspectObjects(objectsUrl: string): Promise<void> {
  const { objects, close } = await openObjects(objectsUrl, '')
  try {
    await objects.head('health/probe')
  } finally {
    close()
  }
}
