import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isInHistory, layOut } from './earlier-commit.ts'
import { startCli } from './running-cli.ts'
import type { Started } from './running-cli.ts'

let base: string
let running: Started | null = null
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'heavylift-upgrade-'))
  chmodSync(base, 0o755)
})
afterEach(async () => {
  running?.child.kill('SIGTERM')
  await running?.finished
  running = null
  rmSync(base, { recursive: true, force: true })
})

// The oldest that runs on the packages that are installed now, and one of an hour later. The first has the application's role as a superuser, no
// table of synonyms, of pictures, of the log, of the demo or of clearances.
for (const commit of ['ca0e85ee', '50339e20'])
  test(`the data of commit ${commit} starts under this one, with its products, keys, matches and decisions [CLI-UPGRADE-02]`, async ({
    skip,
  }) => {
    if (!isInHistory(commit)) skip('the history does not hold the commit')
    const earlier = layOut(commit, join(base, 'earlier'))
    const home = join(base, 'home')
    mkdirSync(home, { mode: 0o755 })
    const empty = join(base, 'no-console')
    mkdirSync(empty)
    const env = {
      HEAVYLIFT_SERVER_PORT: '0',
      HEAVYLIFT_DRIVE_SAMPLE: 'false',
      // Nothing is to be built for it.
      HEAVYLIFT_SERVER_CONSOLE_DIR: empty,
    }
    const run = async (args: string[], path?: string) => {
      const { code, stdout, stderr } = await startCli(args, home, env, [], path).finished
      expect([code, code === 0 ? '' : stderr]).toEqual([0, ''])
      return stdout
    }
    const serve = async (path?: string) => {
      running = startCli(['serve'], home, env, [], path)
      const [, address = ''] = await running.output(/(http:\/\/127\.0\.0\.1:\d+)/)
      await running.output(/Ctrl-C stops everything/)
      return address
    }
    const stop = async () => {
      running?.child.kill('SIGTERM')
      await running?.finished
    }

    const before = await serve(earlier)
    const catalog = join(base, 'catalog.csv')
    writeFileSync(catalog, 'id,title,price,description\nz-1,Zephyrine harpoon kettle,19.90,A kettle.\n')
    await run(['import', catalog], earlier)
    const { secret } = JSON.parse(await run(['keys', 'create', 'kept', '--json'], earlier)) as {
      secret: string
    }
    const headers = { authorization: `Bearer ${secret}` }
    const game = join(base, 'game.jsonl')
    await run(['live', 'simulate', 'nba', '--seed', '3', '--out', game])
    const actions = readFileSync(game, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('{"kind":"nba-frame"'))
    await fetch(`${before}/api/live/feed?format=heavylift-jsonl`, {
      method: 'POST',
      headers,
      body: `${actions.join('\n')}\n`,
    })
    const decisions = async (address: string) => {
      const response = await fetch(`${address}/api/heavylift/ledger/decisions?limit=200&system=live`, {
        headers,
      })
      return ((await response.json()) as { decisions: unknown[] }).decisions.length
    }
    await expect.poll(() => decisions(before), { timeout: 60_000, interval: 200 }).toBeGreaterThan(40)
    const told = await decisions(before)
    await stop()

    const after = await serve()
    const post = await fetch(`${after}/api/shop/search`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ query: 'zephyrine harpoon kettle' }),
    })
    expect(await post.json()).toMatchObject({
      products: expect.arrayContaining([expect.objectContaining({ title: 'Zephyrine harpoon kettle' })]),
    })
    const matches = await (await fetch(`${after}/api/live/matches`, { headers })).json()
    expect(matches).toMatchObject({ matches: [{ match: { id: 'sim-nba-3' }, status: 'ended' }] })
    expect(await decisions(after)).toBeGreaterThanOrEqual(told)
    expect(await (await fetch(`${after}/healthz`)).json()).toMatchObject({ status: 'ok' })
    const { checks } = JSON.parse(await run(['doctor', '--json'])) as {
      checks: { name: string; found: string }[]
    }
    expect(checks.find(({ name }) => name === 'migrations')?.found).toBe('up to date')
  }, 300_000)
