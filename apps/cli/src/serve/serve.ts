import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { createIds, systemClock } from '@heavylift/core'
import type { Logger } from '@heavylift/core'
import { withTimeout } from '@heavylift/core/async'
import { createLogger, createProgressRenderer, createTelemetry, Shutdown } from '@heavylift/core/runtime'
import type { LoadedConfig, MetricsTelemetry } from '@heavylift/core/runtime'
import { installationToken, startServer } from '@heavylift/server'
import type {
  AnySystem,
  PlatformServices,
  RunningServer,
  ServerConfig,
  StartServerOptions,
} from '@heavylift/server'
import { chooseSystems } from '@heavylift/server/choose-systems'
import { RelayToFirst } from '@heavylift/server/relay'
import { installedSystems } from '@heavylift/server/systems'
import type { CliContext, ServeOptions } from '../cli-context.ts'
import { CliError, exitCodes } from '../exit-codes.ts'
import { consoleDir, foldersOf, resolveDataDir, resolveSharedDir, tokenPathOf } from '../installation.ts'
import { chooseKeeping } from '../keeping.ts'
import type { Keeping } from '../keeping.ts'
import { installationRoot } from '../root.ts'
import type { LogConfig, StoreConfig, SystemsConfig } from '../installation.ts'
import { callServer, readServerRecord, serverRecordName } from '../server-client.ts'
import { fileDestination, formatWarning } from './log-destination.ts'
import { listenOnFreePort } from './free-port.ts'
import { claimDataDir, closeToOthers, openSharedDir } from './claim.ts'
import { connectProcesses, metricsOfAll } from './connect-processes.ts'
import { joinProcesses } from './processes.ts'
import type { Member } from './processes.ts'
import { stopWithParent } from './stop-with-parent.ts'
import { buildConsole } from './build-console.ts'
import { openKept } from './open-kept.ts'
import type { Kept } from './open-kept.ts'
import { openSharedServices } from './shared-services.ts'
import type { SharedServices } from './shared-services.ts'
import { listSettings } from './settings.ts'

/**
 * Runs the installation in this process until Ctrl-C: store, migrations, server, the systems that are on, samples. Stops in
 * the reverse order. With `server.processes` above 1 this process starts so many and supervises them; of those the first runs
 * all of it, the others only the gateway of models.
 * @throws CliError `served-already` when another process serves this data folder, before anything is touched
 */
