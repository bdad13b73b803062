import { createIds, silentLogger, systemClock } from '@heavylift/core'
import type { Scope } from '@heavylift/core'
import type { CliContext } from '../cli-context.ts'
import { resolveDataDir } from '../installation.ts'
import type { StoreConfig } from '../installation.ts'

export interface KeySpec {
  name: string
  kind: 'secret' | 'publishable'
  scope: Scope
  allowedOrigins: string[]
}

/**
 * Creates a key of the main tenant in the database itself, where no server runs: before a first start, say. Who can do
 * this can read the database anyway.
 */
export async function createKeyOffline(context: CliContext, spec: KeySpec) {
  const [{ openStore }, server] = await Promise.all([import('@heavylift/store'), import('@heavylift/server')])
  const config = await context.config()
  const { databaseUrl, objectsUrl } = config.section<StoreConfig>('store')
  context.stderr.write('No server runs, so the key goes into its database.\n')
  const store = await openStore({
    dataDir: resolveDataDir(config),
    databaseUrl,
    objectsUrl,
    log: silentLogger,
    clock: systemClock,
  })
  try {
    await store.migrate('server', server.accessMigrations)
    const keys = new server.KeyRing(
      server.createPostgresKeyStore(store.forSystem('server').database<unknown>()),
      systemClock,
      createIds(systemClock),
    )
    const { key: secret, record } = await keys.create({ ...spec, tenantId: 'main' })
    const { id, ...rest } = record
    return { key: { keyId: id, ...rest }, secret }
  } finally {
    await store.close()
  }
}
