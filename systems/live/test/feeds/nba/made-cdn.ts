const team = { home: { teamId: 1, teamTricode: 'HOM' }, away: { teamId: 2, teamTricode: 'OUT' } }

const action = (
  actionNumber: number,
  seconds: string,
  actionType: string,
  subType: string,
  score: [number, number],
  rest: object = {},
) => ({
  actionNumber,
  clock: `PT11M${seconds}S`,
  timeActual: `2030-10-01T00:00:${seconds.slice(0, 2)}.5Z`,
  period: 1,
  actionType,
  subType,
  personId: 0,
  x: null as number | null,
  y: null as number | null,
  scoreHome: String(score[0]),
  scoreAway: String(score[1]),
  description: '',
  ...rest,
})

/** A made game of the CDN feed: OUT scores first, HOM wins 3:2. */
export function madeCdn() {
  return {
    meta: { version: 1 },
    game: {
      gameId: '0022900002',
      actions: [
        action(2, '10.00', 'period', 'start', [0, 0]),
        action(4, '12.00', 'jumpball', 'recovered', [0, 0], { ...team.away }),
        action(7, '20.00', '2pt', 'Layup', [0, 2], {
          ...team.away,
          personId: 21,
          playerNameI: 'O. One',
          shotResult: 'Made',
          x: 50,
          y: 50,
        }),
        action(8, '30.00', '3pt', 'Jump Shot', [3, 2], {
          ...team.home,
          personId: 11,
          playerNameI: 'H. One',
          shotResult: 'Made',
          x: 90,
          y: 20,
          assistPersonId: 12,
          assistPlayerNameInitial: 'H. Two',
        }),
        action(9, '40.00', 'game', 'end', [3, 2]),
      ],
    },
  }
}