export async function serve(context: CliContext, { only }: ServeOptions): Promise<void> {
  const member = joinProcesses(context.env)
  const base = await context.config()
  const { processes: count } = base.section<ServerConfig>('server')
  if (count > 1 && member === null) return superviseServer(context, base, count)
  const all = await chooseSystems(installedSystems, only ?? base.section<SystemsConfig>('systems'))
  const systems = isFirst(member) ? all : all.filter(({ name }) => name === 'models')
  if (systems.length === 0) return
  const config = await context.config(systems)
  const dataDir = resolveDataDir(config)
  const keeping = chooseKeeping(config.section<StoreConfig>('store'), dataDir, systems, count)
  // Several processes have it by their supervisor.
  const release = member === null ? claimDataDir(dataDir) : () => undefined
  if (release === null) throw await describeOtherServer(context, dataDir)
  closeToOthers(dataDir, [
    ...(keeping === 'files' ? ['server'] : ['objects', 'jobs']),
    ...systems.map(({ name }) => name),
  ])
  const sharedDir = resolveSharedDir(config)
  if (sharedDir !== null) openSharedDir(sharedDir)

  // Output that goes to a full disk, or to nobody, is lost; the server goes on.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  const log = openLog(context, config, dataDir, member?.number ?? null)
  const progress = createProgressRenderer(context.stderr)
  const shutdown = new Shutdown({
    log,
    timeoutMs: 40_000,
    onStop: () => {
      progress.finish()
      if (isFirst(member)) context.stderr.write('Stopping (Ctrl-C again to force) …\n')
    },
  })
  shutdown.listen()
  shutdown.add('data folder', release)
  if (member === null) stopWithParent(context.env, shutdown)
  // A supervisor that was killed leaves nobody who would start this one again.
  member?.onAlone(() => void shutdown.stop('the supervisor is gone').then(() => process.exit(1)))
  try {
    const server = await start(
      context,
      { systems, config, keeping, dataDir, sharedDir, member },
      { log, shutdown, report: progress.report },
    )
    if (!shutdown.signal.aborted && isFirst(member)) {
      context.stdout.write(welcome(context, config, server))
      await server.started
      progress.finish()
      context.stdout.write(whatRuns(server, config, keeping, dataDir))
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
  keeping: Keeping
  dataDir: string
  /** What other servers on the database see too; null for none. */
  sharedDir: string | null
  /** Null in a server of one process. */
  member: Member | null
}

const isFirst = (member: Member | null): boolean => (member?.number ?? 1) === 1

/** Holds the data folder for all, and keeps them running. */
async function superviseServer(context: CliContext, config: LoadedConfig, count: number): Promise<void> {
  const dataDir = resolveDataDir(config)
  const release = claimDataDir(dataDir)
  if (release === null) throw await describeOtherServer(context, dataDir)
  const { supervise } = await import('./supervise.ts')
  await supervise({
    count,
    log: openLog(context, config, dataDir, 0),
    env: context.env,
    say: (line) => context.stderr.write(`${line}\n`),
    release,
  })
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
  const { systems, config, keeping, dataDir, sharedDir, member } = plan
  const kept = await openKept(keeping, {
    config: config.section<StoreConfig>('store'),
    isFirst: isFirst(member),
    dataDir,
    objectsDir: join(sharedDir ?? dataDir, 'objects'),
    systems,
    log: log.child({ system: 'store' }),
    onGone(error) {
      context.stderr.write(`${error.message}\n`)
      // Nothing more can be stored, so what waits for the database is not waited for.
      void withTimeout(shutdown.stop(error.code), 5_000, () => false).then(() => process.exit(1))
    },
  })
  shutdown.add('store', () => kept.close())

  const telemetry = createTelemetry({ collectProcessMetrics: true })
  const given = config.section<ServerConfig>('server')
  if (isFirst(member) && given.consoleDir === null && !existsSync(consoleDir)) await buildConsole(context)
  const serverConfig = {
    ...given,
    consoleDir: given.consoleDir ?? (existsSync(consoleDir) ? consoleDir : null),
  }
  const shared = await openSharedServices(systems, config, sharedDir ?? dataDir)
  const options = serverOptions(context, plan, { kept, log, telemetry, shutdown, shared })
  const isDefaultPort = config.options().find(({ path }) => path === 'server.port')?.source === 'default'
  const relay = isFirst(member) ? null : new RelayToFirst()
  const server = await listenOnFreePort(
    (port) =>
      startServer({
        ...options,
        ...(relay ? { relay } : { loadSamples: { report } }),
        hasInnerDoor: member !== null && isFirst(member),
        ...(member && { sharesPort: isFirst(member) && !member.isAgain ? 'first' : 'beside' }),
        listensOnceStarted: member?.isAgain === true,
        config: { ...serverConfig, port },
      }),
    { port: given.port, mayMove: isDefaultPort, say: (line) => context.stderr.write(`${line}\n`) },
  )
  shutdown.add('server', () => server.stop())
  if (member) connectProcesses(member, server, relay)
  if (!isFirst(member)) return server

  const record = join(dataDir, serverRecordName)
  writeFileSync(record, JSON.stringify({ address: server.address, pid: process.pid }))
  shutdown.add('server record', () => rmSync(record, { force: true }))
  return server
}

function serverOptions(
  context: CliContext,
  { systems, config, dataDir, member }: Plan,
  parts: {
    kept: Kept
    log: Logger
    telemetry: MetricsTelemetry
    shutdown: Shutdown
    shared: SharedServices
  },
): Omit<StartServerOptions, 'config'> {
  const { kept, log, telemetry, shutdown, shared } = parts
  const ids = createIds(systemClock)
  return {
    systems,
    servicesFor: (name) => ({
      // Null only where every system that runs says that it works without.
      store: kept.storeOf(name) as PlatformServices['store'],
      clock: systemClock,
      ids,
      log: log.child({ system: name }),
      telemetry,
      ...foldersOf(config, name),
      configDir: installationRoot,
      signal: shutdown.signal,
      ...(member && { processes: member }),
      ...shared.of(name),
    }),
    systemConfig: Object.fromEntries(systems.map(({ name }) => [name, config.section(name)])),
    services: {
      clock: systemClock,
      ids,
      log: log.child({ system: 'server' }),
      telemetry,
      keys: kept.keys,
      tenants: kept.tenants,
      ledger: kept.ledger,
      installationToken: installationToken(tokenPathOf(dataDir)),
    },
    version: context.version,
    metrics: member ? metricsOfAll(telemetry, member) : telemetry,
    startBackground: () => (isFirst(member) ? kept.startBackground() : Promise.resolve()),
    dataDir,
    health: kept.health,
    settings: () => listSettings(config),
  }
}

/** `process`: which one of several, 0 for their supervisor; null for a server of one. Each line says it. */
function openLog(context: CliContext, config: LoadedConfig, dataDir: string, process: number | null): Logger {
  const { level, destination } = config.section<LogConfig>('log')
  const named = (log: Logger) => (process === null ? log : log.child({ process }))
  if (destination === 'stdout') return named(createLogger({ level, destination: context.stdout }))
  const file = fileDestination(dataDir, { rotates: (process ?? 1) === 1 })
  const log = createLogger({
    level,
    destination: {
      write(line) {
        file.write(line)
        const warning = formatWarning(line)
        if (warning !== null) context.stderr.write(`${warning}\n`)
      },
    },
  })
  return named(log)
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

function whatRuns(server: RunningServer, config: LoadedConfig, keeping: Keeping, dataDir: string): string {
  const { databaseUrl } = config.section<StoreConfig>('store')
  const database = databaseUrl === null ? 'PostgreSQL, embedded' : 'PostgreSQL at store.databaseUrl'
  const lines = [
    ...server.systems.map(({ system, state, failure }) => [
      system.title,
      failure ?? `${state}: ${system.summary}`,
    ]),
    ['Database', keeping === 'files' ? 'none: keys and usage are files in the data folder' : database],
    ['Data', relative(installationRoot, dataDir) || dataDir],
  ]
  return `${lines.map(([name, text]) => `  ${String(name).padEnd(10)} ${text}`).join('\n')}\n\nCtrl-C stops everything.\n`
}
