import { openJobs } from '@heavylift/jobs'
import { AgentOffers } from '@heavylift/agents'
import { ModelDirectory } from '@heavylift/models'
import { createIds, noTelemetry, silentLogger, systemClock } from '@heavylift/core'
import type { Logger } from '@heavylift/core'
import type { MigrationsBySystem, TestStore } from '@heavylift/store/testing'
import { createTestStore } from '@heavylift/store/testing'
import { KeyRing } from '../../src/access/key-ring.ts'
import {
  accessMigrations,
  createPostgresKeyStore,
  createPostgresTenantStore,
} from '../../src/access/postgres-access.ts'
import { serverConfigSchema } from '../../src/server-config.ts'
import type { AnySystem } from '../../src/services.ts'
import { startServer } from '../../src/start-server.ts'
import type { RunningServer, StartServerOptions } from '../../src/start-server.ts'
import { testToken } from './test-token.ts'

export interface TestServer {
  server: RunningServer
  keys: KeyRing
  store: TestStore
  stop(): Promise<void>
}

/** A server on a free port over a database of its own, with a first administrator key and a second tenant, `other`. */
export async function startTestServer(
  systems: readonly AnySystem[],
  config: object = {},
  { log = silentLogger, ...more }: Partial<StartServerOptions> & { log?: Logger } = {},
): Promise<TestServer> {
  const migrations: MigrationsBySystem = { server: accessMigrations }
  for (const { name, migrations: steps } of systems) migrations[name] = steps
  const store = await createTestStore({ durable: true, migrations })
  const database = store.host.forSystem('server').database<unknown>()
  const ids = createIds(systemClock)
  const core = { clock: systemClock, ids, log, telemetry: noTelemetry }
  const keyStore = createPostgresKeyStore(database)
  const tenants = createPostgresTenantStore(database)
  const keys = new KeyRing(keyStore, systemClock, ids)
  await keys.create({ tenantId: 'main', name: 'first', kind: 'secret', scope: 'admin', allowedOrigins: [] })
  await tenants.insert({ id: 'other', name: 'Other', createdAtMs: 0 })
  const stopping = new AbortController()
  const jobs = openJobs({ folder: `${store.dataDir}/jobs`, origin: 'server' })
  const server = await startServer({
    systems,
    servicesFor: (name) => ({
      ...core,
      dataDir: `${store.dataDir}/${name}`,
      configDir: store.dataDir,
      signal: stopping.signal,
      store: store.host.forSystem(name),
      models: new ModelDirectory(),
      agents: new AgentOffers(),
      jobs,
    }),
    config: serverConfigSchema.parse({ port: 0, requireKeys: false, shutdownGraceMs: 200, ...config }),
    systemConfig: {},
    services: {
      ...core,
      keys: keyStore,
      tenants,
      ledger: store.host.forSystem('server').ledger,
      installationToken: testToken,
    },
    version: '0.0.0',
    startBackground: () => store.host.startDurable(),
    checkResponses: true,
    tileEveryMs: 10,
    ...more,
  })
  await server.started
  return {
    server,
    keys,
    store,
    async stop() {
      stopping.abort()
      await server.stop()
      await store.close()
    },
  }
}
