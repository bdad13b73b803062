const stat = (statId: number, team: string, yards = 0, playerName = 'A.Body') => ({
  statId,
  yards,
  playerName,
  'team.abbreviation': team,
  'gsisPlayer.id': `id-${playerName}`,
})

const play = (playId: number, playDescription: string, team: string, rest: object = {}) => ({
  playId,
  playDescription,
  playType: 'PASS',
  quarter: 1,
  clockTime: '13:00',
  down: 0,
  yardsToGo: 0,
  yardLine: 'AWY 20',
  playDeleted: false,
  playStats: [] as unknown[],
  ...(team === '' ? {} : { 'possessionTeam.abbreviation': team }),
  ...rest,
})

/** A made game in the league's game-detail form: HOM 10, AWY 7, with a penalty in the drive to the field goal. */
export function madeDetail() {
  const plays = [
    play(1, 'GAME', '', { playType: 'GAME_START', clockTime: '' }),
    play(36, 'K.Foot kicks 65 yards from HOM 30 to AWY 5.', 'HOM', {
      clockTime: '15:00',
      yardLine: 'HOM 30',
      playStats: [stat(41, 'HOM', 65, 'K.Foot')],
    }),
    play(58, '(14:55) Q.Back pass to W.Out to HOM 40 for 40 yards.', 'AWY', {
      clockTime: '14:55',
      down: 1,
      yardsToGo: 10,
      playStats: [stat(15, 'AWY', 40, 'Q.Back'), stat(21, 'AWY', 40, 'W.Out'), stat(4, 'AWY')],
    }),
    play(80, '(14:10) R.Back left end for 40 yards, TOUCHDOWN.', 'AWY', {
      clockTime: '14:10',
      down: 1,
      yardsToGo: 10,
      yardLine: 'HOM 40',
      playStats: [stat(11, 'AWY', 40, 'R.Back')],
    }),
    play(101, 'K.Awy extra point is GOOD.', 'AWY', { clockTime: '14:00', playStats: [stat(72, 'AWY')] }),
    play(120, 'Timeout #1 by HOM at 13:20.', '', { clockTime: '13:20', playStats: [stat(68, 'HOM')] }),
    play(140, 'K.Awy kicks 65 yards from AWY 30. R.Turn for 95 yards, TOUCHDOWN.', 'AWY', {
      clockTime: '13:00',
      playStats: [stat(41, 'AWY', 65, 'K.Awy'), stat(46, 'HOM', 95, 'R.Turn')],
    }),
    play(150, 'K.Foot extra point is GOOD.', 'HOM', { playStats: [stat(72, 'HOM')] }),
    play(155, 'K.Foot kicks 65 yards, out of bounds at AWY 10.', 'HOM', { playStats: [stat(41, 'HOM', 65)] }),
    play(158, '(12:55) Q.Back pass INTERCEPTED by D.Back at HOM 30.', 'AWY', {
      down: 1,
      yardsToGo: 10,
      playStats: [stat(19, 'AWY', 0, 'Q.Back'), stat(25, 'HOM', 0, 'D.Back')],
    }),
    play(160, '(12:50) R.Home up the middle to HOM 40 for 10 yards.', 'HOM', {
      down: 1,
      yardsToGo: 10,
      yardLine: 'HOM 30',
      playStats: [stat(10, 'HOM', 10, 'R.Home'), stat(3, 'HOM')],
    }),
    play(
      170,
      '(12:20) PENALTY on AWY-D.Line, Pass Interference, 38 yards, enforced at HOM 40 - No Play.',
      'HOM',
      {
        down: 1,
        yardsToGo: 10,
        yardLine: 'HOM 40',
        playStats: [stat(93, 'AWY', 38, 'D.Line'), stat(5, 'HOM')],
      },
    ),
    play(180, '(1:00) K.Foot 40 yard field goal is GOOD.', 'HOM', {
      quarter: 4,
      clockTime: '01:00',
      down: 4,
      yardsToGo: 4,
      yardLine: 'AWY 22',
      playStats: [stat(70, 'HOM', 40, 'K.Foot')],
    }),
    play(200, 'END GAME', '', { quarter: 4, clockTime: '00:00', playType: 'END_GAME' }),
  ]
  return {
    data: {
      viewer: {
        gameDetail: {
          id: ['10160000-made'],
          phase: ['FINAL'],
          homeTeam: { abbreviation: ['HOM'], nickName: ['Homers'] },
          visitorTeam: { abbreviation: ['AWY'], nickName: ['Aways'] },
          homePointsTotal: [10],
          visitorPointsTotal: [7],
          scoringSummaries: [
            {
              playId: 80,
              patPlayId: 101,
              homeScore: 0,
              visitorScore: 7,
              playDescription: 'R.Back 40 yd. run',
            },
            { playId: 140, patPlayId: 150, homeScore: 7, visitorScore: 7, playDescription: 'R.Turn 95 yd.' },
            { playId: 180, patPlayId: 0, homeScore: 10, visitorScore: 7, playDescription: 'K.Foot 40 yd.' },
          ],
          drives: [],
          plays,
        },
      },
    },
  }
}
