import type { Clock, IdentifyRaw, Ids, Logger, Route, Telemetry } from '@heavylift/core'
import { NotFoundError, TryLaterError } from '@heavylift/core'
import { Hono } from 'hono'
import { getPath } from 'hono/utils/url'
import type { Context } from 'hono'
import { mainTenantId } from './access/api-keys.ts'
import type { ApiKeyStore } from './access/api-keys.ts'
import { identifyCaller, coversScope } from './access/identify-caller.ts'
import type { Credentials, Identified } from './access/identify-caller.ts'
import { cookieOf } from './access/sessions.ts'
import { createIdentifyRaw } from './access/identify-raw.ts'
import { readBrowserFacts, checkHost } from './http/browser-guard.ts'
import type { GuardRules } from './http/browser-guard.ts'
import { forbidden, unauthorized } from './http/http-errors.ts'
import { toProblemResponse } from './http/problem.ts'
import type { DiskGuard } from './http/disk-guard.ts'
import type { Connections } from './http/connections.ts'
import { forwardedFor } from './http/connections.ts'
import { readClientAddress, readRequestId } from './http/request-facts.ts'
import { observeRequests } from './http/request-log.ts'
import type { RequestState, ServerEnv } from './http/request-state.ts'
import { respond } from './http/respond.ts'
import { runRoute } from './http/run-route.ts'
import { addressKey, TokenBuckets } from './http/token-buckets.ts'
import type { ServePages } from './pages/static-files.ts'
import type { Part, SystemPart } from './part.ts'
import type { ServerConfig } from './server-config.ts'

export interface AppOptions {
  clock: Clock
  ids: Ids
  log: Logger
  telemetry: Telemetry
  config: ServerConfig
  /** True while the key-less loopback caller is trusted. */
  open: boolean
  credentials: Credentials
  /** Name of the session cookie; known once the port is. */
  cookieName: () => string
  origins: Pick<ApiKeyStore, 'originAllowed'>
  /** The server's own routes: root and `/api/heavylift`. */
  ownParts: Part[]
  systems: SystemPart[]
  /** Answers what is no API call: the console and the systems' pages; null when it has no such file. */
  pages: ServePages
  connections: Connections
  /** Null where nothing is kept on a disk. */
  disk: DiskGuard | null
  /** Aborts when the server begins to stop: event streams end at once. */
  draining: AbortSignal
  /** Aborts when the time to finish is over: everything ends. */
  shutdown: AbortSignal
  checkResponses: boolean
}

export type HandleRequest = (request: Request, env?: Partial<ServerEnv['Bindings']>) => Promise<Response>

export interface App {
  handle: HandleRequest
  /** For requests that a system answers by itself. */
  identifyRaw: IdentifyRaw
}

/**
 * The whole server without its socket. A request goes: id → host check → address limit → who calls → key limit →
 * scope → body and schemas → handler. What throws on the way becomes a problem.
 */
