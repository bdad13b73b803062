import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startCli } from './running-cli.ts'
import type { Started } from './running-cli.ts'

// One server of three processes on its embedded database, with the gateway of models alone.
let base: string
let started: Started
let address: string
let token: string
let upstream: Server
/** Streams that wait for their end. */
const open = new Set<ServerResponse>()

const wholeEnd = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'heavylift-processes-'))
  chmodSync(base, 0o755)
  upstream = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      const { stream = false } = JSON.parse(body || '{}') as { stream?: boolean }
      if (!stream) {
        response.setHeader('content-type', 'application/json')
        response.end(
          '{"object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}',
        )
        return
      }
      response.setHeader('content-type', 'text/event-stream')
      response.write('data: {"choices":[{"index":0,"delta":{"content":"hi"}}]}\n\n')
      open.add(response)
      response.on('close', () => open.delete(response))
    })
  })
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve))
  const table = {
    providers: {
      up: {
        kind: 'openai',
        replicas: [`http://127.0.0.1:${(upstream.address() as AddressInfo).port}/v1`],
      },
    },
    models: { m: { targets: [{ provider: 'up', model: 'm' }] } },
    defaults: { requestsPerMinute: 600 },
  }
  mkdirSync(join(base, 'models'), { recursive: true })
  writeFileSync(join(base, 'models', 'models.config.json'), JSON.stringify(table))
  started = startCli(['serve', '--only', 'models'], base, {
    HEAVYLIFT_SERVER_PORT: '0',
    HEAVYLIFT_SERVER_PROCESSES: '3',
    HEAVYLIFT_MODELS_SAMPLE: 'false',
  })
  ;[, address = ''] = await started.output(/(http:\/\/127\.0\.0\.1:\d+)/)
  await started.output(/Ctrl-C stops everything/)
  token = readFileSync(join(base, 'token'), 'utf8').trim()
  await vi.waitFor(async () => expect(await processes()).toHaveLength(3), { timeout: 60_000, interval: 200 })
}, 120_000)
afterAll(async () => {
  for (const response of open) response.destroy()
  started.child.kill('SIGTERM')
  await started.finished
  await new Promise((resolve) => upstream.close(resolve))
  rmSync(base, { recursive: true, force: true })
}, 60_000)

const get = (path: string, init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {}) =>
  fetch(`${address}${path}`, {
    ...init,
    // A connection each, which the system gives to one of the processes by chance.
    headers: { authorization: `Bearer ${token}`, connection: 'close', ...init.headers },
  })

const call = (body: object = {}) =>
  get('/v1/chat/completions', {
    method: 'POST',
    body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'hi' }], ...body }),
  })

const metrics = async () => (await get('/metrics')).text()

/** Numbers of the processes that answer for their metrics. */
async function processes(): Promise<string[]> {
  const response = await get('/metrics').catch(() => null)
  if (response?.status !== 200) return []
  return [...(await response.text()).matchAll(/process_resident_memory_bytes\{process="(\d+)"\}/g)].map(
    ([, number]) => number ?? '',
  )
}

/** Process ids by the number of the process, as the command that started them says. */
function pids(): Map<number, number> {
  const found = new Map<number, number>()
  const { pid: supervisor } = started.child
  const children = readFileSync(`/proc/${supervisor}/task/${supervisor}/children`, 'utf8')
  for (const pid of children.split(' ').map(Number).filter(Boolean)) {
    const env = readFileSync(`/proc/${pid}/environ`, 'utf8')
    const number = /(?:^|\0)HEAVYLIFT_PROCESS=(\d+)\//.exec(env)?.[1]
    if (number !== undefined) found.set(Number(number), pid)
  }
  return found
}

/** How many calls each process answered well, by its number. */
async function answered(): Promise<Map<string, number>> {
  const counts = (await metrics()).matchAll(
    /models_calls_total\{process="(\d)",model="m",status="ok"\} (\d+)/g,
  )
  return new Map(Array.from(counts, ([, number = '', count]) => [number, Number(count)]))
}

