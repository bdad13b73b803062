import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import {
  createIds,
  defineSystem,
  EventStream,
  noTelemetry,
  route,
  silentLogger,
  systemClock,
  uploadRoute,
} from '@heavylift/core'
import type { CoreServices, Route } from '@heavylift/core'
import { createTestStore } from '@heavylift/store/testing'
import type { TestStore } from '@heavylift/store/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { KeyRing } from '../src/access/key-ring.ts'
import { serverConfigSchema } from '../src/server-config.ts'
import type { AnySystem, PlatformServices } from '../src/services.ts'
import { startServer } from '../src/start-server.ts'
import type { RunningServer, StartServerOptions } from '../src/start-server.ts'
import { memoryKeyStore, memoryTenantStore } from './support/memory-stores.ts'
import { testToken } from './support/test-token.ts'
import { rawConnection, until } from './support/sockets.ts'

let store: TestStore
beforeAll(async () => {
  store = await createTestStore()
})
afterAll(() => store.close())

const ledger = () => store.host.forSystem('server').ledger

const running: RunningServer[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()))
})

const core = (): CoreServices => ({
  clock: systemClock,
  ids: createIds(systemClock),
  log: silentLogger,
  telemetry: noTelemetry,
  dataDir: '',
  configDir: '',
  signal: new AbortController().signal,
})

function systemOf(name: string, routes: Route[], more: Partial<AnySystem> = {}): AnySystem {
  return defineSystem<PlatformServices, unknown>({
    name,
    title: name,
    summary: `The ${name}.`,
    layer: 'system',
    config: z.unknown(),
    migrations: [],
    pages: [],
    commands: [],
    evals: [],
    benches: [],
    start: async () => ({
      routes,
      stop: async () => {},
      tile: async () => ({
        state: 'running',
        headline: `${name} runs`,
        number: { label: 'n', value: 1, unit: '' },
        decisionsToday: 0,
      }),
    }),
    ...more,
  })
}

async function start(systems: AnySystem[], config: object = {}, more: Partial<StartServerOptions> = {}) {
  const keys = memoryKeyStore()
  const server = await startServer({
    systems,
    servicesFor: () => core() as PlatformServices,
    config: serverConfigSchema.parse({ port: 0, requireKeys: false, shutdownGraceMs: 200, ...config }),
    systemConfig: {},
    services: {
      ...core(),
      keys,
      tenants: memoryTenantStore(),
      ledger: ledger(),
      installationToken: testToken,
    },
    version: '0.0.0',
    checkResponses: true,
    tileEveryMs: 10,
    ...more,
  })
  running.push(server)
  await server.started
  return server
}

