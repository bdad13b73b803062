import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startScriptedModelServer } from '@heavylift/models/testing'
import type { ModelScript } from '@heavylift/models/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runCliProcess } from './running-cli.ts'
import { Installations } from './running-server.ts'
import type { RunningInstallation } from './running-server.ts'

const installations = new Installations()
let home: string
let script: ModelScript

beforeEach(async () => {
  script = { deltas: ['Hel', 'lo'] }
  const upstream = await startScriptedModelServer(() => script)
  installations.onEnd(() => upstream.close())
  home = installations.dataFolder()
  mkdirSync(join(home, 'models'), { recursive: true })
  const table = {
    providers: { own: { kind: 'openai', replicas: [upstream.baseUrl] } },
    models: { answers: { targets: [{ provider: 'own', model: 'scripted' }] } },
    prices: { scripted: { input: 1, output: 2 } },
  }
  writeFileSync(join(home, 'models', 'models.config.json'), JSON.stringify(table))
})
afterEach(() => installations.end())

const gateway = () => installations.start(home, {}, ['gateway'])

function complete(server: RunningInstallation, key: string): ReturnType<RunningInstallation['ask']> {
  return server.ask('/v1/chat/completions', {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ model: 'answers', stream: true, messages: [{ role: 'user', content: 'Hello' }] }),
  })
}

async function calls(server: RunningInstallation): Promise<{ status: string; keyId: string | null }[]> {
  const { body } = await server.ask('/api/models/calls')
  return (body as { calls: { status: string; keyId: string | null }[] }).calls
}

test('the gateway alone runs without a database: keys, limits and usage are there after kill -9, a backup and a move into PostgreSQL [MODELS-ALONE-01]', async () => {
  // Before the first start, and by the command line while it runs.
  const args = [
    'keys',
    'create',
    'team',
    '--models',
    'answers',
    '--budget',
    '5',
    '--expires',
    '30d',
    '--json',
  ]
  const made = JSON.parse((await runCliProcess(args, home)).stdout) as {
    key: { keyId: string; scope: string; limits: object }
    secret: string
  }
  expect(made.key).toMatchObject({ scope: 'models', limits: { models: ['answers'], budgetUsdPerMonth: 5 } })
  const first = await gateway()
  expect(existsSync(join(home, 'postgres'))).toBe(false)
  const answer = await complete(first, made.secret)
  expect([answer.status, answer.text.includes('data: [DONE]')]).toEqual([200, true])
  // It is in the log before the client has the end of its answer.
  first.child.kill('SIGKILL')
  await once(first.child, 'exit')

  const second = await gateway()
  expect(await calls(second)).toMatchObject([{ status: 'ok', keyId: made.key.keyId }])
  const usage = (await second.ask('/api/models/usage?by=key')).body
  expect(usage).toMatchObject({ total: { calls: 1, costMicros: 14 }, groups: [{ name: made.key.keyId }] })
  expect((await complete(second, made.secret)).status).toBe(200)
  const printed = (await runCliProcess(['models', 'usage', '--by', 'key'], home)).stdout
  expect(printed).toMatch(new RegExp(`${made.key.keyId} +2 +0 +20 +4 +\\$0\\.00`))
  const lines = (await runCliProcess(['models', 'usage', '--calls'], home)).stdout.trimEnd().split('\n')
  expect(lines.map((line) => (JSON.parse(line) as { status: string }).status)).toEqual(['ok', 'ok'])
  // What needs a database says so.
  for (const path of ['/api/heavylift/ledger/summary', '/api/models/ready?tag=x']) {
    const { status, body } = await second.ask(path, path.includes('ready') ? { method: 'DELETE' } : {})
    expect({ path, status, body }).toMatchObject({ status: 501, body: { error: { code: 'needs-database' } } })
  }
  const doctor = JSON.parse((await runCliProcess(['doctor', '--json'], home)).stdout) as {
    checks: { name: string; state: string; found: string }[]
  }
  expect(doctor.checks).toContainEqual(
    expect.objectContaining({ name: 'keys', state: 'ok', found: expect.stringMatching(/^1 key in/) }),
  )
  const archive = join(installations.dataFolder(), 'gateway.tar.zst')
  expect((await runCliProcess(['backup', archive], home)).code).toBe(0)
  second.child.kill('SIGTERM')
  expect((await second.finished).code).toBe(0)

  const restored = join(installations.dataFolder(), 'restored')
  expect((await runCliProcess(['restore', archive], restored)).code).toBe(0)
  const third = await installations.start(restored, {}, ['gateway'])
  expect(await calls(third)).toHaveLength(2)
  expect((await complete(third, made.secret)).status).toBe(200)

  // The same folder with a database takes all of it in.
  const fourth = await installations.start(home, { HEAVYLIFT_STORE_KIND: 'postgresql' }, [
    'serve',
    '--only',
    'models',
  ])
  expect(existsSync(join(home, 'postgres'))).toBe(true)
  expect(await calls(fourth)).toHaveLength(2)
  expect((await complete(fourth, made.secret)).status).toBe(200)
  expect((await fourth.ask('/api/heavylift/ledger/summary')).body).toMatchObject({ summary: { count: 2 } })
}, 120_000)

test('a gateway alone that stops ends a stream with the event that its API has for it, and books it [MODELS-ALONE-07]', async () => {
  script = { deltas: Array.from({ length: 10_000 }, () => 'word '), delayMs: 20 }
  const server = await installations.start(home, { HEAVYLIFT_SERVER_SHUTDOWN_GRACE_MS: '200' }, ['gateway'])
  const answer = await fetch(`${server.address}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await tokenKey(server)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'answers', stream: true, messages: [{ role: 'user', content: 'Hello' }] }),
  })
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = (await reader?.read())?.value ?? ''
  server.child.kill('SIGTERM')
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) text += part.value
  expect(text).toMatch(/data: \{"error":.*\}\n\n$/)
  expect(text).not.toContain('[DONE]')
  expect((await server.finished).code).toBe(0)
  const next = await gateway()
  expect(await calls(next)).toMatchObject([{ status: 'cut' }])
}, 60_000)

async function tokenKey(server: RunningInstallation): Promise<string> {
  return ((await server.createKey('streams')).body as { secret: string }).secret
}

test('files are refused where a system needs a database, before anything starts', async () => {
  const { code, stderr } = await runCliProcess(['serve', '--only', 'shop'], home, {
    HEAVYLIFT_STORE_KIND: 'files',
  })
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(/^store\.kind is files, and .*shop.* PostgreSQL\./),
  ])
})
