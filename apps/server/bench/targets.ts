// One server of the bench in a process of its own: `node targets.ts <bare|hono|heavylift|heavylift-key>`. Prints `<port> <key>`.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createIds, defineSystem, noTelemetry, route, silentLogger, systemClock } from '@heavylift/core'
import { createTelemetry } from '@heavylift/core/runtime'
import type { Ledger } from '@heavylift/store'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { z } from 'zod'
import { KeyRing } from '../src/access/key-ring.ts'
import type { PlatformServices } from '../src/services.ts'
import { serverConfigSchema } from '../src/server-config.ts'
import { startServer } from '../src/start-server.ts'
import { memoryKeyStore, memoryTenantStore } from '../test/support/memory-stores.ts'

const answer = { id: 'p1', name: 'A thing', price: 1299 }

const trivial = defineSystem<PlatformServices, unknown>({
  name: 'trivial',
  title: 'Trivial',
  summary: 'Answers the same.',
  layer: 'system',
  config: z.unknown(),
  migrations: [],
  pages: [],
  commands: [],
  evals: [],
  benches: [],
  start: async () => ({
    routes: [
      route({
        method: 'get',
        path: '/things/:thingId',
        summary: 'The same thing.',
        access: 'storefront',
        params: z.object({ thingId: z.string() }),
        // As loose as the peers, which check no answer.
        response: z.object({}).loose(),
        handle: () => answer,
      }),
    ],
    stop: async () => {},
    tile: async () => ({
      state: 'running',
      headline: '',
      number: { label: '', value: null, unit: '' },
      decisionsToday: 0,
    }),
  }),
})

function bare(): Promise<number> {
  const server = createServer((_request, response) => {
    const body = JSON.stringify(answer)
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
    response.end(body)
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

function hono(): Promise<number> {
  const app = new Hono().get('/api/trivial/things/:thingId', (c) => c.json(answer))
  return new Promise((resolve) => {
    serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => resolve(port))
  })
}

async function heavylift(requireKeys: boolean): Promise<{ port: number; key: string }> {
  const telemetry = createTelemetry()
  const core = { clock: systemClock, ids: createIds(systemClock), log: silentLogger, telemetry: noTelemetry }
  const keys = memoryKeyStore()
  const { key } = await new KeyRing(keys, core.clock, core.ids).create({
    tenantId: 'main',
    name: 'bench',
    kind: 'secret',
    scope: 'storefront',
    allowedOrigins: [],
  })
  const limit = { burst: 1e9, perSecond: 1e9 }
  const server = await startServer({
    systems: [trivial],
    // The route uses none of them.
    servicesFor: () => core as PlatformServices,
    config: serverConfigSchema.parse({ port: 0, requireKeys, rateLimit: { perIp: limit, perKey: limit } }),
    systemConfig: {},
    services: {
      ...core,
      telemetry,
      keys,
      tenants: memoryTenantStore(),
      ledger: {} as Ledger,
      installationToken: `hl_it_${'b'.repeat(43)}`,
    },
    version: '0.0.0',
  })
  await server.started
  return { port: server.port, key }
}

const [, , name = 'bare'] = process.argv
const { port, key } =
  name === 'bare'
    ? { port: await bare(), key: '' }
    : name === 'hono'
      ? { port: await hono(), key: '' }
      : await heavylift(name === 'heavylift-key')
process.stdout.write(`${port} ${key}\n`)