describe('starting', () => {
  it('listens, answers and stops', async () => {
    const server = await start([systemOf('demo', [])])
    expect(server.address).toBe(`http://127.0.0.1:${server.port}`)
    const systems = await (await fetch(`${server.address}/api/heavylift/systems`)).json()
    expect(systems).toMatchObject({ tenant: 'main', systems: [{ name: 'demo', state: 'running' }] })
    await server.stop()
    await expect(fetch(server.address)).rejects.toThrow()
  })

  it('keeps running when a system fails to start, and says so [SERVER-SYSTEMS-01]', async () => {
    const failing = systemOf('broken', [], {
      start: async () => {
        throw new Error('the password is swordfish')
      },
    })
    const server = await start([systemOf('demo', []), failing])
    const health = await fetch(`${server.address}/healthz`)
    expect(health.status).toBe(503)
    expect(await health.json()).toEqual({
      status: 'failing',
      parts: { demo: { state: 'ok' }, broken: { state: 'failing' } },
    })
    const call = await fetch(`${server.address}/api/broken/thing`)
    const text = await call.text()
    expect([call.status, text.includes('system-failed'), text.includes('swordfish')]).toEqual([
      503,
      true,
      false,
    ])
  })

  it('reports a check that fails as failing, not why', async () => {
    const check = async (): Promise<'ok'> => {
      throw new Error('no route to database')
    }
    const server = await start([], {}, { health: [{ name: 'database', check }] })
    const health = await fetch(`${server.address}/healthz`)
    expect([health.status, await health.json()]).toEqual([
      503,
      { status: 'failing', parts: { database: { state: 'failing' } } },
    ])
  })

  it('says when the port is taken', async () => {
    const server = await start([])
    await expect(start([], { port: server.port })).rejects.toMatchObject({ code: 'port-taken' })
  })

  it('stores nothing on a disk with too little room, reads and deletes from it, and health says so [SERVER-DISK-01]', async () => {
    const routes = (['get', 'post', 'put', 'patch', 'delete'] as const).map((method) =>
      route({
        method,
        path: '/thing',
        summary: 'Any.',
        access: 'operator',
        response: z.object({}),
        handle: () => ({}),
      }),
    )
    const server = await start(
      [systemOf('demo', routes)],
      { minFreeMb: 1_000_000_000_000 },
      { dataDir: store.dataDir },
    )
    const statuses: Record<string, number> = {}
    for (const { method } of routes) {
      statuses[method] = (
        await fetch(`${server.address}/api/demo/thing`, { method: method.toUpperCase() })
      ).status
    }
    expect(statuses).toEqual({ get: 200, post: 507, put: 507, patch: 507, delete: 200 })
    expect(await (await fetch(`${server.address}/healthz`)).json()).toMatchObject({
      status: 'failing',
      parts: { disk: { state: 'failing' } },
    })
  })

  it('asks for a key unless the configuration opens it to this machine', async () => {
    const keys = memoryKeyStore()
    const { key } = await new KeyRing(keys, systemClock, createIds(systemClock)).create({
      tenantId: 'main',
      name: 'first',
      kind: 'secret',
      scope: 'admin',
      allowedOrigins: [],
    })
    const services = {
      ...core(),
      keys,
      tenants: memoryTenantStore(),
      ledger: ledger(),
      installationToken: testToken,
    }
    const server = await start([], { requireKeys: true }, { services })
    const call = (headers: Record<string, string>) =>
      fetch(`${server.address}/api/heavylift/systems`, { headers })
    expect((await call({})).status).toBe(401)
    expect((await call({ authorization: `Bearer ${key}` })).status).toBe(200)
  })
})

describe('tiles', () => {
  it('stream all at the start and then only what changed [SERVER-TILES-01]', async () => {
    let value = 1
    const counting = systemOf('counting', [], {
      start: async () => ({
        routes: [],
        stop: async () => {},
        tile: async () => ({
          state: 'running',
          headline: 'counts',
          number: { label: 'n', value, unit: '' },
          decisionsToday: 0,
        }),
      }),
    })
    const server = await start([systemOf('still', []), counting])
    const response = await fetch(`${server.address}/api/heavylift/tiles`)
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    const readUntil = async (what: string): Promise<void> => {
      while (!text.includes(what)) text += (await reader?.read())?.value ?? ''
    }
    await readUntil('"counting"')
    value = 2
    await readUntil('"value":2')
    await reader?.cancel()
    expect(text.match(/"system":"still"/g)).toHaveLength(1)
    expect(text.match(/"system":"counting"/g)).toHaveLength(2)
  })
})

