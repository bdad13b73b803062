import { createTestDatabase, wayTo } from '@heavylift/store/testing'
import { afterEach, expect, test, vi } from 'vitest'
import { Installations } from './running-server.ts'
import type { RunningInstallation } from './running-server.ts'

const installations = new Installations()
afterEach(() => installations.end())

const sentence = 'The database does not answer now.'

/** Every route that is read, but streams, with `x` for what it names. */
async function readablePaths(server: RunningInstallation): Promise<string[]> {
  const { body } = await server.ask('/openapi.json')
  const { paths } = body as {
    paths: Record<string, { get?: { responses: Record<string, { content?: object }> } }>
  }
  return Object.entries(paths)
    .filter(([, { get }]) => get && !('text/event-stream' in (get.responses['200']?.content ?? {})))
    .map(([path]) => path.replaceAll(/\{\w+\}/g, 'x'))
}

test('an external database that is away makes every route that needs it answer 503 with a plain sentence, and is used again when it is back [SERVER-OUTAGE-02]', async () => {
  const database = await createTestDatabase()
  installations.onEnd(() => database.drop())
  const way = await wayTo(database.url)
  installations.onEnd(() => way.close())
  const server = await installations.start(installations.dataFolder(), { DATABASE_URL: way.url })
  await server.healthy()
  expect((await server.createKey('kept')).status).toBe(200)

  const paths = await readablePaths(server)
  expect(paths.length).toBeGreaterThan(50)

  await way.close()
  const away: string[] = []
  for (const path of paths) {
    const { status, headers, text } = await server.ask(path)
    expect.soft([path, status, text]).not.toEqual([path, 500, text])
    if (status !== 503 || path === '/healthz') continue
    away.push(path)
    expect
      .soft([path, headers.get('retry-after'), text])
      .toEqual([path, '5', expect.stringContaining(sentence)])
  }
  expect(away).toEqual(
    expect.arrayContaining(['/api/heavylift/keys', '/api/shop/imports', '/api/live/matches']),
  )
  const feed = {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: 'id,title,price\n1,Lamp,10\n',
  }
  for (const refused of [await server.createKey('refused'), await server.ask('/api/shop/imports', feed)]) {
    expect(refused).toMatchObject({ status: 503, text: expect.stringContaining(sentence) as string })
  }
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
  const { body } = await server.ask('/api/shop/imports', feed)
  const { importId } = body as { importId: string }
  await vi.waitFor(
    async () => {
      const { text } = await server.ask(`/api/shop/imports/${importId}`)
      expect(text).toMatch(/"state":"done"/)
    },
    { timeout: 60_000, interval: 200 },
  )
})
