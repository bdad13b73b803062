import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom } from '@heavylift/core'
import { expect, vi } from 'vitest'
import { runCliProcess, startCli } from './running-cli.ts'
import { startInstallation } from './running-server.ts'
import type { RunningInstallation } from './running-server.ts'

/** What a server said yes to before it was killed. */
interface Acknowledged {
  keys: { name: string; secret: string }[]
  /** Lines of the match that were taken. */
  taken: number
  importId: string | null
  clearance: boolean
}

const partLines = 20

/**
 * Kills a whole installation with SIGKILL, `startKills` times while it starts for the first time, then `rounds` times while it makes keys, takes a live
 * match and a feed, and clears a version. After each next start, by itself, everything that it had said yes to is there and goes on.
 */
export async function killAtWork({
  startKills,
  rounds,
  seed,
}: {
  startKills: number
  rounds: number
  seed: number
}): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'heavylift-killed-'))
  // As root PostgreSQL runs as another user; in a folder that it cannot enter its files would go elsewhere, and stay.
  chmodSync(home, 0o755)
  const random = createRandom(`killed/${seed}`)
  let server: RunningInstallation | null = null
  try {
    // In the middle of making the database, and of bringing its schemas up to date.
    for (let kill = 0; kill < startKills; kill++) {
      const first = startCli(['serve'], home, { HEAVYLIFT_SERVER_PORT: '0' })
      await new Promise((resolve) => setTimeout(resolve, 400 + 3_600 * random.next()))
      first.child.kill('SIGKILL')
      await first.finished
    }
    const { stdout } = await runCliProcess(['live', 'simulate', 'nba'], home)
    // Tracking makes most of it, and nothing of the score.
    const game = stdout.split(/(?<=\n)/).filter((line) => !line.includes('"nba-frame"'))
    const start = () => startInstallation(home)
    server = await start()
    for (let round = 0; round < rounds; round++) {
      const acknowledged: Acknowledged = { keys: [], taken: 0, importId: null, clearance: false }
      const working = work(server, round, game, acknowledged)
      await vi.waitFor(
        () => {
          expect(acknowledged.clearance).toBe(true)
          expect(acknowledged.importId).not.toBeNull()
          expect(acknowledged.keys.length).toBeGreaterThan(0)
          expect(acknowledged.taken).toBeGreaterThan(0)
        },
        { timeout: 60_000, interval: 5 },
      )
      await new Promise((resolve) => setTimeout(resolve, random.next() * 500))
      server.child.kill('SIGKILL')
      await server.finished
      await working
      server = await start()
      await check(server, round, game, acknowledged)
    }
  } finally {
    server?.child.kill('SIGTERM')
    await server?.finished
    rmSync(home, { recursive: true, force: true })
  }
}

/** Does everything at once until the server is gone. */
async function work(
  server: RunningInstallation,
  round: number,
  game: readonly string[],
  acknowledged: Acknowledged,
): Promise<void> {
  const all = [
    (async () => {
      for (let n = 0; ; n++) {
        const name = `key-${round}-${n}`
        const { status, body } = await server.createKey(name)
        if (status === 200) acknowledged.keys.push({ name, secret: (body as { secret: string }).secret })
      }
    })(),
    (async () => {
      while (acknowledged.taken < game.length) {
        const part = game.slice(acknowledged.taken, acknowledged.taken + partLines)
        const { body } = await push(server, round, part)
        expect(body).toMatchObject({ accepted: part.length, rejected: 0 })
        acknowledged.taken += part.length
      }
    })(),
    (async () => {
      const { status } = await server.ask('/api/drive/clearances', {
        method: 'POST',
        body: JSON.stringify({ version: 'scenario', suite: 'smoke', seed: round }),
      })
      acknowledged.clearance = status === 200
    })(),
    (async () => {
      const rows = Array.from(
        { length: 3_000 },
        (_, n) => `${round}-${n},Lamp ${n} of round ${round},${10 + (n % 90)}`,
      )
      const { body } = await server.ask(`/api/shop/imports?name=round-${round}`, {
        method: 'POST',
        headers: { 'content-type': 'text/csv' },
        body: `id,title,price\n${rows.join('\n')}\n`,
      })
      acknowledged.importId = (body as { importId: string }).importId
    })(),
  ]
  await Promise.allSettled(all)
}

function push(server: RunningInstallation, round: number, lines: readonly string[]) {
  return server.ask(`/api/live/feed?format=heavylift-jsonl&match=match-${round}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: lines.join(''),
  })
}

async function check(
  server: RunningInstallation,
  round: number,
  game: readonly string[],
  acknowledged: Acknowledged,
): Promise<void> {
  await server.healthy()
  // Keys: each that was given out opens the door.
  for (const { secret } of acknowledged.keys) {
    const { status } = await server.ask('/api/heavylift/systems', {
      headers: { authorization: `Bearer ${secret}` },
    })
    expect(status).toBe(200)
  }
  expect(await server.keyNames()).toEqual(expect.arrayContaining(acknowledged.keys.map(({ name }) => name)))

  // The match: what was taken is known, the rest follows, and its end is that of the game.
  const again = await push(server, round, game.slice(0, acknowledged.taken))
  expect(again.body).toMatchObject({ accepted: 0, duplicates: acknowledged.taken, rejected: 0 })
  await push(server, round, game.slice(acknowledged.taken))
  const end = JSON.parse(game.at(-1) ?? '') as { homeScore: number; awayScore: number }
  await eventually(async () => {
    const { body } = await server.ask('/api/live/matches')
    const { matches } = body as { matches: { match: { id: string } }[] }
    expect(matches.find(({ match }) => match.id === `match-${round}`)).toMatchObject({
      status: 'ended',
      homeScore: end.homeScore,
      awayScore: end.awayScore,
    })
  })

  // The import, and the clearance: both go on by themselves.
  await eventually(async () => {
    const { body } = await server.ask(`/api/shop/imports/${acknowledged.importId}`)
    expect(body).toMatchObject({ state: 'done' })
  })
  await eventually(async () => {
    const { body } = await server.ask('/api/drive/clearances')
    expect(body).toMatchObject({ running: null })
    expect((body as { clearances: unknown[] }).clearances.length).toBe(round + 1)
  })
}

const eventually = (assertion: () => Promise<void>): Promise<void> =>
  vi.waitFor(assertion, { timeout: 120_000, interval: 300 })
