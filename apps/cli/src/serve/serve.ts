import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { createIds, systemClock } from '@heavylift/core'
import type { Logger } from '@heavylift/core'
import { withTimeout } from '@heavylift/core/async'
import { createLogger, createProgressRenderer, createTelemetry, Shutdown } from '@heavylift/core/runtime'
import type { LoadedConfig, MetricsTelemetry } from '@heavylift/core/runtime'
import {
  accessMigrations,
  installationToken,
  createPostgresKeyStore,
  createPostgresTenantStore,
  startServer,
} from '@heavylift/server'
import type { AnySystem, RunningServer, ServerConfig, StartServerOptions } from '@heavylift/server'
import { chooseSystems } from '@heavylift/server/choose-systems'
import { installedSystems } from '@heavylift/server/systems'
import { openStore } from '@heavylift/store'
import type { StoreHost } from '@heavylift/store'
import type { CliContext, ServeOptions } from '../cli-context.ts'
import { CliError, exitCodes } from '../exit-codes.ts'
import { consoleDir, foldersOf, resolveDataDir, resolveSharedDir, tokenPathOf } from '../installation.ts'
import { installationRoot } from '../root.ts'
import type { LogConfig, StoreConfig, SystemsConfig } from '../installation.ts'
import { callServer, readServerRecord, serverRecordName } from '../server-client.ts'
import { fileDestination, formatWarning } from './log-destination.ts'
import { listenOnFreePort } from './free-port.ts'
import { claimDataDir, closeToOthers, openSharedDir } from './claim.ts'
import { stopWithParent } from './stop-with-parent.ts'
import { buildConsole } from './build-console.ts'
import { openSharedServices } from './shared-services.ts'
import type { SharedServices } from './shared-services.ts'
import { listSettings } from './settings.ts'

/**
 * Runs the installation in this process until Ctrl-C: store, migrations, server, the systems that are on, samples. Stops in
 * the reverse order.
 * @throws CliError `served-already` when another process serves this data folder, before anything is touched
 */
export async function serve(context: CliContext, { only }: ServeOptions): Promise<void> {
  const chosen = only ?? (await context.config()).section<SystemsConfig>('systems')
  const systems = await chooseSystems(installedSystems, chosen)
  const config = await context.config(systems)
  const dataDir = resolveDataDir(config)
  const release = claimDataDir(dataDir)
  if (release === null) throw await describeOtherServer(context, dataDir)
  closeToOthers(dataDir, ['objects', 'jobs', ...systems.map(({ name }) => name)])
  const sharedDir = resolveSharedDir(config)
  if (sharedDir !== null) openSharedDir(sharedDir)

  // Output that goes to a full disk, or to nobody, is lost; the server goes on.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  const log = openLog(context, config, dataDir)
  const progress = createProgressRenderer(context.stderr)
  const shutdown = new Shutdown({
    log,
    timeoutMs: 40_000,
    onStop: () => {
      progress.finish()
      context.stderr.write('Stopping (Ctrl-C again to force) …\n')
    },
  })
  shutdown.listen()
  shutdown.add('data folder', release)
  stopWithParent(context.env, shutdown)
  try {
    const server = await start(
      context,
      { systems, config, dataDir, sharedDir },
      { log, shutdown, report: progress.report },
    )
    if (!shutdown.signal.aborted) {
      context.stdout.write(welcome(context, config, server))
      await server.started
      progress.finish()
      context.stdout.write(whatRuns(server, config, dataDir))
    }
  } catch (error) {
    progress.finish()
    await shutdown.stop('failed to start')
    throw error
  }
  // The signal handlers end the process.
  await new Promise(() => {})
}

/** What is to run, and with which options. */
interface Plan {
  systems: readonly AnySystem[]
  config: LoadedConfig
  dataDir: string
  /** What other servers on the database see too; null for none. */
  sharedDir: string | null
}

interface Running {
  log: Logger
  shutdown: Shutdown
  report: NonNullable<StartServerOptions['loadSamples']>['report']
}

async function start(
  context: CliContext,
  plan: Plan,
  { log, shutdown, report }: Running,
): Promise<RunningServer> {
  const { systems, config, dataDir, sharedDir } = plan
  const storeConfig = config.section<StoreConfig>('store')
  const store = await openStore({
    dataDir,
    databaseUrl: storeConfig.databaseUrl,
    objectsUrl: storeConfig.objectsUrl,
    objectsDir: join(sharedDir ?? dataDir, 'objects'),
    maxConnectionsPerSystem: storeConfig.maxConnectionsPerSystem,
    log: log.child({ system: 'store' }),
    clock: systemClock,
    onGone(error) {
      context.stderr.write(`${error.message}\n`)
      // Nothing more can be stored, so what waits for the database is not waited for.
      void withTimeout(shutdown.stop(error.code), 5_000, () => false).then(() => process.exit(1))
    },
  })
  shutdown.add('store', () => store.close())
  await migrateAll(store, systems)

  const telemetry = createTelemetry({ collectProcessMetrics: true })
  const given = config.section<ServerConfig>('server')
  if (given.consoleDir === null && !existsSync(consoleDir)) await buildConsole(context)
  const serverConfig = {
    ...given,
    consoleDir: given.consoleDir ?? (existsSync(consoleDir) ? consoleDir : null),
  }
  const shared = await openSharedServices(systems, config, sharedDir ?? dataDir)
  const options = serverOptions(context, plan, { store, log, telemetry, shutdown, shared })
  const isDefaultPort = config.options().find(({ path }) => path === 'server.port')?.source === 'default'
  const server = await listenOnFreePort(
    (port) => startServer({ ...options, loadSamples: { report }, config: { ...serverConfig, port } }),
    { port: given.port, mayMove: isDefaultPort, say: (line) => context.stderr.write(`${line}\n`) },
  )
  shutdown.add('server', () => server.stop())

  const record = join(dataDir, serverRecordName)
  writeFileSync(record, JSON.stringify({ address: server.address, pid: process.pid }))
  shutdown.add('server record', () => rmSync(record, { force: true }))
  return server
}

