import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestStore } from '@heavylift/store/testing'
import type { TestStore } from '@heavylift/store/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCliProcess, startCli } from './running-cli.ts'
import type { Started } from './running-cli.ts'

// Two servers as on two machines: one database, data folders of their own, and one folder that both see.
let base: string
let store: TestStore
const servers: Server[] = []
beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'heavylift-two-'))
  chmodSync(base, 0o755)
  store = await createTestStore({ durable: true })
  // The first to come leads in everything, so that its end hands all of it over.
  for (const name of ['a', 'b'])
    servers.push(await startServer(name, { HEAVYLIFT_SHARED: join(base, 'shared') }))
})
afterAll(async () => {
  for (const { child } of servers) child.kill('SIGTERM')
  await Promise.all(servers.map(({ finished }) => finished))
  await store.close()
  rmSync(base, { recursive: true, force: true })
})

interface Server extends Started {
  address: string
  call<Answer = unknown>(method: string, path: string, body?: unknown): Promise<Answer>
  stream(path: string, lastEventId?: string): Promise<ReadableStreamDefaultReader<Uint8Array>>
}

async function startServer(name: string, env: Record<string, string>): Promise<Server> {
  const dataDir = join(base, name)
  const started = startCli(['serve'], dataDir, {
    DATABASE_URL: store.databaseUrl,
    HEAVYLIFT_SERVER_PORT: '0',
    HEAVYLIFT_DRIVE_SAMPLE: 'false',
    HEAVYLIFT_JOBS_WORKERS: '2',
    ...env,
  })
  const [, address = ''] = await started.output(/(http:\/\/127\.0\.0\.1:\d+)/)
  await started.output(/Ctrl-C stops everything/)
  const headers = { authorization: `Bearer ${readFileSync(join(dataDir, 'token'), 'utf8').trim()}` }
  return {
    ...started,
    address,
    async call<Answer>(method: string, path: string, body?: unknown) {
      const response = await fetch(`${address}/api/${path}`, {
        method,
        headers: { ...headers, ...(typeof body === 'object' ? { 'content-type': 'application/json' } : {}) },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
      return (await response.json().catch(() => null)) as Answer
    },
    async stream(path, lastEventId) {
      const response = await fetch(`${address}/api/${path}`, {
        headers: { ...headers, ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) },
      })
      return response.body!.getReader()
    },
  }
}

/** Reads a stream until its text matches. */
async function readUntil(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  pattern: RegExp,
): Promise<RegExpExecArray> {
  let text = ''
  for (;;) {
    const found = pattern.exec(text)
    if (found) return found
    const { value, done } = await reader.read()
    if (done) throw new Error(`It ended first: ${text}`)
    text += Buffer.from(value).toString()
  }
}
const patient = { timeout: 40_000, interval: 100 }

test('a catalog that one server imports and a key that it makes are the other’s too, at once [CORE-START-11]', async () => {
  const [, b] = servers as [Server, Server]
  const file = join(base, 'catalog.csv')
  writeFileSync(file, 'id,title,price,description\nz-1,Zephyrine harpoon kettle,19.90,A kettle.\n')
  const imported = await runCliProcess(['import', file], join(base, 'a'), { DATABASE_URL: store.databaseUrl })
  expect([imported.code, imported.stderr]).toEqual([0, expect.any(String)])
  const search = () => b.call('POST', 'shop/search', { query: 'zephyrine harpoon kettle' })
  await expect.poll(search, patient).toMatchObject({
    products: expect.arrayContaining([expect.objectContaining({ title: 'Zephyrine harpoon kettle' })]),
  })
  const made = await runCliProcess(['keys', 'create', 'robot', '--json'], join(base, 'a'), {
    DATABASE_URL: store.databaseUrl,
  })
  const { secret } = JSON.parse(made.stdout) as { secret: string }
  expect(
    (await fetch(`${b.address}/api/live/matches`, { headers: { authorization: `Bearer ${secret}` } })).status,
  ).toBe(200)
})

test('a match that one server takes is told by the other, which goes on where a client was [LIVE-HOST-07]', async () => {
  const [a, b] = servers as [Server, Server]
  const file = join(base, 'game.jsonl')
  await runCliProcess(['live', 'simulate', 'nba', '--out', file, '--seed', '3'], join(base, 'a'))
  const events = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('{"kind":"nba-frame"'))
  const { matchId } = JSON.parse(events[0]!) as { matchId: string }
  const lines = (part: string[]) => part.map((line) => `${line}\n`).join('')
  const feed = 'live/feed?format=heavylift-jsonl'
  await a.call('POST', feed, lines(events.slice(0, 200)))
  await expect
    .poll(() => b.call<{ matches: unknown[] }>('GET', 'live/matches'), patient)
    .toMatchObject({ matches: [{ match: { id: matchId } }] })
  const atB = await b.stream(`live/matches/${matchId}/insights/stream`)
  const [, cursor = ''] = await readUntil(atB, /id: (\d+)\n/)
  await atB.cancel()
  await b.call('POST', feed, lines(events.slice(200)))
  const atA = await a.stream(`live/matches/${matchId}/insights/stream`, cursor)
  const [, next = ''] = await readUntil(atA, /id: (\d+)\n/)
  expect(Number(next)).toBeGreaterThan(Number(cursor))
  await atA.cancel()
  // The same events by the other door count once.
  expect(await a.call('POST', feed, lines(events.slice(200)))).toMatchObject({ accepted: 0 })
})

