import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createIds, EventStream, noTelemetry, silentLogger, systemClock } from '@heavylift/core'
import type { Route, RunningSystem, ServerEvent } from '@heavylift/core'
import { ModelDirectory } from '@heavylift/models'
import { createTestStore } from '@heavylift/store/testing'
import type { TestStore } from '@heavylift/store/testing'
import { liveConfigSchema } from '../../src/config.ts'
import type { LiveConfig } from '../../src/config.ts'
import { live } from '../../src/system.ts'

export interface TestLive {
  running: RunningSystem
  /** Calls a route as an operator of `tenantId` (default `main`). */
  call(
    method: Route['method'],
    path: string,
    given?: { params?: object; query?: object; body?: unknown; tenantId?: string },
  ): Promise<unknown>
  /** Events of a stream route until `count` came. */
  read(path: string, params: object, count: number, lastEventId?: string): Promise<ServerEvent[]>
  /** Where its WebSockets are: `ws://127.0.0.1:…`. */
  sockets: string
  /** Stops it and starts it again on the same data. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** The whole live system on a database of its own, with real sockets, without the server around it. */
export async function startTestLive(config: Partial<LiveConfig> = {}): Promise<TestLive> {
  const store = await createTestStore({ migrations: { live: live.migrations } })
  const parsed = liveConfigSchema.parse({ demo: false, keepEventsIn: 'files', ...config })
  let running = await startOn(store, parsed)
  const server = await serveSockets(() => running)
  const { port } = server.address() as AddressInfo

  const find = (method: Route['method'], path: string): Route => {
    const route = running.routes.find((each) => each.method === method && each.path === path)
    if (!route) throw new Error(`There is no route ${method} ${path}.`)
    return route
  }
  return {
    get running() {
      return running
    },
    sockets: `ws://127.0.0.1:${port}`,
    async call(method, path, { params = {}, query = {}, body, tenantId = 'main' } = {}) {
      const route = find(method, path)
      return route.handle({
        params: route.params?.parse(params) ?? {},
        query: route.query?.parse(query) ?? {},
        body: route.bodyType === 'stream' ? body : (route.body?.parse(body) ?? null),
        headers: new Headers(),
        caller: { tenantId, scope: 'operator', keyId: null },
        signal: AbortSignal.timeout(30_000),
        lastEventId: null,
      })
    },
    async read(path, params, count, lastEventId) {
      const route = find('get', path)
      const gone = new AbortController()
      const answer = await route.handle({
        params: route.params?.parse(params) ?? {},
        query: route.query?.parse({}) ?? {},
        body: null,
        headers: new Headers(),
        caller: { tenantId: 'main', scope: 'operator', keyId: null },
        signal: AbortSignal.any([gone.signal, AbortSignal.timeout(30_000)]),
        lastEventId: lastEventId ?? null,
      })
      const events: ServerEvent[] = []
      if (!(answer instanceof EventStream)) throw new Error(`${path} is no stream.`)
      for await (const event of answer.events) {
        events.push(event)
        if (events.length === count) break
      }
      gone.abort()
      return events
    },
    async restart() {
      await running.stop()
      running = await startOn(store, parsed)
    },
    async stop() {
      await running.stop()
      server.closeAllConnections()
      server.close()
      await store.close()
    },
  }
}

function startOn(store: TestStore, config: LiveConfig): Promise<RunningSystem> {
  return live.start(
    {
      clock: systemClock,
      ids: createIds(systemClock),
      log: silentLogger,
      telemetry: noTelemetry,
      dataDir: `${store.dataDir}/live`,
      configDir: store.dataDir,
      signal: new AbortController().signal,
      store: store.host.forSystem('live'),
      models: new ModelDirectory(),
    },
    config,
  )
}

async function serveSockets(running: () => RunningSystem): Promise<Server> {
  const server = createServer()
  server.on('upgrade', (request, socket, head) => {
    const mount = running().raw?.find((raw) => request.url?.startsWith(raw.mount))
    mount?.upgrade?.(request, socket, head, () =>
      Promise.resolve({ tenantId: 'main', scope: 'operator', keyId: null }),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}
