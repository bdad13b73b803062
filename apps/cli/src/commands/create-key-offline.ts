import { createIds, silentLogger, systemClock } from '@heavylift/core'
import type { KeyLimits, Scope } from '@heavylift/core'
import type { CliContext } from '../cli-context.ts'
import { CliError, exitCodes } from '../exit-codes.ts'
import { accessPathOf, resolveDataDir } from '../installation.ts'
import type { StoreConfig } from '../installation.ts'
import { hasEmbeddedDatabase } from '../keeping.ts'

export interface KeySpec {
  name: string
  kind: 'secret' | 'publishable'
  scope: Scope
  allowedOrigins: string[]
  expiresAtMs: number | null
  limits: KeyLimits | null
}

/**
 * Creates a key where keys are kept, while no server runs: before a first start, say. Where there is no database yet it goes into a
 * file, which the first start with a database takes in. Who can do this can read them anyway.
 */
export async function createKeyOffline(context: CliContext, tenantId: string, spec: KeySpec) {
  const config = await context.config()
  const dataDir = resolveDataDir(config)
  const storeConfig = config.section<StoreConfig>('store')
  const { KeyRing } = await import('@heavylift/server')
  const inDatabase = storeConfig.databaseUrl !== null || hasEmbeddedDatabase(dataDir)
  const access = inDatabase ? await openInDatabase(dataDir, storeConfig) : await openInFile(dataDir)
  context.stderr.write(
    `No server runs, so the key goes ${inDatabase ? 'into its database' : 'straight into the data folder'}.\n`,
  )
  try {
    if ((await access.tenants.find(tenantId)) === null) {
      throw new CliError({
        code: 'tenant-unknown',
        message: `There is no tenant "${tenantId}". An administrator makes one in the console, or by POST /api/heavylift/tenants.`,
        exitCode: exitCodes.failed,
      })
    }
    const ring = new KeyRing(access.keys, systemClock, createIds(systemClock))
    const { key: secret, record } = await ring.create({ ...spec, tenantId })
    const { id, ...rest } = record
    return { key: { keyId: id, ...rest }, secret }
  } finally {
    await access.close()
  }
}

async function openInFile(dataDir: string) {
  const { FileAccess } = await import('@heavylift/server/file-access')
  return new FileAccess(accessPathOf(dataDir))
}

async function openInDatabase(dataDir: string, { databaseUrl, objectsUrl }: StoreConfig) {
  const [{ openStore }, access] = await Promise.all([
    import('@heavylift/store'),
    import('@heavylift/server/access'),
  ])
  const store = await openStore({ dataDir, databaseUrl, objectsUrl, log: silentLogger, clock: systemClock })
  try {
    await store.migrate('server', access.accessMigrations)
  } catch (error) {
    await store.close()
    throw error
  }
  const database = store.forSystem('server').database<unknown>()
  return {
    keys: access.createPostgresKeyStore(database),
    tenants: access.createPostgresTenantStore(database),
    close: () => store.close(),
  }
}
