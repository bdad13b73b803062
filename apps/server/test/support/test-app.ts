import { createIds, noTelemetry, silentLogger, systemClock } from '@heavylift/core'
import type { Clock, Logger, Scope } from '@heavylift/core'
import type { ApiKeyKind } from '../../src/access/api-keys.ts'
import { AdminSecrets } from '../../src/access/installation-token.ts'
import { sessionCookieName, Sessions } from '../../src/access/sessions.ts'
import { sessionRoutes } from '../../src/routes/session.ts'
import { testToken } from './test-token.ts'
import { KeyRing } from '../../src/access/key-ring.ts'
import { createApp } from '../../src/app.ts'
import { Connections } from '../../src/http/connections.ts'
import type { App } from '../../src/app.ts'
import type { Part, SystemPart } from '../../src/part.ts'
import { keyRoutes } from '../../src/routes/keys.ts'
import { serverConfigSchema } from '../../src/server-config.ts'
import { memoryKeyStore, memoryTenantStore } from './memory-stores.ts'
import { notesSystem } from './notes-system.ts'

export interface LogLine {
  level: string
  fields: Record<string, unknown>
  message: string
}

/** A logger that keeps its lines. */
export function listLogger(): Logger & { lines: LogLine[] } {
  const lines: LogLine[] = []
  const at = (level: string) => (fields: object, message: string) => {
    lines.push({ level, fields: { ...fields }, message })
  }
  const logger = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
  return { ...logger, lines, child: () => ({ ...logger, child: () => silentLogger }) }
}

export interface TestAppOptions {
  open?: boolean
  config?: object
  clock?: Clock
  pages?: (request: Request) => Promise<Response | null>
}

/** The server without a socket, over memory, with the notes system running. */
export async function testApp(options: TestAppOptions = {}) {
  const clock = options.clock ?? systemClock
  const ids = createIds(systemClock)
  const log = listLogger()
  const keyStore = memoryKeyStore()
  const keys = new KeyRing(keyStore, clock, ids)
  const tenants = memoryTenantStore()
  await tenants.insert({ id: 'other', name: 'Other', createdAtMs: 0 })
  const notes = notesSystem()
  const sessions = new Sessions(testToken, clock)
  const services = {
    clock,
    ids,
    log,
    telemetry: noTelemetry,
    dataDir: '',
    configDir: '',
    signal: new AbortController().signal,
  }
  const running = await notes.start(services, { greeting: 'hello' })
  const systems: SystemPart[] = [
    {
      name: 'notes',
      prefix: '/api/notes',
      app: null,
      routes: running.routes,
      system: notes,
      state: 'running',
      running,
      failure: null,
    },
  ]
  const ownParts: Part[] = [
    {
      name: 'heavylift',
      prefix: '/api/heavylift',
      app: null,
      routes: [...keyRoutes({ keys, tenants, clock }), ...sessionRoutes({ sessions, port: () => 4280 })],
    },
  ]
  const config = serverConfigSchema.parse(options.config ?? {})
  const { handle }: App = createApp({
    connections: new Connections(config),
    disk: null,
    clock,
    ids,
    log,
    telemetry: noTelemetry,
    config,
    open: options.open ?? true,
    credentials: { keys, tenants, secrets: new AdminSecrets([testToken]), sessions },
    cookieName: () => sessionCookieName(4280),
    origins: keyStore,
    ownParts,
    systems,
    pages: options.pages ?? (async () => null),
    draining: new AbortController().signal,
    shutdown: new AbortController().signal,
    checkResponses: true,
  })
  const send = (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers)
    if (!headers.has('host')) headers.set('host', 'localhost:4280')
    return handle(new Request(`http://localhost:4280${path}`, { ...init, headers }))
  }
  const makeKey = async (
    scope: Scope,
    tenantId = 'main',
    kind: ApiKeyKind = 'secret',
    origins: string[] = [],
  ) =>
    (await keys.create({ scope, tenantId, kind, name: `${scope} of ${tenantId}`, allowedOrigins: origins }))
      .key
  return { send, handle, log, keys, keyStore, makeKey, notes, systems, ownParts }
}

export const json = (method: string, body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})