test('every process answers calls on the one port, and one page has the metrics of all [CLI-PROCESSES-01]', async () => {
  let asked = 0
  for (; (await answered()).size < 3 && asked < 200; asked++) {
    const response = await call()
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('"hi"')])
  }
  const counts = await answered()
  expect([...counts.keys()].toSorted()).toEqual(['1', '2', '3'])
  expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(asked)
  // One heading for each metric, as the format asks.
  expect((await metrics()).match(/^# TYPE models_calls_total /gm)).toHaveLength(1)
})

test('what is not a call is answered by the first process, whichever got it, and only who has a key is let in [CLI-PROCESSES-02]', async () => {
  for (let at = 0; at < 6; at++) {
    expect((await get('/api/models/snapshot')).status).toBe(200)
    expect((await get('/healthz')).status).toBe(200)
    expect((await get('/api/models/snapshot', { headers: { authorization: '' } })).status).toBe(401)
    expect((await get('/v1/models', { headers: { authorization: '' } })).status).toBe(401)
    const forged = await get('/api/models/snapshot', {
      headers: { authorization: '', 'x-heavylift-inner': 'x 127.0.0.1' },
    })
    expect(forged.status).toBe(401)
  }
  const stream = await get('/api/models/live')
  const reader = stream.body!.getReader()
  expect(Buffer.from((await reader.read()).value ?? []).toString()).toContain('data: ')
  await reader.cancel()
  const page = await get('/api/models/usage?by=model&bucket=day&fromMs=0&toMs=9e12')
  expect(page.status).toBeLessThan(500)
})

test('a process that is killed is started again, while the others go on; what it streamed is cut, never ended as if whole [CLI-PROCESSES-03]', async () => {
  const before = pids()
  const readers: ReadableStreamDefaultReader<Uint8Array>[] = []
  // Enough that each process has some.
  for (let at = 0; at < 24; at++) readers.push((await call({ stream: true })).body!.getReader())
  await Promise.all(readers.map((reader) => reader.read()))
  const whole = { done: 0, cut: 0, going: 0 }
  const ends = readers.map((reader) =>
    reader.read().then(
      ({ done }) => void (done ? whole.done++ : whole.going++),
      () => void whole.cut++,
    ),
  )
  process.kill(before.get(2)!, 'SIGKILL')
  await expect.poll(() => whole.cut, { timeout: 10_000 }).toBeGreaterThan(0)
  // The others are where they were.
  for (let at = 0; at < 6; at++) expect((await call()).status).toBe(200)
  for (const response of open) response.end(wholeEnd)
  await Promise.all(ends)
  expect(whole.done).toBe(0)
  expect(whole.going).toBeGreaterThan(0)
  await expect.poll(() => processes(), { timeout: 60_000 }).toHaveLength(3)
  expect(pids().get(2)).not.toBe(before.get(2))
  expect(pids().get(3)).toBe(before.get(3))
})

test('without the first process calls are answered, and the rest says to come back until it is there again [CLI-PROCESSES-04]', async () => {
  const before = pids()
  process.kill(before.get(1)!, 'SIGKILL')
  await expect
    .poll(
      () =>
        call().then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 10_000 },
    )
    .toBe(200)
  const statuses = new Set<number>()
  await expect
    .poll(
      async () => {
        statuses.add((await call()).status)
        return (await get('/healthz')).status
      },
      { timeout: 60_000, interval: 50 },
    )
    .toBe(200)
  expect([...statuses]).toEqual([200])
  expect(pids().get(1)).not.toBe(before.get(1))
})

test('when it stops, streams end with an error event in every process, and nothing is left [CLI-PROCESSES-05]', async () => {
  const streams = await Promise.all(Array.from({ length: 6 }, () => call({ stream: true })))
  expect(streams.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 200))
  const texts = streams.map((response) => response.text())
  await expect.poll(() => open.size, { timeout: 10_000 }).toBe(6)
  const children = [...pids().values()]
  started.child.kill('SIGTERM')
  for (const text of await Promise.all(texts)) {
    expect(text).toContain('gateway is stopping')
    expect(text).not.toContain('[DONE]')
  }
  expect((await started.finished).code).toBe(0)
  for (const pid of children) expect(() => process.kill(pid, 0)).toThrow()
}, 60_000)
