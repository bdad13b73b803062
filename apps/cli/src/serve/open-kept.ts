import { systemClock } from '@heavylift/core'
import type { HeavyliftError, Logger } from '@heavylift/core'
import type { AnySystem, HealthCheck, StartServerOptions } from '@heavylift/server'
import type { Store, StoreHost } from '@heavylift/store'
import type { Keeping } from '../keeping.ts'
import { accessPathOf } from '../installation.ts'
import type { StoreConfig } from '../installation.ts'

/** Where everything is kept, opened. */
export interface Kept extends Pick<StartServerOptions['services'], 'keys' | 'tenants' | 'ledger'> {
  /** Null where there is no database. */
  storeOf(system: string): Store | null
  /** Starts durable runs, once every system has registered its own. */
  startBackground(): Promise<void>
  health: HealthCheck[]
  close(): Promise<void>
}

export interface OpenKeptOptions {
  config: StoreConfig
  dataDir: string
  objectsDir: string
  systems: readonly AnySystem[]
  /** Of several processes only the first takes in what files have. */
  isFirst: boolean
  log: Logger
  /** Told once when the embedded database is gone for good. */
  onGone: (error: HeavyliftError) => void
}

/** Opens the one or the other; the code of a database is loaded only where there is one. */
export function openKept(keeping: Keeping, options: OpenKeptOptions): Promise<Kept> {
  return keeping === 'files' ? openFiles(options.dataDir) : openDatabase(options)
}

async function openFiles(dataDir: string): Promise<Kept> {
  const { FileAccess } = await import('@heavylift/server/file-access')
  const access = new FileAccess(accessPathOf(dataDir))
  return {
    keys: access.keys,
    tenants: access.tenants,
    ledger: null,
    storeOf: () => null,
    startBackground: () => Promise.resolve(),
    health: [{ name: 'store', check: async () => (await access.keys.anyActive(), 'ok') }],
    close: () => access.close(),
  }
}

/** Brings the schemas of all systems up to date, and takes in keys from before there was a database. */
async function openDatabase(options: OpenKeptOptions): Promise<Kept> {
  const { config, dataDir, systems, log } = options
  const [{ openStore }, access] = await Promise.all([
    import('@heavylift/store'),
    import('@heavylift/server/access'),
  ])
  const store = await openStore({
    dataDir,
    databaseUrl: config.databaseUrl,
    objectsUrl: config.objectsUrl,
    objectsDir: options.objectsDir,
    maxConnectionsPerSystem: config.maxConnectionsPerSystem,
    log,
    clock: systemClock,
    onGone: options.onGone,
  })
  try {
    const all = [{ name: 'server', migrations: access.accessMigrations }, ...systems]
    await store.checkMigrations(all)
    for (const { name, migrations } of all) await store.migrate(name, migrations)
    const database = store.forSystem('server').database<unknown>()
    if (options.isFirst) await access.importAccess(accessPathOf(dataDir), database)
    return {
      keys: access.createPostgresKeyStore(database),
      tenants: access.createPostgresTenantStore(database),
      ledger: store.forSystem('server').ledger,
      storeOf: (system) => store.forSystem(system),
      startBackground: () => store.startDurable(),
      health: [
        { name: 'store', check: () => checkStore(store) },
        { name: 'runs', check: () => store.checkDurable() },
      ],
      close: () => store.close(),
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

async function checkStore(store: StoreHost): Promise<'ok'> {
  const health = await store.health()
  if (health.isHealthy) return 'ok'
  throw new Error(health.database.error ?? health.objects.error ?? 'the store does not answer')
}
