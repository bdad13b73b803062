import { HeavyliftError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
): Promise<{ result: unknown; taken: Set<string>; printed: string[] }> {
  const taken = new Set<string>()
  const printed: string[] = []
  const input = {
    args: { file },
    options: { speed: 'max', format: 'heavylift-jsonl' },
    print: (line: string) => printed.push(line),
    report: () => undefined,
    signal: AbortSignal.timeout(20_000),
    api: async (_path: string, init: { body: string }) => {
      const lines = init.body.trim().split('\n')
      const fault = faults.shift() ?? null
      // A connection that is lost while it answers has taken what it was sent.
      const fresh = lines.filter((line) => !taken.has(line))
      if (fault instanceof Error || fault === null) for (const line of fresh) taken.add(line)
      if (fault instanceof Error) throw fault
      if (fault !== null) return new Response('{"error":{"code":"x","message":"no"}}', { status: fault })
      return Response.json({
        accepted: fresh.length,
        duplicates: lines.length - fresh.length,
        rejected: 0,
        matches: ['r'],
      })
    },
  } as unknown as CommandInput
  return { result: await runReplay(input), taken, printed }
}

const noServer = new HeavyliftError({ code: 'server-not-running', message: 'No server answers.' })

test('a replay goes on after a lost connection, and nothing counts twice [LIVE-FEEDS-27]', async () => {
  const { result, taken, printed } = await play([null, new TypeError('terminated'), noServer, 503, null])
  expect(taken.size).toBe(1_200)
  expect(result).toMatchObject({ accepted: 700, duplicates: 500, rejected: 0 })
  expect(printed.filter((line) => line.includes('connection'))).toHaveLength(1)
  expect(printed).toContain('The server answers again; the replay goes on.')
})

test('a server that was never there, or refuses, is said at once [LIVE-FEEDS-27]', async () => {
  await expect(play([noServer])).rejects.toThrow('No server answers.')
  await expect(play([null, 400])).rejects.toThrow('The server refused a part of the feed (400)')
})
