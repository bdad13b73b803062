import { join, resolve } from 'node:path'
import { HeavyliftError, type Clock, type Logger, type Migration } from '@heavylift/core'
import { withTimeout } from '@heavylift/core/async'
import type { Kysely } from 'kysely'
import pg from 'pg'
import { createKysely, createPool, endPool, toSchemaName } from './database/connect.ts'
import { checkMigrations, migrate } from './database/migrate.ts'
import type { PlannedSystem } from './database/migrate.ts'
import { createDurable } from './durable/dbos-durable.ts'
import { ledgerMigrations } from './ledger/migrations.ts'
import { createLedger } from './ledger/postgres-ledger.ts'
import type { LedgerTables } from './ledger/tables.ts'
import { openObjects, type OpenObjects } from './objects/open-objects.ts'
import { prefixObjects } from './objects/prefixed.ts'
import type { Objects } from './objects/objects.ts'
import { startEmbeddedPostgres, type EmbeddedPostgres } from './postgres/embedded.ts'
import type { Store } from './services.ts'
import { createShared } from './shared/shared.ts'

export interface OpenStoreOptions {
  /** Where the embedded server and objects on disk live, e.g. `<clone>/.heavylift`. Created when missing. */
  dataDir: string
  /** Any PostgreSQL from version 14; null starts the embedded one. */
  databaseUrl: string | null
  /** Where objects on disk live; default `<dataDir>/objects`. */
  objectsDir?: string
  /** `s3://bucket/prefix?region=&endpoint=`, or null for files in `<dataDir>/objects`. See `openObjects`. */
  objectsUrl?: string | null
  log: Logger
  clock: Clock
  /** Most connections that one system holds at once. Default 10. */
  maxConnectionsPerSystem?: number
  /** Told once when the embedded server ends again and again and is not started any more. */
  onGone?: (error: HeavyliftError) => void
}

export interface StoreHealth {
  isHealthy: boolean
  /** Round trip of one query. */
  database: { isHealthy: boolean; latencyMs: number; error: string | null }
  /** One look at an object that need not exist. */
  objects: { isHealthy: boolean; latencyMs: number; error: string | null }
}

/** The process's one store, from which each system gets its own part. */
export interface StoreHost {
  /** The store of a system. The same object for the same name; `migrate` comes first. */
  forSystem(name: string): Store
  /** Brings a system's schema up to date and returns the names of the steps that ran. See `migrate` for errors. */
  migrate(name: string, migrations: readonly Migration[]): Promise<string[]>
  /** Throws as `migrate` would for the first system that does not fit, before anything is changed; gives the steps that are to come. */
  checkMigrations(systems: readonly PlannedSystem[]): Promise<string[]>
  /** Starts durable runs and schedules, once every system has registered its own. */
  startDurable(): Promise<void>
  /** Whether a run that is started now runs here, and one on a queue somewhere: `starting` before `startDurable`. Rejects when it does not. */
  checkDurable(timeoutMs?: number): Promise<'ok' | 'starting'>
  /** For `/healthz`. Never rejects; takes at most `timeoutMs`. */
  health(timeoutMs?: number): Promise<StoreHealth>
  /** Connection URL of the database, with its password: for tools that need one, never for logs. */
  databaseUrl: string
  /** Stops durable runs (they go on after the next start), closes connections and stops the embedded server when nobody else uses it. Safe to call twice. */
  close(): Promise<void>
}

/**
 * Opens the database (starting the embedded one if needed) and the object store.
 * @throws HeavyliftError `database-unreachable` for a `databaseUrl` that does not answer, `postgres-…` for the embedded one
 */
export async function openStore(options: OpenStoreOptions): Promise<StoreHost> {
  const { log } = options
  const dataDir = resolve(options.dataDir)
  const objects = await openObjects(
    options.objectsUrl ?? null,
    options.objectsDir ?? join(dataDir, 'objects'),
  )
  const embedded =
    options.databaseUrl === null
      ? await startEmbeddedPostgres({
          dir: join(dataDir, 'postgres'),
          log,
          ...(options.onGone ? { onGone: options.onGone } : {}),
        })
      : null
  try {
    const url = embedded?.url ?? options.databaseUrl ?? ''
    if (!embedded) await checkReachable(url)
    await migrate(url, 'ledger', ledgerMigrations, log)
    return createHost(url, objects, embedded, options)
  } catch (error) {
    objects.close()
    await embedded?.close()
    throw error
  }
}