describe('an event stream on a real socket', () => {
  /** Events of 32 KiB without end, numbered from after the last that was seen; `onEnd` when the stream is over. */
  const flood = (state: { asked: number; ended: number }) =>
    route({
      method: 'get',
      path: '/flood',
      summary: 'Endless.',
      access: 'storefront',
      handle: ({ lastEventId }) =>
        new EventStream(
          (async function* () {
            try {
              for (let n = Number(lastEventId ?? 0) + 1; ; n++) {
                state.asked = n
                yield { id: String(n), data: 'x'.repeat(32 * 1024) }
              }
            } finally {
              state.ended++
            }
          })(),
        ),
    })

  it.skipIf(process.platform !== 'linux')(
    'keeps at most 256 KiB for a reader that does not read, cuts it off, and goes on after what it read [SERVER-SSE-01] [SERVER-SSE-02]',
    async () => {
      const state = { asked: 0, ended: 0 }
      const server = await start([systemOf('demo', [flood(state)])], { stalledReaderMs: 1_500 })
      const connection = await rawConnection(server.port)
      connection.socket.pause()
      const port = connection.socket.localPort ?? 0
      connection.send('GET /api/demo/flood HTTP/1.1\r\nhost: localhost\r\n\r\n')
      let mostBytes = 0
      while (state.ended === 0) {
        mostBytes = Math.max(mostBytes, unsentTo(port))
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      expect(mostBytes).toBeGreaterThan(0)
      expect(mostBytes).toBeLessThanOrEqual(256 * 1024)
      connection.socket.on('error', () => undefined)
      connection.socket.resume()
      await until(() => connection.closed())
      const lastRead = Number(
        connection
          .text()
          .match(/id: (\d+)\n(?=data: x+\n\n)/g)
          ?.at(-1)
          ?.slice(4) ?? 0,
      )

      const again = await rawConnection(server.port)
      again.send(`GET /api/demo/flood HTTP/1.1\r\nhost: localhost\r\nlast-event-id: ${lastRead}\r\n\r\n`)
      await until(() => again.text().includes('id: '))
      expect(/id: (\d+)/.exec(again.text())?.[1]).toBe(String(lastRead + 1))
      // Who reads gets far more than what is kept for one who does not.
      await until(() => again.text().length > 4 * 1024 * 1024)
      again.socket.destroy()
    },
  )

  it('aborts the handler when the client goes away [SERVER-SSE-01]', async () => {
    let aborted = false
    let ended = false
    const watch = route({
      method: 'get',
      path: '/watch',
      summary: 'Waits.',
      access: 'storefront',
      handle: ({ signal }) => {
        signal.addEventListener('abort', () => {
          aborted = true
        })
        return new EventStream(
          (async function* () {
            try {
              yield { data: 'here' }
              await new Promise((resolve) => {
                signal.addEventListener('abort', resolve)
              })
            } finally {
              ended = true
            }
          })(),
        )
      },
    })
    const server = await start([systemOf('demo', [watch])])
    const connection = await rawConnection(server.port)
    connection.send('GET /api/demo/watch HTTP/1.1\r\nhost: localhost\r\n\r\n')
    await until(() => connection.text().includes('data: here'))
    expect(aborted).toBe(false)
    connection.socket.destroy()
    await until(() => aborted && ended)
  })

  it('ends at once when the server stops', async () => {
    const wait = route({
      method: 'get',
      path: '/wait',
      summary: 'Waits.',
      access: 'storefront',
      handle: ({ signal }) =>
        new EventStream(
          (async function* () {
            yield { data: 'here' }
            await new Promise((resolve) => {
              signal.addEventListener('abort', resolve)
            })
          })(),
        ),
    })
    const server = await start([systemOf('demo', [wait])], { shutdownGraceMs: 60_000 })
    const response = await fetch(`${server.address}/api/demo/wait`)
    const text = response.text()
    await server.stop()
    expect(await text).toBe('data: here\n\n')
  })
})

describe('stopping', () => {
  it('lets a running request finish and then stops the systems [SERVER-STOP-01]', async () => {
    const order: string[] = []
    let entered = (): void => {}
    const inside = new Promise<void>((resolve) => {
      entered = resolve
    })
    let release = (): void => {}
    const slow = route({
      method: 'get',
      path: '/slow',
      summary: 'Slow.',
      access: 'storefront',
      response: z.object({ ok: z.boolean() }),
      async handle() {
        entered()
        await new Promise<void>((resolve) => {
          release = resolve
        })
        order.push('answered')
        return { ok: true }
      },
    })
    const demo = systemOf('demo', [slow])
    const system: AnySystem = {
      ...demo,
      start: async (services, config) => ({
        ...(await demo.start(services, config)),
        stop: async () => {
          order.push('stopped')
        },
      }),
    }
    const server = await start([system], { shutdownGraceMs: 60_000 })
    const response = fetch(`${server.address}/api/demo/slow`)
    await inside
    const stopping = server.stop()
    release()
    expect((await response).status).toBe(200)
    await stopping
    expect(order).toEqual(['answered', 'stopped'])
  })

  it('aborts what is still running when the grace is over [SERVER-STOP-01]', async () => {
    let reason: unknown
    const hang = route({
      method: 'get',
      path: '/hang',
      summary: 'Hangs.',
      access: 'storefront',
      response: z.object({}),
      handle: ({ signal }) =>
        new Promise<Record<string, never>>((resolve) => {
          signal.addEventListener('abort', () => {
            reason = signal.reason
            resolve({})
          })
        }),
    })
    const server = await start([systemOf('demo', [hang])], { shutdownGraceMs: 50 })
    const response = fetch(`${server.address}/api/demo/hang`).catch(() => null)
    await until(() => true)
    await new Promise((resolve) => setTimeout(resolve, 50))
    await server.stop()
    await response
    expect(reason).toMatchObject({ name: 'AbortError' })
  })
})

describe('clients that mean harm', () => {
  it('are cut off when they send headers too slowly [SERVER-LIMITS-02]', async () => {
    const server = await start([], { headersTimeoutMs: 200 })
    const connection = await rawConnection(server.port)
    connection.send('GET / HTTP/1.1\r\nhost: localhost\r\nx-a: ')
    await until(() => connection.closed())
    expect(connection.text()).toContain('408')
  })

  it('are cut off when they stop reading an answer', async () => {
    let ended = false
    const flood = route({
      method: 'get',
      path: '/flood',
      summary: 'Endless.',
      access: 'storefront',
      handle: () =>
        new EventStream(
          (async function* () {
            try {
              for (;;) yield { data: 'x'.repeat(64 * 1024) }
            } finally {
              ended = true
            }
          })(),
        ),
    })
    const server = await start([systemOf('demo', [flood])], { idleTimeoutMs: 300, heartbeatMs: 50 })
    const connection = await rawConnection(server.port)
    connection.socket.pause()
    connection.send('GET /api/demo/flood HTTP/1.1\r\nhost: localhost\r\n\r\n')
    await until(() => ended)
    connection.socket.destroy()
  })

  it('are cut off when they stop sending a body', async () => {
    const server = await start([], { bodyIdleTimeoutMs: 100 })
    const connection = await rawConnection(server.port)
    connection.send(
      'POST /api/heavylift/keys HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{',
    )
    await until(() => connection.closed())
    expect(connection.text()).toContain('body-too-slow')
  })

  it('get 413 for a body over the limit without sending it all [SERVER-LIMITS-02]', async () => {
    const server = await start([])
    const connection = await rawConnection(server.port)
    connection.send(
      'POST /api/heavylift/keys HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 999999999\r\n\r\n',
    )
    await until(() => connection.text().includes('413'))
    expect(connection.text()).toContain('body-too-large')
    connection.socket.destroy()
  })

  it('and those whose upload fails on the way, because a disk is full, are told why', async () => {
    const full = uploadRoute({
      method: 'post',
      path: '/full',
      summary: 'Takes a little and fails.',
      access: 'operator',
      maxBodyBytes: 100_000_000,
      response: z.object({}),
      async handle({ body }) {
        for await (const _ of body) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
        return {}
      },
    })
    const server = await start([systemOf('demo', [full])])
    for (let n = 0; n < 5; n++) {
      const answer = await fetch(`${server.address}/api/demo/full`, {
        method: 'POST',
        body: 'x'.repeat(3_000_000),
      })
      expect([answer.status, await answer.text()]).toEqual([507, expect.stringContaining('disk-full')])
    }
  })

  it('get no file from outside the folder, however the path is written', async () => {
    const consoleDir = path.join(store.dataDir, 'console')
    await mkdir(consoleDir, { recursive: true })
    await writeFile(path.join(consoleDir, 'index.html'), 'the page')
    await writeFile(path.join(store.dataDir, 'secret.txt'), 'the secret')
    const server = await start([], { consoleDir })
    for (const target of [
      '/../secret.txt',
      '/x/../../secret.txt',
      '//secret.txt',
      '/%2e%2e%2fsecret.txt',
      '/..\\secret.txt',
      '/..%5csecret.txt',
    ]) {
      const connection = await rawConnection(server.port)
      connection.send(`GET ${target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`)
      await until(() => connection.closed())
      expect(connection.text()).toMatch(/^HTTP\/1.1 (200|400|404) /)
      expect(connection.text()).not.toContain('the secret')
    }
  })

  it('cannot use the port of another address', async () => {
    const server = await start([])
    // Only loopback listens, so the same port on every other address is still free.
    const other = createServer()
    await new Promise<void>((resolve, reject) => {
      other.once('error', reject)
      other.listen(server.port, '127.0.0.2', resolve)
    })
    other.close()
  })
})

/** Bytes that the kernel keeps for the connection to a client's port (proc(5), `tx_queue`). */
function unsentTo(clientPort: number): number {
  const port = clientPort.toString(16).toUpperCase().padStart(4, '0')
  const line = readFileSync('/proc/net/tcp', 'latin1')
    .split('\n')
    .find((each) => each.trim().split(/\s+/)[2]?.endsWith(`:${port}`))
  return parseInt(line?.trim().split(/\s+/)[4] ?? '0', 16)
}
