import { HeavyliftError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runReplay } from '../../src/commands/replay.ts'

let folder = ''
let file = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replay-'))
  file = join(folder, 'flags.jsonl')
  const clocks = (n: number) => ({
    eventTimeMs: 1_700_000_000_000 + n,
    eventTimeFrom: 'wall',
    game: null,
    smpte: null,
  })
  const flags = Array.from({ length: 1_200 }, (_, n) => ({
    kind: 'race-flag',
    flag: n % 2 === 0 ? 'green' : 'caution',
    lap: n,
    elapsedSeconds: n,
    comment: null,
    matchId: 'r',
    clocks: clocks(n),
    sourceRef: `#${n}`,
  }))
  await writeFile(file, flags.map((event) => `${JSON.stringify(event)}\n`).join(''))
})
afterAll(() => rm(folder, { recursive: true }))

/** Plays the file into a server that fails as `faults` says, call by call; null answers. */
async function play(
  faults: (Error | number | null)[],
  given: { file: string; options: Record<string, string> } = { file, options: { format: 'heavylift-jsonl' } },
): Promise<{ result: unknown; taken: Set<string>; unanswered: number; printed: string[] }> {
  const taken = new Set<string>()
  let unanswered = 0
  const printed: string[] = []
  const input = {
    args: { file: given.file },
    options: { speed: 'max', ...given.options },
    print: (line: string) => printed.push(line),
    report: () => undefined,
    signal: AbortSignal.timeout(20_000),
    api: async (_path: string, init: { body: string }) => {
      const lines = init.body.trim().split('\n')
      const fault = faults.shift() ?? null
      // A connection that is lost while it answers has taken what it was sent.
      const fresh = lines.filter((line) => !taken.has(line))
      if (fault instanceof Error || fault === null) for (const line of fresh) taken.add(line)
      if (fault instanceof Error) {
        unanswered += fresh.length
        throw fault
      }
      if (fault !== null) return new Response('{"error":{"code":"x","message":"no"}}', { status: fault })
      return Response.json({
        accepted: fresh.length,
        duplicates: lines.length - fresh.length,
        rejected: 0,
        matches: ['r'],
      })
    },
  } as unknown as CommandInput
  return { result: await runReplay(input), taken, unanswered, printed }
}

test('a file is played by a mapping of its own, gzipped or not [LIVE-MAPPING-08]', async () => {
  const mapping = join(folder, 'karts.json')
  await writeFile(
    mapping,
    JSON.stringify({
      name: 'karts',
      sport: 'race',
      match: { id: { constant: 'karts' } },
      clock: { eventTime: { from: 'at', as: 'epoch-s' } },
      events: [{ kind: 'race-lap', fields: { carId: { from: 'kart' }, lap: { from: 'lap', as: 'number' } } }],
    }),
  )
  const feed = join(folder, 'laps.tsv')
  await writeFile(feed, gzipSync('at\tkart\tlap\n1700000000\t3\t1\n1700000060\t3\ttwo\n1700000061\t4\t1\n'))
  const { taken, printed } = await play([], { file: feed, options: { mapping } })
  expect([...taken].map((line) => (JSON.parse(line) as { kind: string }).kind)).toEqual([
    'match',
    'race-lap',
    'race-lap',
  ])
  expect(printed).toContain('Left out row 3: "lap" is "two", expected a number. It is read for "lap".')
  await expect(play([], { file: feed, options: { mapping: join(folder, 'none.json') } })).rejects.toThrow(
    'cannot be read',
  )
})

const noServer = new HeavyliftError({ code: 'server-not-running', message: 'No server answers.' })

test('a replay goes on after a lost connection, and nothing counts twice [LIVE-FEEDS-27]', async () => {
  const faults = [null, new TypeError('terminated'), noServer, 503, null]
  const { result, taken, unanswered, printed } = await play(faults)
  expect(taken.size).toBe(1_200)
  // How many are in a part depends on how fast this machine is; those of the part that went unanswered are there when it comes again.
  expect(unanswered).toBeGreaterThan(0)
  expect(result).toMatchObject({ accepted: 1_200 - unanswered, duplicates: unanswered, rejected: 0 })
  expect(printed.filter((line) => line.includes('connection'))).toHaveLength(1)
  expect(printed).toContain('The server answers again; the replay goes on.')
})

test('a server that was never there, or refuses, is said at once [LIVE-FEEDS-27]', async () => {
  await expect(play([noServer])).rejects.toThrow('No server answers.')
  await expect(play([null, 400])).rejects.toThrow('The server refused a part of the feed (400)')
})
