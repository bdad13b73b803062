import { readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { Installations } from './running-server.ts'

const installations = new Installations()
afterEach(() => installations.end())

const postgresPid = (home: string): number =>
  Number(readFileSync(join(home, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0])

// Starting again is tried for longer on a busy machine, where all of this takes minutes.
test(
  'a PostgreSQL that is killed is started again, 503 meanwhile; one that cannot be ends the server with a sentence [SERVER-OUTAGE-01]',
  { timeout: 300_000, retry: 1 },
  async () => {
    const home = installations.dataFolder()
    const server = await installations.start(home)
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
    expect(await (await installations.start(home)).keyNames()).toEqual(expect.arrayContaining(['kept']))
  },
)
