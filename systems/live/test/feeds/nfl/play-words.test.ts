import { expect, it } from 'vitest'
import { playTypeFromWords, timeoutFromWords } from '../../../src/feeds/nfl/play-words.ts'

it.each([
  ['(9:12) (Shotgun) Q.Back pass short left to W.Out to HOM 33 for 9 yards (S.Safe).', 'pass'],
  ['(9:12) R.Back up the middle to HOM 28 for 3 yards (L.Backer).', 'run'],
  ['(9:12) (Punt formation) P.Unter right end to HOM 48 for 12 yards. Fake punt.', 'run'],
  ['(9:12) (Field Goal formation) K.Foot 40 yard field goal is GOOD, Center-L.Snap.', 'field_goal'],
  ['(9:12) (Punt formation) P.Unter punts 44 yards to AWY 20, Center-L.Snap, fair catch.', 'punt'],
  ['K.Foot kicks onside 12 yards from HOM 35 to HOM 47.', 'kickoff'],
  ['(:21) Q.Back spiked the ball to stop the clock.', 'qb_spike'],
  ['(:21) Q.Back kneels to HOM 30 for -1 yards.', 'qb_kneel'],
  ['(9:12) PENALTY on HOM-T.Ackle, False Start, 5 yards, enforced at HOM 20 - No Play.', 'no_play'],
  ['TWO-POINT CONVERSION ATTEMPT. Q.Back pass to W.Out is complete. ATTEMPT SUCCEEDS.', 'two_point'],
  ['Timeout #2 by HOM at 01:12.', 'timeout'],
  ['END QUARTER 3', 'period_end'],
  ['Two-Minute Warning', 'other'],
  [
    '(2:00) Q.Back pass short right to W.Out for 4 yards, TOUCHDOWN. The Replay Assistant challenged the ruling, and the play was REVERSED. (2:00) Q.Back sacked at HOM 20 for -4 yards.',
    'sack',
  ],
])('tells the kind of a play from its words: %s', (words, kind) => {
  expect(playTypeFromWords(words)).toBe(kind)
})

it('finds the timeout of a lost challenge', () => {
  expect(timeoutFromWords('The ruling was upheld. (Timeout #1 by HOM at 03:11.)')).toEqual({
    number: 1,
    team: 'HOM',
  })
  expect(timeoutFromWords('Injury timeout.')).toBe(null)
})
