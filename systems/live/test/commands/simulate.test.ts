import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commandInput } from '@heavylift/core/testing'
import { expect, onTestFinished, test } from 'vitest'
import { simulateCommand } from '../../src/commands/commands.ts'
import { heavyliftJsonl } from '../../src/feeds/recorded/heavylift-jsonl.ts'
import { readItems } from '../feeds/read-items.ts'

function run(sport: string, options: Record<string, string>): Promise<unknown> {
  return simulateCommand.run(commandInput({ args: { sport }, options }))
}

test('writes a whole match to a file, the same bytes for the same seed [LIVE-SIM-06]', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'simulate-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  const write = async (name: string, seed: string) => {
    await run('nba', { seed, out: join(dir, name) })
    return readFile(join(dir, name), 'utf8')
  }
  const text = await write('a.jsonl', '3')
  expect(await write('b.jsonl', '3')).toBe(text)
  expect(await write('c.jsonl', '4')).not.toBe(text)
  const { events, rejects } = await readItems(heavyliftJsonl, text, { size: 50_000 })
  expect(rejects).toEqual([])
  expect(events[0]?.kind).toBe('match')
  expect(events.at(-1)?.kind).toBe('match-end')
})

test('a sport or seed that is none is refused with what to give instead [LIVE-SIM-06]', async () => {
  await expect(run('chess', {})).rejects.toMatchObject({ code: 'sport-unknown' })
  await expect(run('nba', { seed: 'x' })).rejects.toMatchObject({ code: 'seed-invalid' })
  await expect(run('nba', { start: 'soon' })).rejects.toMatchObject({ code: 'start-invalid' })
})
