import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CommandInput } from '@heavylift/core'
import { expect, it } from 'vitest'
import { checkCommand } from '../../src/commands/commands.ts'
import { madePbp, madeRows } from './nfl/made-pbp.ts'

it('says what a feed file holds and which rows cannot be read [LIVE-FEEDS-09]', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'check-'))
  try {
    const file = join(dir, 'game.csv')
    await writeFile(file, madePbp(madeRows.with(2, { ...madeRows[2], time: 'late' })))
    const lines: string[] = []
    const input = {
      args: { file },
      options: {},
      print: (line: string) => lines.push(line),
      signal: new AbortController().signal,
    } as unknown as CommandInput
    expect(await checkCommand.run(input)).toMatchObject({
      format: 'nfl-pbp',
      kinds: { match: 1, 'nfl-play': 5, 'match-end': 1 },
      matches: 1,
      rejects: 1,
      span: { from: '2030-09-01T00:00:00.000Z' },
    })
    expect(lines.join('\n')).toContain('row 4: "time" is "late"')
  } finally {
    await rm(dir, { recursive: true })
  }
})
