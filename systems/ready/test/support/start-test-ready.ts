import { join } from 'node:path'
import { createIds, noTelemetry, silentLogger, systemClock } from '@heavylift/core'
import type { Route } from '@heavylift/core'
import { openJobs } from '@heavylift/jobs'
import { createTestStore } from '@heavylift/store/testing'
import type { TestStore } from '@heavylift/store/testing'
import { readyConfig } from '../../src/config.ts'
import type { ReadyServices } from '../../src/services.ts'
import { ready } from '../../src/system.ts'

export interface TestReady {
  services: ReadyServices
  /** Calls a route as an administrator of `tenantId` (default `main`). */
  call(
    method: Route['method'],
    path: string,
    given?: { params?: object; query?: object; body?: unknown; tenantId?: string },
  ): Promise<unknown>
  /** Ends as a server does, and starts anew on the same database. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** Ready on a database of its own, without the server around it; generators ask for no real-time class. */
export async function startTestReady(): Promise<TestReady> {
  const store: TestStore = await createTestStore({ migrations: { ready: ready.migrations } })
  const clock = systemClock
  const stop = new AbortController()
  const jobs = openJobs({ folder: join(store.dataDir, 'jobs'), origin: 'test' })
  const services: ReadyServices = {
    clock,
    ids: createIds(clock),
    log: silentLogger,
    telemetry: noTelemetry,
    dataDir: store.dataDir,
    configDir: store.dataDir,
    signal: stop.signal,
    store: store.host.forSystem('ready'),
    jobs,
  }
  const start = () => ready.start(services, readyConfig.parse({ realtime: false }))
  let running = await start()
  return {
    services,
    async call(method, path, { params = {}, query = {}, body, tenantId = 'main' } = {}) {
      const route = running.routes.find((each) => each.method === method && each.path === path)
      if (!route) throw new Error(`There is no route ${method} ${path}.`)
      return route.handle({
        params: route.params?.parse(params) ?? {},
        query: route.query?.parse(query) ?? {},
        body: route.body?.parse(body ?? {}) ?? null,
        headers: new Headers(),
        caller: { tenantId, scope: 'admin', keyId: null },
        signal: AbortSignal.timeout(60_000),
        lastEventId: null,
      })
    },
    async restart() {
      await running.stop()
      running = await start()
    },
    async stop() {
      stop.abort()
      await running.stop()
      await jobs.close()
      await store.close()
    },
  }
}