async function migrateAll(store: StoreHost, systems: readonly AnySystem[]): Promise<void> {
  const all = [{ name: 'server', migrations: accessMigrations }, ...systems]
  await store.checkMigrations(all)
  for (const { name, migrations } of all) await store.migrate(name, migrations)
}

function serverOptions(
  context: CliContext,
  { systems, config, dataDir }: Plan,
  parts: {
    store: StoreHost
    log: Logger
    telemetry: MetricsTelemetry
    shutdown: Shutdown
    shared: SharedServices
  },
): Omit<StartServerOptions, 'config'> {
  const { store, log, telemetry, shutdown, shared } = parts
  const ids = createIds(systemClock)
  const database = store.forSystem('server').database<unknown>()
  return {
    systems,
    servicesFor: (name) => ({
      clock: systemClock,
      ids,
      log: log.child({ system: name }),
      telemetry,
      ...foldersOf(config, name),
      configDir: installationRoot,
      signal: shutdown.signal,
      store: store.forSystem(name),
      ...shared.of(name),
    }),
    systemConfig: Object.fromEntries(systems.map(({ name }) => [name, config.section(name)])),
    services: {
      clock: systemClock,
      ids,
      log: log.child({ system: 'server' }),
      telemetry,
      keys: createPostgresKeyStore(database),
      tenants: createPostgresTenantStore(database),
      ledger: store.forSystem('server').ledger,
      installationToken: installationToken(tokenPathOf(dataDir)),
    },
    version: context.version,
    metrics: telemetry,
    startBackground: () => store.startDurable(),
    dataDir,
    health: [
      { name: 'store', check: () => checkStore(store) },
      { name: 'runs', check: () => store.checkDurable() },
    ],
    settings: () => listSettings(config),
  }
}

async function checkStore(store: StoreHost): Promise<'ok'> {
  const health = await store.health()
  if (health.isHealthy) return 'ok'
  throw new Error(health.database.error ?? health.objects.error ?? 'the store does not answer')
}

function openLog(context: CliContext, config: LoadedConfig, dataDir: string): Logger {
  const { level, destination } = config.section<LogConfig>('log')
  if (destination === 'stdout') return createLogger({ level, destination: context.stdout })
  const file = fileDestination(dataDir)
  return createLogger({
    level,
    destination: {
      write(line) {
        file.write(line)
        const warning = formatWarning(line)
        if (warning !== null) context.stderr.write(`${warning}\n`)
      },
    },
  })
}

/** The address, and how to come in: a link that works once, so that nobody else on this machine can use it afterwards. */
function welcome(context: CliContext, config: LoadedConfig, server: RunningServer): string {
  const head = `\nHeavylift ${context.version}\n\n`
  if (!config.section<ServerConfig>('server').requireKeys) {
    return `${head}  ${server.address}\n\n  Open to everyone on this machine (server.requireKeys is false).\n\n`
  }
  return `${head}  ${server.signInAddress()}\n\n  The link signs one browser in, once and within the hour. A new one: npx heavylift sign-in\n\n`
}

async function describeOtherServer(context: CliContext, dataDir: string): Promise<CliError> {
  const record = await waitForRecord(context, dataDir)
  const where =
    record === null
      ? 'That server is still starting, or runs in another container.'
      : `It runs at ${record.address} (process ${record.pid}).`
  return new CliError({
    code: 'served-already',
    message: `${dataDir} is served already. ${where} Stop that one first, or set HEAVYLIFT_HOME to another folder.`,
    exitCode: exitCodes.failed,
  })
}

/** The other process may be starting, or may be about to write its address. */
async function waitForRecord(context: CliContext, dataDir: string) {
  for (let attempt = 0; attempt < 25; attempt++) {
    const record = readServerRecord(dataDir)
    if (record !== null) {
      const call = callServer({ address: record.address, key: undefined, signal: context.signal }, '/healthz')
      if (
        await call.then(
          () => true,
          () => false,
        )
      )
        return record
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return null
}

function whatRuns(server: RunningServer, config: LoadedConfig, dataDir: string): string {
  const { databaseUrl } = config.section<StoreConfig>('store')
  const lines = [
    ...server.systems.map(({ system, state, failure }) => [
      system.title,
      failure ?? `${state}: ${system.summary}`,
    ]),
    ['Database', databaseUrl === null ? 'PostgreSQL, embedded' : 'PostgreSQL at store.databaseUrl'],
    ['Data', relative(installationRoot, dataDir) || dataDir],
  ]
  return `${lines.map(([name, text]) => `  ${String(name).padEnd(10)} ${text}`).join('\n')}\n\nCtrl-C stops everything.\n`
}