function createHost(
  url: string,
  { objects, close: closeObjects }: OpenObjects,
  embedded: EmbeddedPostgres | null,
  options: OpenStoreOptions,
): StoreHost {
  const { log, clock } = options
  const durable = createDurable({ url, log, clock })
  const shared = createShared(url, log)
  const pools = new Map<string, pg.Pool>()
  const stores = new Map<string, Store>()
  const poolOf = (schema: string, maxConnections: number): pg.Pool => {
    let pool = pools.get(schema)
    if (!pool) {
      pool = createPool({
        url,
        schema,
        maxConnections,
        onError: (error) => log.warn({ schema, error: error.message }, 'lost a database connection'),
      })
      pools.set(schema, pool)
    }
    return pool
  }
  const ledger = createLedger(createKysely<LedgerTables>(poolOf('ledger', 4)), clock)

  function createStore(name: string): Store {
    const kysely = createKysely<unknown>(poolOf(toSchemaName(name), options.maxConnectionsPerSystem ?? 10))
    return {
      database: <Tables>() => kysely as unknown as Kysely<Tables>,
      objects: prefixObjects(objects, `${name}/`),
      durable,
      shared,
      isShared: options.databaseUrl !== null,
      ledger,
    }
  }

  let closing: Promise<void> | null = null
  return {
    databaseUrl: url,
    forSystem(name) {
      let store = stores.get(name)
      if (!store) {
        store = createStore(name)
        stores.set(name, store)
      }
      return store
    },
    migrate: (name, migrations) => migrate(url, name, migrations, log),
    checkMigrations: (systems) => checkMigrations(url, systems),
    async startDurable() {
      await durable.start()
      await shared.joinServers()
    },
    checkDurable: (timeoutMs = 2_000) => durable.check(timeoutMs),
    health: (timeoutMs = 2_000) => checkHealth(poolOf('heavylift', 2), objects, timeoutMs),
    close: () =>
      (closing ??= (async () => {
        await durable.stop()
        await shared.close()
        await ledger.close()
        await Promise.all([...pools.values()].map(endPool))
        closeObjects()
        await embedded?.close()
      })()),
  }
}

async function checkReachable(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const result = await client.query<{ server_version_num: string }>('SHOW server_version_num')
    const version = Number(result.rows[0]?.server_version_num)
    if (version < 140_000) throw new Error(`it is version ${Math.floor(version / 10_000)}, and 14 is needed`)
  } catch (cause) {
    throw new HeavyliftError({
      code: 'database-unreachable',
      // The reason of `pg` names host and user, never the password.
      message: `DATABASE_URL does not lead to a usable PostgreSQL: ${reasonOf(cause)}. Check the address, the user and the password, or unset it to use the embedded one.`,
      cause,
    })
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function checkHealth(pool: pg.Pool, objects: Objects, timeoutMs: number): Promise<StoreHealth> {
  const [database, objectStore] = await Promise.all([
    probe(() => pool.query('SELECT 1'), timeoutMs),
    probe(() => objects.head('health/probe'), timeoutMs),
  ])
  return { isHealthy: database.isHealthy && objectStore.isHealthy, database, objects: objectStore }
}

async function probe(run: () => Promise<unknown>, timeoutMs: number): Promise<StoreHealth['database']> {
  const startedMs = performance.now()
  let error: string | null = null
  try {
    await withTimeout(run(), timeoutMs, () => {
      throw new Error(`no answer within ${timeoutMs} ms`)
    })
  } catch (cause) {
    error = reasonOf(cause)
  }
  return { isHealthy: error === null, latencyMs: performance.now() - startedMs, error }
}

/** `AggregateError` (several addresses refused) has an empty message of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ')
  return error instanceof Error ? error.message || error.name : String(error)
}