export function createApp(options: AppOptions): App {
  const { config, log } = options
  const rules: GuardRules = {
    open: options.open,
    allowedHosts: config.allowedHosts.map((host) => host.toLowerCase()),
    allowedOrigins: config.allowedOrigins,
  }
  const perIp = new TokenBuckets(config.rateLimit.perIp, options.clock)
  const perKey = new TokenBuckets(config.rateLimit.perKey, options.clock)
  const observe = observeRequests(options)
  for (const part of options.ownParts) part.app = appOfPart(part, options, rules, perKey)

  async function answer(request: Request, env: ServerEnv['Bindings']): Promise<Response> {
    const { path, facts } = env.state
    checkHost(facts, rules)
    if (!rules.open) spend(perIp, addressKey(env.state.ip))
    if (path !== '/healthz' && options.connections.isReserved(env.incoming)) {
      const { caller } = await identify(request.headers, env.state, options, rules)
      options.connections.checkReserve(env.incoming, caller?.scope ?? null)
    }
    const part = partOf(path, options)
    if (request.method === 'OPTIONS' && request.headers.has('access-control-request-method')) {
      return preflight(request, env.state, rules, options.origins)
    }
    if (part) {
      env.state.part = part.name
      part.app ??= appOfStartedSystem(part, options, rules, perKey)
      const response = await part.app.fetch(request, env)
      if (env.state.route !== null) return response
    }
    if (request.method === 'GET' || request.method === 'HEAD') {
      env.state.part = 'pages'
      const page = path.startsWith('/api/') ? null : await options.pages(request, env.state)
      if (page) return page
    }
    throw noSuchRoute(request.method, path)
  }

  const handle: HandleRequest = async (request, env = {}) => {
    const abort = new AbortController()
    const state: RequestState = {
      id: readRequestId(request.headers, options.ids),
      startedMs: options.clock.monotonicMs(),
      path: getPath(request),
      facts: readBrowserFacts(request.headers),
      ip: readClientAddress(env.incoming?.socket.remoteAddress, request.headers, config.trustedProxies),
      part: 'none',
      route: null,
      caller: null,
      streaming: false,
      signal: abort.signal,
      extraHeaders: {},
    }
    const done = observe(request.method, state, env.outgoing, abort)
    let response: Response
    try {
      response = await answer(request, { ...env, state })
    } catch (error) {
      response = toProblemResponse(error, state, log)
    }
    done(response.status)
    return response
  }
  const identifyRaw = createIdentifyRaw({
    rules,
    credentials: options.credentials,
    cookieName: options.cookieName,
    spendAddress(request) {
      if (rules.open) return
      const { remoteAddress } = request.socket
      spend(perIp, addressKey(readClientAddress(remoteAddress, forwardedFor(request), config.trustedProxies)))
    },
    holdConnection(request, { scope, keyId }) {
      options.connections.checkReserve(request, scope)
      if (keyId !== null) options.connections.holdForKey(request, keyId)
    },
  })
  return { handle, identifyRaw }
}

function partOf(path: string, options: AppOptions): Part | null {
  const name = /^\/api\/([^/]+)(?:\/|$)/.exec(path)?.[1]
  if (name === undefined) return options.ownParts.find((part) => part.prefix === '') ?? null
  const prefix = `/api/${name}`
  return [...options.ownParts, ...options.systems].find((part) => part.prefix === prefix) ?? null
}

function appOfStartedSystem(
  part: Part,
  options: AppOptions,
  rules: GuardRules,
  perKey: TokenBuckets,
): Hono<ServerEnv> {
  const system = options.systems.find((candidate) => candidate === part)
  if (system?.state === 'running') return appOfPart(part, options, rules, perKey)
  throw new TryLaterError({
    code: `system-${system?.state ?? 'stopped'}`,
    message:
      system?.state === 'starting'
        ? `"${part.name}" is still starting. Try again in a moment.`
        : `"${part.name}" is not running. /healthz and the server's log say why.`,
    status: 503,
    retryAfterSeconds: system?.state === 'starting' ? 1 : 30,
  })
}

/** The routes of one part, each behind its access check. */
function appOfPart(
  part: Part,
  options: AppOptions,
  rules: GuardRules,
  perKey: TokenBuckets,
): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>()
  const run = {
    log: options.log,
    bodyIdleTimeoutMs: options.config.bodyIdleTimeoutMs,
    heartbeatMs: options.config.heartbeatMs,
    backlog: { maxBytes: options.config.maxUnreadBytes, stalledMs: options.config.stalledReaderMs },
    checkResponses: options.checkResponses,
  }
  for (const route of part.routes) {
    app.on(route.method.toUpperCase(), part.prefix + route.path, async (c) => {
      c.env.state.route = part.prefix + route.path
      await admit(route, c, options, rules, perKey)
      return runRoute(route, c, run)
    })
  }
  // Errors go up to the one place that turns them into problems.
  app.onError((error) => {
    throw error
  })
  return app
}