test('a budget is one for both: 60 calls at once spend it, and no more than 1 % beyond [MODELS-SHARED-12]', async () => {
  // Ten cents each: ten millionths of a dollar for the prompt, and the rest for the answer.
  const completion = {
    object: 'chat.completion',
    choices: [{ index: 0, message: { role: 'assistant', content: 'yes' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 10, completion_tokens: 9_999, total_tokens: 10_009 },
  }
  const upstream = createServer((request, response) => {
    request.resume()
    setTimeout(() => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(completion))
    }, 30)
  })
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve))
  try {
    const { port } = upstream.address() as AddressInfo
    const table = {
      providers: { up: { kind: 'openai', replicas: [`http://127.0.0.1:${port}/v1`] } },
      models: { priced: { targets: [{ provider: 'up', model: 'upstream-m' }] } },
      prices: { 'upstream-m': { input: 1, output: 10 } },
    }
    for (const name of ['a', 'b']) {
      mkdirSync(join(base, name, 'models'), { recursive: true })
      writeFileSync(join(base, name, 'models', 'models.config.json'), JSON.stringify(table))
    }
    const made = await runCliProcess(
      ['keys', 'create', 'spender', '--scope', 'models', '--budget', '1', '--json'],
      join(base, 'a'),
      { DATABASE_URL: store.databaseUrl },
    )
    expect(made).toMatchObject({ code: 0, stdout: expect.stringContaining('hl_sk_') })
    const { secret } = JSON.parse(made.stdout) as { secret: string }
    const headers = { authorization: `Bearer ${secret}` }
    for (const { address } of servers.slice(0, 2))
      await expect
        .poll(async () => (await fetch(`${address}/v1/models/priced`, { headers })).status, patient)
        .toBe(200)
    const ask = async (at: number) => {
      const response = await fetch(`${servers[at % 2]!.address}/v1/chat/completions`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({
          model: 'priced',
          max_tokens: 9_995,
          messages: [{ role: 'user', content: 'May I?' }],
        }),
      })
      return { status: response.status, text: await response.text() }
    }
    const answers = await Promise.all(Array.from({ length: 60 }, (_, at) => ask(at)))
    // What one server held and did not use, the other may have.
    for (let at = 0; at < 6; at++) answers.push(await ask(at))
    const answered = answers.filter(({ status }) => status === 200)
    const refused = answers.filter(({ status }) => status !== 200)
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([429]))
    expect(refused[0]?.text).toContain('budget-exhausted')
    const cents = 10
    expect(answered.length * cents).toBeLessThanOrEqual(101)
    expect(answered.length * cents).toBeGreaterThan(80)
  } finally {
    upstream.close()
    upstream.closeAllConnections()
  }
})

test('jobs and clearances of one server are seen by the other, which takes them over when it is killed [JOBS-SERVICE-08] [DRIVE-CLEAR-17] [LIVE-HOST-08]', async () => {
  const [a, b] = servers as [Server, Server]
  await b.call('POST', 'live/sample')
  const playing = async (server: Server) => {
    const { matches } = await server.call<{ matches: { match: { id: string }; status: string }[] }>(
      'GET',
      'live/matches',
    )
    return matches.map(({ match }) => match.id).filter((id) => id.startsWith('demo-'))
  }
  // One of them plays: one match of each sport.
  await expect.poll(async () => (await playing(a)).length, patient).toBe(4)
  const { jobId } = await a.call<{ jobId: string }>('POST', 'jobs/sample')
  await a.call('POST', 'drive/clearances', { version: 'idm', suite: 'full', cases: 100, reference: '' })
  const shown = () => b.call('GET', `jobs/jobs/${jobId}`)
  expect(await shown()).toMatchObject({ job: { id: jobId } })
  await expect
    .poll(() => b.call('GET', 'drive/clearances'), patient)
    .toMatchObject({ running: { version: 'idm', error: null, progress: { done: expect.any(Number) } } })
  const before = await playing(a)
  a.child.kill('SIGKILL')
  await a.finished
  await expect
    .poll(shown, patient)
    .toMatchObject({ job: { starts: 2, state: expect.stringMatching(/^(waiting|running)$/) } })
  await b.call('POST', `jobs/jobs/${jobId}/cancel`)
  await expect
    .poll(() => b.call('GET', 'drive/clearances'), patient)
    .toMatchObject({ running: null, clearances: [{ version: 'idm' }] })
  // The other plays its own from now on.
  await expect.poll(async () => (await playing(b)).some((id) => !before.includes(id)), patient).toBe(true)
  expect(await b.call('GET', 'live/sample')).toEqual({ isRunning: true })
  expect(await b.call('DELETE', 'live/sample')).toMatchObject({ removed: expect.any(Number) })
  expect(await b.call('GET', 'live/sample')).toEqual({ isRunning: false })
})

test('servers that do not see each other’s files say so on their tiles, and what to set [CORE-START-10]', async () => {
  const c = await startServer('c', {})
  try {
    for (const system of ['jobs', 'drive']) {
      expect(await c.call('GET', `heavylift/systems/${system}/tile`)).toMatchObject({
        state: 'degraded',
        headline: expect.stringMatching(/^2 servers share the database.*Set data\.sharedDir/),
      })
    }
  } finally {
    c.child.kill('SIGTERM')
    await c.finished
  }
})
