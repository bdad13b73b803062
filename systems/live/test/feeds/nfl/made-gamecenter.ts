const stat = (statId: number, clubcode: string, yards = 0, playerName = 'A.Body') => ({
  sequence: 1,
  clubcode,
  playerName,
  statId,
  yards,
})
const play = (desc: string, posteam: string, players: Record<string, unknown[]>, rest: object = {}) => ({
  sp: 0,
  qtr: 1,
  down: 0,
  time: '13:00',
  yrdln: 'AWY 20',
  ydstogo: 0,
  posteam,
  desc,
  note: null as string | null,
  players,
  ...rest,
})

/** A made game of nine plays: HOM 10, AWY 7. */
export function madeGame() {
  const first = {
    '36': play(
      'K.Foot kicks 65 yards from HOM 35 to AWY 0.',
      'HOM',
      { k: [stat(41, 'HOM', 65)] },
      { time: '15:00', yrdln: 'HOM 35' },
    ),
    '58': play(
      '(14:55) Q.Back pass deep left to W.Out for 30 yards.',
      'AWY',
      { q: [stat(15, 'AWY', 30)], w: [stat(21, 'AWY', 30)] },
      { down: 1, ydstogo: 10, time: '14:55' },
    ),
    '80': play(
      '(14:00) R.Back left end for 50 yards, TOUCHDOWN.',
      'AWY',
      { r: [stat(11, 'AWY', 50)] },
      { down: 1, ydstogo: 10, time: '14:00', yrdln: '50' },
    ),
    '101': play('K.Awy extra point is GOOD.', 'AWY', { k: [stat(72, 'AWY')] }),
  }
  const second = {
    '120': play('Timeout #1 by HOM.', '', { '0': [stat(68, 'HOM')] }, { time: '' }),
    '140': play('K.Awy kicks 65 yards. R.Turn for 100 yards, TOUCHDOWN.', 'AWY', {
      k: [stat(41, 'AWY', 65)],
      r: [stat(46, 'HOM', 100)],
    }),
    '160': play('END QUARTER 2', '', {}, { qtr: 2, time: '00:00' }),
    '180': play(
      '(1:00) K.Foot 33 yard field goal is GOOD.',
      'HOM',
      { k: [stat(70, 'HOM', 33)] },
      { qtr: 4, down: 4, ydstogo: 4, time: '1:00', yrdln: 'AWY 15' },
    ),
    '200': play('END GAME', '', {}, { qtr: 4, time: '00:00' }),
  }
  return {
    '2030090100': {
      home: { abbr: 'HOM', score: { T: 10 } },
      away: { abbr: 'AWY', score: { T: 7 } },
      drives: { '1': { plays: first }, '2': { plays: second }, crntdrv: 2 },
      scrsummary: {
        '80': { type: 'TD', team: 'AWY', desc: 'R.Back 50 yd. run (K.Awy kick is good)' },
        '140': { type: 'TD', team: 'HOM', desc: 'R.Turn 100 yd. kickoff return (K.Foot kick is good)' },
        '180': { type: 'FG', team: 'HOM', desc: 'K.Foot 33 yd. Field Goal' },
      },
      qtr: 'Final',
    },
    nextupdate: -1,
  }
}