/** Throws unless the caller may use `route`; sets the caller in the request's state. */
async function admit(
  route: Route,
  c: Context<ServerEnv>,
  options: AppOptions,
  rules: GuardRules,
  perKey: TokenBuckets,
): Promise<void> {
  const { state } = c.env
  if (route.access === 'public') {
    state.extraHeaders['access-control-allow-origin'] = '*'
    state.extraHeaders['cross-origin-resource-policy'] = 'cross-origin'
    return
  }
  const { caller, corsOrigin } = await identify(c.req.raw.headers, state, options, rules)
  if (corsOrigin !== null) {
    state.extraHeaders['access-control-allow-origin'] = corsOrigin
    state.extraHeaders['access-control-expose-headers'] = exposedHeaders
    state.extraHeaders['cross-origin-resource-policy'] = 'cross-origin'
    state.extraHeaders['vary'] = 'origin'
  }
  if (!caller) {
    throw unauthorized(
      'key-missing',
      'Sign in with the link that `npx heavylift sign-in` prints, or send "Authorization: Bearer <key>" with an API key; `npx heavylift keys create` makes one.',
    )
  }
  state.caller = caller
  if (caller.keyId !== null) {
    spend(perKey, caller.keyId)
    options.connections.holdForKey(c.env.incoming, caller.keyId)
  }
  if (!coversScope(caller.scope, route.access)) {
    throw forbidden(
      'scope-too-low',
      `This route needs the scope "${route.access}"; the key has "${caller.scope}". Use another key.`,
    )
  }
  if (route.reach === 'installation' && caller.tenantId !== mainTenantId) {
    throw forbidden(
      'main-tenant-only',
      'This shows or changes what all tenants share: only callers of the main tenant may do it.',
    )
  }
  // What deletes makes room.
  if (route.method !== 'get' && route.method !== 'delete') await options.disk?.check()
}

function identify(
  headers: Headers,
  { facts }: RequestState,
  { cookieName, credentials }: AppOptions,
  rules: GuardRules,
): Promise<Identified> {
  return identifyCaller(
    {
      authorization: headers.get('authorization'),
      session: cookieOf(headers.get('cookie'), cookieName()),
      actForTenant: headers.get('x-heavylift-tenant'),
      facts,
      rules,
    },
    credentials,
  )
}

/** Keys travel in a header, never as cookies, so the wildcard counts and hides nothing that matters. */
const exposedHeaders = '*'

/** A preflight carries no key, so it is allowed for any origin that some publishable key lists. */
async function preflight(
  request: Request,
  state: RequestState,
  rules: GuardRules,
  origins: AppOptions['origins'],
): Promise<Response> {
  const origin = request.headers.get('origin')
  const headers: Record<string, string> = { vary: 'origin, access-control-request-headers' }
  if (origin !== null && (rules.allowedOrigins.includes(origin) || (await origins.originAllowed(origin)))) {
    headers['access-control-allow-origin'] = origin
    headers['access-control-allow-methods'] = 'GET, POST, PUT, PATCH, DELETE'
    headers['access-control-allow-headers'] =
      'authorization, content-type, last-event-id, x-heavylift-shopper, x-request-id'
    headers['access-control-max-age'] = '600'
  }
  return respond(state, null, 204, headers)
}

function spend(buckets: TokenBuckets, key: string): void {
  const retryAfterSeconds = buckets.take(key)
  if (retryAfterSeconds === 0) return
  throw new TryLaterError({
    code: 'rate-limited',
    message: `Too many requests. Try again in ${retryAfterSeconds} s.`,
    status: 429,
    retryAfterSeconds,
  })
}

function noSuchRoute(method: string, path: string): NotFoundError {
  return new NotFoundError({
    code: 'route-unknown',
    message: `There is no ${method} ${path.slice(0, 200)}. /openapi.json lists every route.`,
  })
}
