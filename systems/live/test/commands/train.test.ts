import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CommandInput } from '@heavylift/core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { trainCommand } from '../../src/commands/commands.ts'
import { loadCrossFitted } from '../../src/learn/cross-fit.ts'

/** Columns of the stats site that the reader needs, and a game whose home side wins by `margin`. */
function gameCsv(id: string, margin: number): string {
  const columns =
    'GAME_ID,EVENTNUM,EVENTMSGTYPE,EVENTMSGACTIONTYPE,PERIOD,WCTIMESTRING,PCTIMESTRING,HOMEDESCRIPTION,' +
    'NEUTRALDESCRIPTION,VISITORDESCRIPTION,SCORE,SCOREMARGIN,PERSON1TYPE,PLAYER1_ID,PLAYER1_NAME,' +
    'PLAYER1_TEAM_ID,PLAYER1_TEAM_CITY,PLAYER1_TEAM_NICKNAME,PLAYER1_TEAM_ABBREVIATION'
  const rows: string[] = [columns]
  let away = 0
  let home = 0
  const isHomes = margin > 0
  for (let event = 0; event < 24; event++) {
    const period = 1 + Math.floor(event / 6)
    const byHome = event % 3 === 0 ? !isHomes : isHomes
    if (byHome) home += 2
    else away += 2
    const [person, team] = byHome ? [4, 'HOM'] : [5, 'VIS']
    const words = byHome ? 'Made Layup (2 PTS),,' : ',,Made Layup (2 PTS)'
    rows.push(
      `${id},${event + 1},1,5,${period},7:00 PM,${11 - 2 * (event % 6)}:00,${words},${away} - ${home},${home - away},${person},1,A Player,1,City,Nick,${team}`,
    )
  }
  rows.push(`${id},99,13,0,4,9:00 PM,0:00,,End,,${away} - ${home},${home - away},0,0,,,,,`)
  return rows.join('\n')
}

describe('heavylift live train', () => {
  let folder = ''
  const lines: string[] = []
  const input = (model: string, options: Record<string, string>): CommandInput => ({
    args: { model },
    options,
    api: () => Promise.reject(new Error('offline')),
    report: () => undefined,
    print: (line) => lines.push(line),
    confirm: async () => {},
    dataDir: folder,
    signal: new AbortController().signal,
  })
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'heavylift-train-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  test('writes weights that load, a report and a picture, the same bytes each time [LIVE-LEARN-02]', async () => {
    for (let game = 0; game < 20; game++)
      await writeFile(join(folder, `${game}.csv`), gameCsv(`00000000${10 + game}`, game % 2 === 0 ? 8 : -8))
    const read = async (out: string) => {
      await trainCommand.run(input('nba-win-probability', { data: folder, out: join(folder, '..', out) }))
      const names = ['json', 'report.md', 'svg'].map((end) =>
        join(folder, '..', out, `nba-win-probability.${end}`),
      )
      const texts = await Promise.all(names.map((name) => readFile(name, 'utf8')))
      await rm(join(folder, '..', out), { recursive: true })
      return texts
    }
    const id = folder.split('-').at(-1)
    const first = await read(`out-a-${id}`)
    expect(await read(`out-b-${id}`)).toEqual(first)
    expect(loadCrossFitted(JSON.parse(first[0]!)).columns).toHaveLength(1)
    expect(first[1]).toContain('of 20 groups')
    expect(first[2]).toContain('<svg')
  })

  test('names the models that there are, and what to give', async () => {
    await expect(trainCommand.run(input('oracle', { data: folder }))).rejects.toThrow(/nfl-win-probability/)
    await expect(trainCommand.run(input('nba-win-probability', {}))).rejects.toThrow(/--data/)
    await expect(trainCommand.run(input('nba-win-probability', { data: folder }))).rejects.toThrow(/no files/)
  })
})
