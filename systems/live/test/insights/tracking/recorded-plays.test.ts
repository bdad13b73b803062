import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pressureEval } from '../../../src/evals/evals.ts'
import { readPlays } from '../../../src/insights/tracking/recorded-plays.ts'
import { ngsText } from '../../feeds/tracking-text.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracking-'))
})
afterAll(() => rm(folder, { recursive: true }))

const { signal } = new AbortController()

test('plays of a folder come with what charting says of them', async () => {
  const made = { frames: 20, events: [{ tenths: 12, event: 'ball_snap' }], playType: 'play_type_pass' }
  const game = '2030090100'
  await writeFile(join(folder, 'a.tsv.gz'), gzipSync(ngsText({ ...made, gameId: game, playId: '55' })))
  await writeFile(join(folder, 'b.tsv'), ngsText({ ...made, gameId: game, playId: '90' }))
  await writeFile(join(folder, 'notes.txt'), 'not tracking')
  await writeFile(
    join(folder, 'labels.csv'),
    'play_file,old_game_id,play_id,number_of_pass_rushers,man_zone,coverage,was_pressure\n' +
      `a.tsv,${game},55,4,MAN_COVERAGE,COVER_1,True\n`,
  )
  const plays = await readPlays(folder, signal)
  expect(plays.map(({ start, chart }) => [start.situation.playId, chart])).toEqual([
    ['55', { isMan: true, scheme: 'COVER_1', wasPressure: true }],
    ['90', { isMan: null, scheme: null, wasPressure: null }],
  ])
  expect(plays[0]?.frames).toHaveLength(20)
})

test('a folder without tracking is refused', async () => {
  await expect(readPlays(join(folder, 'nothing'), signal)).rejects.toMatchObject({ code: 'data-missing' })
})

test('without data the models are tried on a simulated game, whose pressure they tell from none', async () => {
  const { n, metrics } = await pressureEval.run({ dataDir: null, report: () => undefined, signal })
  expect(n).toBeGreaterThan(30)
  expect(metrics['auc1500ms']).toBeGreaterThan(0.6)
})
