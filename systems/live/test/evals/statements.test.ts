import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkStatement } from '../../src/evals/statements/check-statement.ts'
import { rawGamedetail, rawGamecenter } from '../../src/evals/statements/raw-nfl.ts'
import { rawNbaCsv } from '../../src/evals/statements/raw-nba.ts'
import { driveYardsEval, statementsEval, winProbabilityEval } from '../../src/evals/evals.ts'
import { madeStats } from '../feeds/nba/made-stats.ts'
import { madeDetail } from '../feeds/nfl/made-gamedetail.ts'
import { madeGame } from '../feeds/nfl/made-gamecenter.ts'

interface MadeDrives {
  drives: Record<string, object | number>
}

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heavylift-statements-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const input = () => ({ dataDir: folder, report: () => undefined, signal: new AbortController().signal })

test('what replays say of made games is true by their files [LIVE-WIN-07]', async () => {
  await writeFile(join(folder, '2030_02_AWY_HOM.json'), JSON.stringify(madeDetail()))
  await writeFile(join(folder, '0020000001.csv'), madeStats())
  const { metrics, failures } = await statementsEval.run(input())
  expect(failures).toEqual([])
  expect(metrics['matches']).toBe(2)
  expect(metrics['true']).toBe(metrics['checked'])
  expect(metrics['checked']).toBeGreaterThan(20)
})

test('yards of drives are held against the feed’s own: a drive that it has otherwise is a failure with its words [LIVE-WIN-07]', async () => {
  const measured = async (yards: number) => {
    const [[id, game]] = Object.entries(
      JSON.parse(JSON.stringify(madeGame())) as Record<string, MadeDrives>,
    ) as [[string, MadeDrives]]
    for (const drive of Object.values(game.drives))
      if (typeof drive === 'object') Object.assign(drive, { ydsgained: yards - 5, penyds: 5 })
    await writeFile(join(folder, `${id}.json`), JSON.stringify({ [id]: game }))
    return driveYardsEval.run(input())
  }
  const wrong = await measured(99)
  expect(wrong.n).toBe(2)
  expect(wrong.metrics).toMatchObject({ equal: 0, told: 1 })
  const said = wrong.failures?.find((what) => what.includes('field goal')) ?? ''
  expect(said).toMatch(/The feed: 99\.$/)
  expect((await measured(Number(/(-?\d+) yards?\./.exec(said)?.[1]))).metrics['equal']).toBe(0.5)
})

test('a statement that the file belies is found out [LIVE-WIN-07]', () => {
  const [detail] = rawGamedetail(JSON.stringify(madeDetail()))
  const [game] = rawGamecenter(JSON.stringify(madeGame()))
  const [basket] = rawNbaCsv(madeStats())
  const of = (text: string, occasion = '') => ({ kind: 'made', text, occasion, figures: {} })
  const check = (text: string, occasion = '') => checkStatement(detail!, of(text, occasion))
  expect(check('Homers take the lead, 10–7.', '180')).toBe(true)
  expect(check('Aways take the lead, 10–7.', '180')).toBe(false)
  expect(check('Homers take the lead, 13–7.', '180')).toBe(false)
  expect(check('Homers beat Aways by 3 points, 10–7.')).toBe(true)
  expect(check('Homers beat Aways by 4 points, 10–7.')).toBe(false)
  expect(check('Final: Aways 7, Homers 10.')).toBe(true)
  expect(check('Final: Aways 10, Homers 7.')).toBe(false)
  expect(check('Homers: needs 1 score, ~4 plays.', '101')).toBe(true)
  expect(check('Homers: needs 2 scores, ~4 plays.', '101')).toBe(false)
  expect(
    check('K.Foot’s field goal put Homers ahead for good with 1:00 left in the fourth quarter, 10–7.'),
  ).toBe(true)
  expect(
    check('R.Back’s field goal put Homers ahead for good with 1:00 left in the fourth quarter, 10–7.'),
  ).toBe(false)
  expect(check('R.Turn scored 1 touchdown for Homers.')).toBe(true)
  expect(check('R.Turn scored 2 touchdowns for Homers.')).toBe(false)
  expect(check('The ball was given away by 1 interception.')).toBe(true)
  expect(check('The ball was given away by 2 interceptions.')).toBe(false)
  expect(check('Nobody knows what this says.')).toBe(null)
  expect(checkStatement(game!, { ...of('x', '180'), figures: { homeScore: 7, awayScore: 7 } })).toBe(false)
  expect(basket?.rows.length).toBeGreaterThan(5)
})

test('win probability is scored as it was shown, by season, and preseason games beside it [LIVE-WIN-07]', async () => {
  await writeFile(join(folder, '2030_02_AWY_HOM.json'), JSON.stringify(madeDetail()))
  await writeFile(
    join(folder, '2030080100.json'),
    JSON.stringify({ 2030080100: madeGame()['2030090100'], nextupdate: -1 }),
  )
  const { n, metrics, sources } = await winProbabilityEval.run(input())
  expect(metrics).toMatchObject({ games: 1, preseasonGames: 1 })
  expect(sources?.['2030']).toMatchObject({ n, games: 1 })
  expect(metrics['brier']).toBeLessThan(0.5)
})
