import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { InvalidInputError } from '@heavylift/core'
import type { Clock, Ids, Logger, RawMount, ReportProgress, Route, Telemetry } from '@heavylift/core'
import type { Ledger } from '@heavylift/store'
import { getRequestListener } from '@hono/node-server'
import type { HttpBindings } from '@hono/node-server'
import type { ApiKeyStore, TenantStore } from './access/api-keys.ts'
import { AdminSecrets } from './access/installation-token.ts'
import { KeyRing } from './access/key-ring.ts'
import { sessionCookieName, Sessions } from './access/sessions.ts'
import { createApp } from './app.ts'
import type { App } from './app.ts'
import { Connections } from './http/connections.ts'
import { admitInner, newInnerSecret, openInnerDoor } from './http/inner-door.ts'
import type { InnerDoor, RelayToFirst } from './http/inner-door.ts'
import { answerPreflight } from './http/raw-cors.ts'
import { DiskGuard } from './http/disk-guard.ts'
import { openApiDocument } from './openapi/openapi-document.ts'
import { servePages } from './pages/static-files.ts'
import type { Part, SystemPart } from './part.ts'
import { healthRoutes } from './routes/health.ts'
import type { HealthCheck } from './routes/health.ts'
import { rootRoutes } from './routes/root.ts'
import type { Metrics } from './routes/root.ts'
import { routeGroups } from './routes/route-groups.ts'
import type { ServerContext } from './routes/server-context.ts'
import type { Setting } from './routes/setting.ts'
import { isLoopbackHost } from './server-config.ts'
import type { ServerConfig } from './server-config.ts'
import type { AnySystem, PlatformServices } from './services.ts'

export interface StartServerOptions {
  systems: readonly AnySystem[]
  /** What a system is given; called once for each, by name. */
  servicesFor: (system: string) => Promise<PlatformServices> | PlatformServices
  config: ServerConfig
  /** Options of each system by name; absent ones get their defaults. */
  systemConfig: Record<string, unknown>
  services: {
    clock: Clock
    ids: Ids
    log: Logger
    telemetry: Telemetry
    keys: ApiKeyStore
    tenants: TenantStore
    /** Null where there is no database. */
    ledger: Ledger | null
    /** See `installationToken`. */
    installationToken: string
  }
  version: string
  /** Whose disk is watched: with too little room on it nothing more is stored. */
  dataDir?: string
  metrics?: Metrics
  health?: HealthCheck[]
  settings?: () => Setting[]
  /** Starts what the systems registered (durable runs), once each has started or failed and before samples load. */
  startBackground?: () => Promise<void>
  /** Loads the samples of systems that have no data yet, into the main tenant. */
  loadSamples?: { report: ReportProgress }
  checkResponses?: boolean
  tileEveryMs?: number
  /** Where several processes listen on one port: answers what is no system's raw mount, instead of this process. */
  relay?: RelayToFirst
  /**
   * Other processes listen on the port too, and the system gives each connection to one of them (SO_REUSEPORT): `first` makes sure
   * that nobody else has it.
   */
  sharesPort?: 'first' | 'beside'
  /** Takes no connection before the systems have started: where other processes answer on the port meanwhile. */
  listensOnceStarted?: boolean
  /** Opens a door for what the other processes relay; see `RunningServer.innerDoor`. */
  hasInnerDoor?: boolean
}

export interface RunningServer {
  /** `http://127.0.0.1:4280` */
  address: string
  port: number
  /** The console's address with a ticket for one sign-in within the hour. */
  signInAddress(): string
  /** Where other processes bring what they do not answer themselves; null without `hasInnerDoor`. */
  innerDoor: InnerDoor | null
  /** Resolves when every system runs or has failed; never rejects. */
  started: Promise<void>
  systems: readonly SystemPart[]
  /** Every group of routes: the server's own, then the systems' once they run. */
  parts: readonly Part[]
  /** Lets running requests finish for a while, then ends them, and stops the systems. Safe to call twice. */
  stop(): Promise<void>
}

/**
 * Listens at once and starts the systems beside each other, so that a page can show what is starting. A system that
 * fails to start leaves the others running. Rejects when the address is taken.
 */
