import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import { createServer as createNetServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { generate } from '../../src/load/generate.ts'
import { reportOf } from '../../src/load/report.ts'
import { scenarioSchema } from '../../src/load/scenario.ts'
import type { Scenario } from '../../src/load/scenario.ts'
import { allowTarget } from '../../src/load/target.ts'

const servers: Server[] = []
const sockets = new Set<Socket>()
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => void server.close(resolve))))
})

async function listen(server: Server): Promise<string> {
  servers.push(server)
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
const http = (handle: RequestListener) => listen(createServer(handle))
const raw = (handle: (socket: Socket) => void) => listen(createNetServer(handle))

async function play(url: string, given: object, signal = new AbortController().signal) {
  const scenario: Scenario = scenarioSchema.parse({
    name: 'test',
    target: url,
    requests: [{ name: 'all', path: '/' }],
    load: [{ kind: 'constant', ratePerSecond: 200, seconds: 0.5 }],
    ...given,
  })
  const target = await allowTarget(url, null, () => Promise.resolve(null))
  return reportOf(scenario, await generate(scenario, target, signal))
}

test('a pause of the server counts for every request that was planned in it [READY-LOAD-01]', async () => {
  let isPaused = false
  const waiting: (() => void)[] = []
  const url = await http((_request, response) => {
    const answer = () => response.end('ok')
    if (isPaused) waiting.push(answer)
    else answer()
  })
  setTimeout(() => (isPaused = true), 300)
  setTimeout(() => {
    isPaused = false
    for (const answer of waiting.splice(0)) answer()
  }, 800)
  // One connection, so that a client that waits for its answer would send, and count, one request in the pause.
  const report = await play(url, {
    maxConnections: 1,
    load: [{ kind: 'constant', ratePerSecond: 200, seconds: 1.2 }],
  })
  expect(report.sent).toBe(240)
  expect(report.ok).toBe(240)
  // About 100 of 240 were planned in the pause; they waited 0 … 500 ms.
  expect(report.latencyMs.p90).toBeGreaterThan(250)
  expect(report.serviceMs.p90).toBeLessThan(100)
})

test('closed users send the next when the last is answered, with what they extracted', async () => {
  const seen: string[] = []
  const url = await http((request, response) => {
    seen.push(request.url ?? '')
    response.end(request.url === '/new' ? '{"id":"a b"}' : '{}')
  })
  const report = await play(url, {
    requests: [
      { name: 'new', path: '/new', extract: { id: '$.id' } },
      { name: 'get', path: '/get/{{id}}', thinkMs: 5 },
    ],
    load: [{ kind: 'users', users: 2, seconds: 0.3 }],
  })
  expect(report.failed).toBe(0)
  expect(seen.slice(0, 4).toSorted()).toEqual(['/get/a%20b', '/get/a%20b', '/new', '/new'])
})

test.each<[string, (socket: Socket) => void, string]>([
  ['a server that resets', (socket) => socket.once('data', () => socket.resetAndDestroy()), 'reset'],
  [
    'a server that closes without an answer',
    (socket) => socket.once('data', () => socket.end()),
    'closed-early',
  ],
  [
    'a server that is no web server',
    (socket) => socket.once('data', () => socket.write('220 mail.example ESMTP\r\n\r\n')),
    'malformed',
  ],
  ['a server that never answers', () => undefined, 'timeout'],
  [
    'an answer without end',
    (socket) =>
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        const timer = setInterval(() => socket.write('x'.repeat(10_000)), 1)
        socket.on('close', () => clearInterval(timer))
      }),
    'too-large',
  ],
])('%s is counted by its kind, and nothing hangs [READY-LOAD-06]', async (_what, handle, kind) => {
  const report = await play(await raw(handle), {
    timeoutMs: 200,
    load: [{ kind: 'constant', ratePerSecond: 40, seconds: 0.25 }],
    caps: { maxAnswerBytes: 50_000 },
  })
  expect([report.ok, report.failed]).toEqual([0, 10])
  expect(report.faults[0]?.kind).toBe(kind)
})

test('a target that is down, answers 429 or redirects is counted; redirects are not followed [READY-LOAD-06]', async () => {
  const gone = await http(() => undefined)
  await new Promise((resolve) => void servers.pop()?.close(resolve))
  expect((await play(gone, {})).faults).toEqual([{ kind: 'refused', count: 100 }])
  let elsewhere = 0
  const other = await http((_request, response) => {
    elsewhere++
    response.end()
  })
  const url = await http((_request, response) => {
    response.writeHead(elsewhere === 0 ? 302 : 200, { location: other })
    response.end()
  })
  expect((await play(url, {})).statuses).toEqual([{ status: 302, count: 100 }])
  expect(elsewhere).toBe(0)
  const busy = await http((_request, response) => {
    response.statusCode = 429
    response.end()
  })
  expect((await play(busy, {})).faults).toEqual([{ kind: 'status 429', count: 100 }])
})

test('stops at once when told, and at its caps [READY-LOAD-07]', async () => {
  const url = await http((_request, response) => response.end('ok'))
  const stop = new AbortController()
  setTimeout(() => stop.abort(), 200)
  const stopped = await play(
    url,
    { load: [{ kind: 'constant', ratePerSecond: 100, seconds: 60 }] },
    stop.signal,
  )
  expect(stopped.durationMs).toBeLessThan(10_000)
  expect(stopped.remarks).toContain('Stopped before its end.')
  const capped = await play(url, {
    caps: { maxRequests: 30 },
    load: [{ kind: 'constant', ratePerSecond: 100, seconds: 60 }],
  })
  expect(capped.sent).toBe(30)
  expect(capped.remarks).toContain('Stopped at its cap on requests.')
})
