import { chmodSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, wayTo } from '@heavylift/store/testing'
import { afterEach, expect, test, vi } from 'vitest'
import { startInstallation } from './running-server.ts'

const ends: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

function dataFolder(): string {
  const home = mkdtempSync(join(tmpdir(), 'heavylift-outage-'))
  // As root PostgreSQL runs as another user; in a folder that it cannot enter its files would go elsewhere, and stay.
  chmodSync(home, 0o755)
  ends.push(() => rmSync(home, { recursive: true, force: true }))
  return home
}

async function start(home: string, env: Record<string, string> = {}) {
  const server = await startInstallation(home, env)
  ends.push(async () => {
    server.child.kill('SIGTERM')
    await server.finished
  })
  return server
}

const postgresPid = (home: string): number =>
  Number(readFileSync(join(home, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0])

test('a PostgreSQL that is killed is started again, 503 meanwhile; one that cannot be ends the server with a sentence [SERVER-OUTAGE-01]', async () => {
  const home = dataFolder()
  const server = await start(home)
  await server.healthy()
  expect((await server.createKey('kept')).status).toBe(200)
  process.kill(postgresPid(home), 'SIGKILL')
  const seen = new Set<number>()
  await vi.waitFor(
    async () => {
      const { status, headers, text } = await server.ask('/api/heavylift/keys')
      seen.add(status)
      if (status === 503)
        expect([headers.get('retry-after'), text]).toEqual([
          '5',
          expect.stringContaining('database does not answer'),
        ])
      expect(status).toBe(200)
      expect(seen).toContain(503)
    },
    { timeout: 30_000, interval: 20 },
  )
  expect(seen).toEqual(new Set([503, 200]))
  await server.healthy()
  expect(await server.keyNames()).toContain('kept')
  const control = join(home, 'postgres', 'data', 'global', 'pg_control')
  renameSync(control, `${control}.away`)
  process.kill(postgresPid(home), 'SIGKILL')
  const { code, stderr } = await server.finished
  expect(code).toBe(1)
  expect(stderr).toMatch(/^PostgreSQL ended again and again and does not stay up .*then start again\.$/m)
  renameSync(`${control}.away`, control)
  expect(await (await start(home)).keyNames()).toEqual(expect.arrayContaining(['kept']))
})

test('an external database that is away makes every route that needs it answer 503 with a plain sentence, and is used again when it is back [SERVER-OUTAGE-02]', async () => {
  const database = await createTestDatabase()
  ends.push(() => database.drop())
  const way = await wayTo(database.url)
  ends.push(() => way.close())
  const server = await start(dataFolder(), { DATABASE_URL: way.url })
  await server.healthy()
  expect((await server.createKey('kept')).status).toBe(200)

  await way.close()
  const reads = [
    '/api/heavylift/keys',
    '/api/shop/imports',
    '/api/heavylift/ledger/decisions',
    '/api/live/matches',
  ]
  for (const path of reads) {
    const { status, headers, text } = await server.ask(path)
    if (status === 200) continue
    expect([path, status, headers.get('retry-after')]).toEqual([path, 503, '5'])
    expect(text).toContain('The database does not answer now.')
  }
  expect((await server.createKey('refused')).status).toBe(503)
  // A run that has just run counts for some seconds.
  await vi.waitFor(
    async () =>
      expect(await server.ask('/healthz')).toMatchObject({
        status: 503,
        body: { parts: { store: { state: 'failing' }, runs: { state: 'failing' } } },
      }),
    { timeout: 30_000, interval: 500 },
  )

  await way.open()
  await server.healthy()
  expect(await server.keyNames()).toContain('kept')
  const { body } = await server.ask('/api/shop/imports?name=after', {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: 'id,title,price\n1,Lamp,10\n',
  })
  const { importId } = body as { importId: string }
  await vi.waitFor(
    async () => {
      const { text } = await server.ask(`/api/shop/imports/${importId}`)
      expect(text).toMatch(/"state":"done"/)
    },
    { timeout: 60_000, interval: 200 },
  )
})