export async function startServer(options: StartServerOptions): Promise<RunningServer> {
  const { config, services } = options
  const { clock, ids, log, telemetry, tenants } = services
  const open = isLoopbackHost(config.host) && !config.requireKeys
  const secrets = new AdminSecrets([
    services.installationToken,
    ...(config.adminKey === null ? [] : [config.adminKey]),
  ])
  const sessions = new Sessions(services.installationToken, clock)

  const draining = new AbortController()
  const shutdown = new AbortController()
  const keys = new KeyRing(services.keys, clock, ids)
  const systems = options.systems.map(toPart)
  let address = ''
  let port = 0
  const context: ServerContext = {
    version: options.version,
    systems,
    keys,
    sessions,
    port: () => port,
    tenants,
    ledger: services.ledger,
    clock,
    log,
    settings: options.settings ?? (() => []),
    tileEveryMs: options.tileEveryMs ?? 2_000,
  }
  const disk = options.dataDir === undefined ? null : new DiskGuard(options.dataDir, config.minFreeMb)
  const checks = [
    ...(options.health ?? []),
    ...(disk === null ? [] : [{ name: 'disk', check: () => disk.check().then(() => 'ok' as const) }]),
  ]
  const ownParts: Part[] = [
    {
      name: 'server',
      prefix: '',
      app: null,
      routes: [
        ...healthRoutes(checks, systems),
        ...rootRoutes(
          () => openApiDocument([...ownParts, ...systems], { version: options.version, server: address }),
          options.metrics ?? null,
        ),
      ],
    },
    {
      name: 'heavylift',
      prefix: '/api/heavylift',
      app: null,
      routes: routeGroups.flatMap((group): Route[] => group(context)),
    },
  ]
  const consoleFiles = config.consoleDir === null ? [] : [{ mount: '/', dir: config.consoleDir }]
  const connections = new Connections(config)
  const app = createApp({
    connections,
    disk,
    clock,
    ids,
    log,
    telemetry,
    config,
    open,
    credentials: { keys, tenants, secrets, sessions },
    cookieName: () => sessionCookieName(port),
    origins: services.keys,
    ownParts,
    systems,
    pages: servePages(() => [...systems.flatMap((part) => part.running?.static ?? []), ...consoleFiles]),
    draining: draining.signal,
    shutdown: shutdown.signal,
    checkResponses: options.checkResponses ?? false,
  })

  const upgraded = new Set<Duplex>()
  const server = listener(app, systems, config, connections, upgraded, { relay: options.relay ?? null })
  connections.watch(server)
  const starting = options.listensOnceStarted === true ? startSystems(systems, options) : null
  await starting
  if (options.sharesPort === 'first' && config.port !== 0) await findFree(config)
  port = await listen(server, config, options.sharesPort !== undefined)
  const innerSecret = options.hasInnerDoor === true ? newInnerSecret() : null
  const inner = innerSecret && listener(app, systems, config, connections, upgraded, { innerSecret })
  if (inner) connections.watchInner(inner)
  const innerDoor = inner && innerSecret ? await openInnerDoor(inner, innerSecret) : null
  address = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`
  log.info({ address, open }, 'listening')
  const started = starting ?? startSystems(systems, options)

  let stopped: Promise<void> | null = null
  return {
    address,
    port,
    innerDoor,
    signInAddress: () => `${address}/#sign-in=${sessions.issueTicket()}`,
    started,
    systems,
    parts: [...ownParts, ...systems],
    stop: () =>
      (stopped ??= stop(
        { servers: inner ? [server, inner] : [server], upgraded },
        { draining, shutdown },
        systems,
        started,
        options,
      )),
  }
}

function toPart(system: AnySystem): SystemPart {
  return {
    name: system.name,
    prefix: `/api/${system.name}`,
    routes: [],
    app: null,
    system,
    state: 'starting',
    running: null,
    failure: null,
  }
}

function listener(
  app: App,
  systems: readonly SystemPart[],
  config: ServerConfig,
  connections: Connections,
  /** WebSockets: the server closes only what speaks HTTP. */
  upgraded: Set<Duplex>,
  { relay = null, innerSecret = null }: { relay?: RelayToFirst | null; innerSecret?: string | null },
): Server {
  const listen = getRequestListener(
    // The server below is HTTP/1.1, so these are its bindings.
    (request, env) => app.handle(request, env as HttpBindings),
  )
  const server = createServer(
    {
      headersTimeout: config.headersTimeoutMs,
      requestTimeout: config.requestTimeoutMs,
      keepAliveTimeout: config.keepAliveTimeoutMs,
      connectionsCheckingInterval: Math.min(5_000, config.headersTimeoutMs),
      maxHeaderSize: 16 * 1024,
    },
    (request, response) => {
      if (innerSecret !== null && !admitInner(request, innerSecret)) return
      connections.begin(request, response)
      const mount = rawMountOf(request.url ?? '/', systems)
      if (mount) {
        if (answerPreflight(request, response, config.allowedOrigins)) return
        mount.handle(request, response, app.identifyRaw)
      } else if (relay) relay.handle(request, response)
      else void listen(request, response)
    },
  )
  server.on('upgrade', (request, socket, head) => {
    if (innerSecret !== null && !admitInner(request, innerSecret)) return
    connections.begin(request, socket)
    upgraded.add(socket)
    socket.once('close', () => upgraded.delete(socket))
    const mount = rawMountOf(request.url ?? '/', systems)
    if (mount?.upgrade) mount.upgrade(request, socket, head, app.identifyRaw)
    else if (relay && !mount) relay.upgrade(request, socket, head)
    else socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
  })
  server.timeout = config.idleTimeoutMs
  return server
}

