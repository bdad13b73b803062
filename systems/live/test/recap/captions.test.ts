import { expect, test } from 'vitest'
import { recapCaptions } from '../../src/recap/captions.ts'
import { momentsOf } from '../../src/recap/moments.ts'
import { madeTag } from '../events/made-tags.ts'

const team = (abbreviation: string) => ({ id: abbreviation, abbreviation, name: abbreviation, colour: null })
const match = {
  id: 'm1',
  sport: 'nba' as const,
  title: 'A at B',
  home: team('BBB'),
  away: team('AAA'),
  homeSpread: null,
  race: null,
}

test('captions tell what is seen and the score, on the time of the recap [LIVE-RECAP-09]', () => {
  const moments = momentsOf([madeTag(1, { text: 'A <b>three</b> & more.', homeScore: 3 }), madeTag(60)], [])
  const shown = [
    { ...moments[0]!, fromMs: 500, toMs: 9_000 },
    { ...moments[1]!, fromMs: 61_250, toMs: 70_000 },
  ]
  expect(recapCaptions(match, shown)).toBe(
    'WEBVTT\n\n00:00:00.500 --> 00:00:09.000\nA &lt;b&gt;three&lt;/b&gt; &amp; more.\nAAA 0, BBB 3\n\n' +
      '00:01:01.250 --> 00:01:10.000\nRun number 60 for 3 yards.\nAAA 0, BBB 0\n',
  )
})

test('captions of soccer name the home side first', () => {
  const [moment] = momentsOf([madeTag(1, { sport: 'soccer', text: 'A goal.', homeScore: 3 })], [])
  const captions = recapCaptions({ ...match, sport: 'soccer' }, [{ ...moment!, fromMs: 500, toMs: 9_000 }])
  expect(captions).toContain('A goal.\nBBB 3, AAA 0\n')
})

test('what was found in a play is told with it when it tells more', () => {
  const shot = madeTag(1, {
    id: 'a',
    sport: 'nba',
    type: 'score.basket.three',
    importance: 0.3,
    text: 'A three',
  })
  const found = (type: string, importance: number, text: string) =>
    madeTag(1, { id: type, sport: 'nba', type, importance, text, source: 'detected' })
  expect(momentsOf([shot, found('lead-change', 0.6, 'BBB take the lead, 3–2.')], [])[0]!.text).toBe(
    'A three. BBB take the lead, 3–2.',
  )
  expect(momentsOf([shot, found('possession.change', 0.1, 'AAA have the ball.')], [])[0]!.text).toBe(
    'A three.',
  )
})
