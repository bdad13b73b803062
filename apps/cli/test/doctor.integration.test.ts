import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestStore } from '@heavylift/store/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runCliProcess } from './running-cli.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'heavylift-doctor-'))
  chmodSync(home, 0o711)
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

interface Answer {
  state: string
  checks: { name: string; state: string; found: string; advice?: string }[]
}

async function ask(
  env: Record<string, string> = {},
): Promise<{ code: number | null; answer: Answer; of: (name: string) => unknown }> {
  const { code, stdout } = await runCliProcess(['doctor', '--json'], home, {
    HEAVYLIFT_SERVER_PORT: '0',
    ...env,
  })
  const answer = JSON.parse(stdout) as Answer
  return { code, answer, of: (name) => answer.checks.find((check) => check.name === name) }
}

test('an installation that was never started is well, and nothing is made by looking [CLI-DOCTOR-01]', async () => {
  const { code, answer, of } = await ask()
  expect(answer.checks.filter(({ state }) => state === 'fail' || state === 'warn')).toEqual([])
  expect(code).toBe(0)
  expect(of('server')).toMatchObject({ state: 'note', advice: 'npx heavylift serve' })
  expect(of('PostgreSQL')).toMatchObject({ state: 'note', found: 'not made yet' })
  expect(of('configuration')).toMatchObject({ state: 'ok' })
  expect(readdirSync(home)).toEqual([])
  const table = await runCliProcess(['doctor'], home, { HEAVYLIFT_SERVER_PORT: '0' })
  expect(table.stdout).toMatch(/^state +what +found +what to do\n/)
  expect(table.stdout).toMatch(/All is well\.\n$/)
})

test('what does not answer is named with what to do, and the exit code is that of the worst [CLI-DOCTOR-02]', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const table = {
    providers: {
      gpu: { kind: 'openai', replicas: [`http://127.0.0.1:${port}/v1`, 'http://127.0.0.1:1/v1'] },
    },
  }
  writeFileSync(join(home, 'table.json'), JSON.stringify(table))
  const { code, answer, of } = await ask({
    HEAVYLIFT_SERVER_PORT: String(port),
    DATABASE_URL: 'postgres://somebody:hidden-word@127.0.0.1:1/none',
    OBJECTS_URL: 's3://bucket?region=eu-central-1&endpoint=http://127.0.0.1:1',
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
    HEAVYLIFT_LIVE_NATS_SERVERS: '["127.0.0.1:1"]',
    HEAVYLIFT_MODELS_CONFIG_FILE: join(home, 'table.json'),
    HEAVYLIFT_SHARED: join(home, 'table.json'),
  })
  server.close()
  expect(code).toBe(1)
  for (const name of ['port', 'PostgreSQL', 'objects', 'NATS', 'shared folder'])
    expect(of(name)).toMatchObject({ state: 'fail', advice: expect.any(String) })
  expect(answer.checks.filter(({ name }) => name === 'provider gpu').map(({ state }) => state)).toEqual([
    'ok',
    'fail',
  ])
  expect(JSON.stringify(answer)).not.toContain('hidden-word')
})

test('a configuration and a table that are wrong are told with their places [CLI-DOCTOR-02]', async () => {
  const wrong = await ask({ HEAVYLIFT_SERVER_PORT: 'lots' })
  expect(wrong.code).toBe(1)
  expect(wrong.of('configuration')).toMatchObject({
    state: 'fail',
    found: expect.stringContaining('HEAVYLIFT_SERVER_PORT'),
  })
  writeFileSync(join(home, 'table.json'), '{\n  "providers": { "gpu": { "kind": "opnai" } }\n}')
  const table = await ask({ HEAVYLIFT_MODELS_CONFIG_FILE: join(home, 'table.json') })
  expect(table.of('table of models')).toMatchObject({
    state: 'fail',
    found: expect.stringContaining('line 2'),
  })
})

test('a database of a newer release fails in one sentence, and a start changes nothing of it [CLI-UPGRADE-01]', async () => {
  const store = await createTestStore({
    migrations: { shop: [{ name: '0999-of-the-future', sql: 'CREATE TABLE future (n int)' }] },
  })
  const env = { DATABASE_URL: store.databaseUrl, HEAVYLIFT_SERVER_PORT: '0' }
  const schemas = async () => {
    const db = store.host.forSystem('shop').database<{ pg_namespace: { nspname: string } }>()
    return (await db.selectFrom('pg_namespace').select('nspname').orderBy('nspname').execute()).map(
      (row) => row.nspname,
    )
  }
  try {
    const before = await schemas()
    const sentence =
      'The database has run migration "0999-of-the-future" of shop, which this release does not know. Start the newer release, or restore a backup from before it.'
    const { code, of } = await ask(env)
    expect([code, of('migrations')]).toEqual([1, { name: 'migrations', state: 'fail', found: sentence }])
    const started = await runCliProcess(['serve'], home, env)
    expect([started.code, started.stdout]).toEqual([1, ''])
    expect(started.stderr.split('\n').filter((line) => line !== '' && !line.startsWith('Stopping'))).toEqual([
      sentence,
    ])
    expect(await schemas()).toEqual(before)
  } finally {
    await store.close()
  }
})