function rawMountOf(url: string, systems: readonly SystemPart[]): RawMount | null {
  for (const { running } of systems) {
    for (const raw of running?.raw ?? []) if (url.startsWith(raw.mount)) return raw
  }
  return null
}

/** A port that is shared is refused to nobody who shares as well, such as another installation. */
async function findFree(config: ServerConfig): Promise<void> {
  const probe = createServer()
  await listen(probe, config, false)
  await new Promise((resolve) => probe.close(resolve))
}

function listen(server: Server, config: ServerConfig, reusePort: boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === 'EADDRINUSE'
      reject(
        new InvalidInputError({
          code: taken ? 'port-taken' : 'address-unusable',
          message: taken
            ? `Port ${config.port} on ${config.host} is in use. Stop what uses it, or set server.port to another.`
            : `Cannot listen on ${config.host}:${config.port}: ${cause.message}. Set server.host and server.port.`,
          cause,
        }),
      )
    })
    server.listen({ port: config.port, host: config.host, reusePort }, () =>
      resolve((server.address() as AddressInfo).port),
    )
  })
}

async function startSystems(systems: readonly SystemPart[], options: StartServerOptions): Promise<void> {
  const { log } = options.services
  await Promise.all(
    systems.map(async (part) => {
      try {
        const config = part.system.config.parse(options.systemConfig[part.name] ?? {})
        part.running = await part.system.start(await options.servicesFor(part.name), config)
        part.routes = part.running.routes
        part.state = 'running'
        log.info({ system: part.name }, 'system started')
      } catch (error) {
        log.error({ system: part.name, error }, 'system failed to start')
        part.state = 'failed'
        part.failure = "It failed to start; the server's log says why."
      }
    }),
  )
  await options.startBackground?.().catch((error: unknown) => {
    log.error({ error }, 'background work failed to start')
  })
  await Promise.all(
    systems.map(async (part) => {
      if (!options.loadSamples) return
      try {
        await part.running?.loadSample?.('main', options.loadSamples.report)
      } catch (error) {
        log.error({ system: part.name, error }, 'sample not loaded')
      }
    }),
  )
}

async function stop(
  { servers, upgraded }: { servers: readonly Server[]; upgraded: Set<Duplex> },
  signals: { draining: AbortController; shutdown: AbortController },
  systems: readonly SystemPart[],
  started: Promise<void>,
  options: StartServerOptions,
): Promise<void> {
  const { log } = options.services
  const closed = Promise.all(
    servers.map((server) => new Promise<void>((resolve) => void server.close(() => resolve()))),
  )
  const reason = new DOMException('The server is stopping.', 'AbortError')
  signals.draining.abort(reason)
  // A connection turns idle when its answer is out, and would then be kept for the next request.
  const sweep = setInterval(() => {
    for (const server of servers) server.closeIdleConnections()
  }, 20)
  const deadline = setTimeout(() => {
    signals.shutdown.abort(reason)
    for (const { running } of systems) for (const raw of running?.raw ?? []) raw.stopping?.()
    // Handlers that heed the signal get a moment to end well.
    setTimeout(() => {
      for (const server of servers) server.closeAllConnections()
      for (const socket of upgraded) socket.destroy()
    }, 250).unref()
  }, options.config.shutdownGraceMs)
  await closed
  clearInterval(sweep)
  clearTimeout(deadline)
  signals.shutdown.abort(reason)
  await started
  await Promise.all(
    systems.map(async (part) => {
      try {
        await part.running?.stop()
      } catch (error) {
        log.error({ system: part.name, error }, 'system failed to stop')
      }
      part.state = 'stopped'
    }),
  )
}
