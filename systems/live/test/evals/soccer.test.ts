import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { soccerWinEval, soccerXgEval, statementsEval } from '../../src/evals/evals.ts'
import { checkStatement } from '../../src/evals/statements/check-statement.ts'
import { rawWyscout } from '../../src/evals/statements/raw-soccer.ts'
import { madeStatsbomb, madeWyscout } from '../feeds/soccer/made-soccer.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heavylift-soccer-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const input = () => ({ dataDir: folder, report: () => undefined, signal: new AbortController().signal })

test('win, draw, loss and expected goals are scored as shown, beside baselines, by competition with the worst [LIVE-SOCCER-08]', async () => {
  for (let seed = 1; seed <= 12; seed++)
    await writeFile(join(folder, `${seed}.json`), madeStatsbomb(seed).text)
  const win = await soccerWinEval.run(input())
  // Seven minutes of each match.
  expect(win.n).toBe(12 * 7)
  const { metrics } = win
  expect(metrics['rps90']).toBeLessThan(metrics['rps0'] ?? 0)
  expect(metrics['rps']).toBeLessThan(win.baseline?.['rpsConstant'] ?? 0)
  expect(Object.keys(win.worst ?? {})).toContain('rpsOfCompetition')
  const xg = await soccerXgEval.run(input())
  expect(xg.metrics['games']).toBe(12)
  expect(xg.metrics['shotsUntold']).toBe(0)
  expect(xg.metrics['logLoss']).toBeLessThan(0.5)
}, 60_000)

test('what replays say of soccer is true by the files [LIVE-SOCCER-10]', async () => {
  await writeFile(join(folder, '77.json'), madeWyscout())
  for (const seed of [1, 2, 3]) await writeFile(join(folder, `match-${seed}.json`), madeStatsbomb(seed).text)
  const { metrics, failures } = await statementsEval.run(input())
  expect(failures).toEqual([])
  expect(metrics['matches']).toBe(4)
  expect(metrics['true']).toBe(metrics['checked'])
  expect(metrics['checked']).toBe(100)
}, 60_000)

test('a statement of soccer that the file belies is found out [LIVE-SOCCER-10]', () => {
  const [game] = rawWyscout(madeWyscout())
  const check = (text: string, at = -1) =>
    checkStatement(game!, { kind: 'made', text, occasion: at < 0 ? '' : game!.rows[at]!.id, figures: {} })
  const corner = game!.rows.findIndex(({ soccer }) => soccer?.isHeader)
  expect(check('Goal by K. Bjørn (Hillside) with the head: Hillside 1–2 Lakeside.', corner)).toBe(true)
  expect(check('Goal by K. Bjørn (Lakeside) with the head: Hillside 1–2 Lakeside.', corner)).toBe(false)
  expect(check('Goal by K. Bjørn (Hillside) from the penalty spot: Hillside 1–2 Lakeside.', corner)).toBe(
    false,
  )
  expect(check('Goal by K. Bjørn (Hillside) with the head: Hillside 2–2 Lakeside.', corner)).toBe(false)
  expect(check('Hillside beat Lakeside by 1 goal, 3–2.')).toBe(true)
  expect(check('Lakeside beat Hillside by 1 goal, 3–2.')).toBe(false)
  expect(check('For Hillside scored K. Bjørn (45+1, 48) and P. Duarte by an own goal (90+2).')).toBe(true)
  expect(check('For Hillside scored K. Bjørn (45+1, 49) and P. Duarte by an own goal (90+2).')).toBe(false)
  expect(check('For Hillside scored K. Bjørn (45+1, 48).')).toBe(false)
  expect(check('An own goal by P. Duarte put Hillside ahead for good in minute 90+2, 3–2.')).toBe(true)
  expect(check('K. Bjørn’s goal put Hillside ahead for good in minute 48, 3–2.')).toBe(false)
  expect(check('L. Rasmussen of Lakeside was sent off in minute 61.')).toBe(true)
  expect(check('L. Rasmussen of Hillside was sent off in minute 61.')).toBe(false)
  expect(check('Hillside had 4 shots, Lakeside 1.')).toBe(true)
  expect(check('Hillside had 5 shots, Lakeside 1.')).toBe(false)
  expect(check('Full-time: Hillside 3, Lakeside 2.')).toBe(true)
  expect(check('Full-time: Hillside 2, Lakeside 3.')).toBe(false)
})
