import { request } from 'node:http'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { EventStream, defineSystem, route } from '@heavylift/core'
import type { CoreServices } from '@heavylift/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { startTestServer } from './support/start-test-server.ts'
import type { TestServer } from './support/start-test-server.ts'
import { testToken } from './support/test-token.ts'

/** A stream that says it is open and then nothing, for whoever has any key. */
const waiting = defineSystem<CoreServices, object>({
  name: 'waiting',
  title: 'Waiting',
  summary: 'Waits.',
  layer: 'primitive',
  config: z.object({}),
  migrations: [],
  pages: [],
  commands: [],
  evals: [],
  benches: [],
  start: () =>
    Promise.resolve({
      routes: [
        route({
          method: 'get',
          path: '/stream',
          summary: 'Waits until the client leaves.',
          access: 'storefront',
          events: { open: z.object({}) },
          handle: ({ signal }) =>
            new EventStream(
              (async function* () {
                yield { event: 'open', data: {} }
                await new Promise((resolve) => signal.addEventListener('abort', resolve))
              })(),
            ),
        }),
      ],
      tile: () =>
        Promise.resolve({
          state: 'running',
          headline: '',
          number: { label: '', value: null, unit: '' },
          decisionsToday: 0,
        }),
      stop: () => Promise.resolve(),
    }),
})

let running: TestServer | null = null
const sockets: Socket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await running?.stop()
  running = null
})

async function start(config: object): Promise<{ key: string; port: number }> {
  running = await startTestServer([waiting], {
    requireKeys: true,
    rateLimit: { perIp: { burst: 100_000 }, perKey: { burst: 100_000 } },
    ...config,
  })
  const { key } = await running.keys.create({
    tenantId: 'main',
    name: 'page',
    kind: 'secret',
    scope: 'storefront',
    allowedOrigins: [],
  })
  return { key, port: running.server.port }
}

/** Opens a connection and sends `text`; resolves once it is open. */
async function open(port: number, text: string, localAddress = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', localAddress })
  socket.on('error', () => undefined)
  sockets.push(socket)
  await new Promise<void>((resolve) => {
    socket.once('connect', resolve)
    socket.once('close', () => resolve())
  })
  socket.write(text)
  return socket
}

const streamRequest = (key: string, more = '') =>
  `GET /api/waiting/stream HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${key}\r\n${more}\r\n`

/** Opens a stream and waits for its first event, or for the answer that it gets instead. */
async function openStream(port: number, key: string, localAddress?: string, more?: string): Promise<string> {
  const socket = await open(port, streamRequest(key, more), localAddress)
  let text = ''
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()))
  await vi.waitFor(() => expect(text).toMatch(/event: open|"error"/), { timeout: 20_000, interval: 10 })
  return text
}

/** One request on a connection of its own. */
function ask(port: number, path: string, options: { from?: string; headers?: Record<string, string> } = {}) {
  return new Promise<{ status: number; retryAfter: string | undefined; text: string }>((resolve, reject) => {
    const asked = request(
      {
        port,
        path,
        host: '127.0.0.1',
        localAddress: options.from ?? '127.0.0.1',
        agent: false,
        headers: options.headers,
      },
      (response) => {
        let text = ''
        response.on('data', (chunk: Buffer) => (text += chunk.toString()))
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'], text }),
        )
      },
    )
    asked.on('error', reject)
    asked.end()
  })
}

const asAdmin = { authorization: `Bearer ${testToken}` }

describe('connections are shared out [SERVER-CONNECTIONS-01]', () => {
  it('one client opens thousands, idle and half-asked ones: others, health and its own next request are served', async () => {
    const { key, port } = await start({ maxConnections: 1_000, connectionsPerAddress: 600 })
    for (let batch = 0; batch < 30; batch++) {
      await Promise.all(
        Array.from({ length: 100 }, (_, at) => open(port, at % 2 === 0 ? '' : 'GET / HTTP/1.1\r\nx-slow: ')),
      )
    }
    for (const from of ['127.0.0.2', '127.0.0.1']) {
      expect((await ask(port, '/healthz', { from })).status).toBe(200)
      expect((await ask(port, '/api/heavylift/systems', { from, headers: asAdmin })).status).toBe(200)
      expect(await openStream(port, key, from)).toContain('event: open')
    }
  })

  it('several addresses hold all with streams: whoever holds most gives way to a newcomer', async () => {
    const { key, port } = await start({ maxConnections: 60, connectionsPerAddress: 40 })
    for (let n = 0; n < 40; n++) await openStream(port, key, '127.0.0.1')
    for (let n = 0; n < 20; n++) await openStream(port, key, '127.0.0.2')
    for (let n = 3; n < 8; n++) expect(await openStream(port, key, `127.0.0.${n}`)).toContain('event: open')
    await vi.waitFor(() => expect(sockets.filter(({ closed }) => closed).length).toBe(5))
    expect(sockets.slice(0, 40).filter(({ closed }) => closed).length).toBe(5)
  })

  it('an address that is at work on all of its share gets health and administrators served, the rest a sentence [SERVER-LIMITS-02]', async () => {
    const { key, port } = await start({ connectionsPerAddress: 10 })
    for (let n = 0; n < 10; n++) await openStream(port, key)
    expect((await ask(port, '/healthz')).status).toBe(200)
    expect((await ask(port, '/api/heavylift/systems', { headers: asAdmin })).status).toBe(200)
    const refused = await ask(port, '/api/waiting/stream', { headers: { authorization: `Bearer ${key}` } })
    expect(refused).toMatchObject({ status: 503, retryAfter: '5' })
    expect(refused.text).toContain('connections-taken')
    expect((await ask(port, '/')).status).toBe(503)
    expect(await openStream(port, key, '127.0.0.2')).toContain('event: open')
  })

  it('behind a trusted proxy it is the forwarded client that has the share', async () => {
    const { key, port } = await start({ connectionsPerAddress: 3, trustedProxies: 1 })
    const from = (client: string) => `x-forwarded-for: 1.1.1.1, ${client}\r\n`
    for (let n = 0; n < 3; n++) await openStream(port, key, undefined, from('203.0.113.1'))
    const refused = await openStream(port, key, undefined, from('203.0.113.1'))
    expect(refused).toMatch(/503.*connections-taken/s)
    expect(await openStream(port, key, undefined, from('203.0.113.2'))).toContain('event: open')
    const headers = { 'x-forwarded-for': '203.0.113.1' }
    expect((await ask(port, '/healthz', { headers })).status).toBe(200)
    expect((await ask(port, '/api/heavylift/systems', { headers: { ...headers, ...asAdmin } })).status).toBe(
      200,
    )
  })

  it('a key has as many requests under way as it may, and again once they are over', async () => {
    const { key, port } = await start({ requestsPerKey: 3 })
    for (let n = 0; n < 3; n++) await openStream(port, key, `127.0.0.${n + 1}`)
    const headers = { authorization: `Bearer ${key}` }
    expect(await ask(port, '/api/waiting/stream', { headers })).toMatchObject({
      status: 429,
      retryAfter: '5',
    })
    sockets[0]?.destroy()
    await vi.waitFor(async () => expect(await openStream(port, key)).toContain('event: open'))
  })
})
