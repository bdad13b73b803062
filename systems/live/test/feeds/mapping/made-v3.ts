/** A short game in the form of playbyplayv3, made up: blanks and noughts for scores as old and new seasons have them. */
export function madeV3(): { game: { gameId: string; actions: Record<string, unknown>[] } } {
  let number = 0
  const action = (given: Record<string, unknown>): Record<string, unknown> => {
    number++
    return {
      actionNumber: number * 3,
      clock: 'PT11M30.00S',
      period: 1,
      teamId: 0,
      teamTricode: '',
      personId: 0,
      playerName: '',
      playerNameI: '',
      xLegacy: 0,
      yLegacy: 0,
      shotDistance: 0,
      shotResult: '',
      isFieldGoal: 0,
      scoreHome: '',
      scoreAway: '',
      pointsTotal: 0,
      location: '',
      description: '',
      actionType: '',
      subType: '',
      videoAvailable: 0,
      shotValue: 0,
      actionId: number,
      ...given,
    }
  }
  const home = {
    teamId: 11,
    teamTricode: 'HAR',
    location: 'h',
    personId: 101,
    playerName: 'Reed',
    playerNameI: 'A. Reed',
  }
  const away = {
    teamId: 12,
    teamTricode: 'VAL',
    location: 'v',
    personId: 201,
    playerName: 'Lund',
    playerNameI: 'B. Lund',
  }
  const fieldGoal = { isFieldGoal: 1, shotDistance: 25, xLegacy: 100, yLegacy: 200 }
  return {
    game: {
      gameId: '0022400004',
      actions: [
        action({
          clock: 'PT12M00.00S',
          actionType: 'period',
          subType: 'start',
          scoreHome: '0',
          scoreAway: '0',
        }),
        action({
          ...home,
          clock: 'PT12M00.00S',
          actionType: 'Jump Ball',
          description: 'Jump Ball Reed vs. Lund: Tip to Ode',
        }),
        action({
          ...home,
          ...fieldGoal,
          actionType: 'Made Shot',
          subType: 'Jump Shot',
          shotValue: 3,
          scoreHome: '3',
          scoreAway: '0',
          description: "Reed 25' 3PT Jump Shot (3 PTS)",
        }),
        action({
          ...away,
          ...fieldGoal,
          actionType: 'Missed Shot',
          subType: 'Driving Dunk Shot',
          shotValue: 2,
          description: "MISS Lund 1' Driving Dunk",
        }),
        action({ ...home, actionType: '', description: 'Reed BLOCK (1 BLK)' }),
        action({
          ...away,
          teamId: 0,
          teamTricode: '',
          personId: 12,
          playerName: '',
          playerNameI: '',
          actionType: 'Rebound',
          subType: 'Unknown',
          description: 'VALLEY Rebound',
        }),
        action({
          ...home,
          actionType: 'Foul',
          subType: 'Shooting',
          scoreHome: '0',
          scoreAway: '0',
          description: 'Reed S.FOUL (P1.T1)',
        }),
        action({
          ...away,
          actionType: 'Free Throw',
          subType: 'Free Throw 1 of 2',
          scoreHome: '3',
          scoreAway: '1',
          description: 'Lund Free Throw 1 of 2 (1 PTS)',
        }),
        action({
          ...away,
          actionType: 'Free Throw',
          subType: 'Free Throw 2 of 2',
          description: 'MISS Lund Free Throw 2 of 2',
        }),
        action({
          ...away,
          actionType: 'Turnover',
          subType: 'Bad Pass',
          description: 'Lund Bad Pass Turnover',
        }),
        action({
          period: 4,
          clock: 'PT00M00.00S',
          actionType: 'period',
          subType: 'end',
          scoreHome: '3',
          scoreAway: '1',
        }),
      ],
    },
  }
}
