/** Columns of the NGS highlights layout. */
const ngsColumns =
  'gameId playId playType season seasonType week preSnapHomeScore preSnapVisitorScore playDirection quarter gameClock down yardsToGo yardline yardlineSide yardlineNumber absoluteYardlineNumber possessionFlag homeTeamFlag teamAbbr frame displayName esbId gsisId jerseyNumber nflId position positionGroup time x y s o dir event playDescription'.split(
    ' ',
  )

export interface Mark {
  tenths: number
  event: string
}

export interface MadePlay {
  gameId: string
  playId: string
  frames: number
  events: Mark[]
  playType: string
}

const roster = [
  { name: 'Ada Quick', team: 'HOM', position: 'QB', group: 'QB', x: 45, y: 26 },
  { name: 'Bo Centre', team: 'HOM', position: 'C', group: 'OL', x: 49, y: 26 },
  { name: 'Cy Backer', team: 'VIS', position: 'MLB', group: 'LB', x: 54, y: 25 },
  { name: 'Di Corner', team: 'VIS', position: 'CB', group: 'DB', x: 57, y: 8 },
]

export const start = Date.UTC(2030, 8, 1, 17)

/** Rows of a play that the test makes, by player and then by time, as the files have them; each player's `frame` counts from 0. */
export function ngsRows(play: MadePlay): string[] {
  const rows: string[] = []
  const players = [...roster, { name: 'ball', team: '', position: '', group: '', x: 50, y: 26 }]
  for (const [index, player] of players.entries()) {
    // The last defender is not seen in the first three instants: his frame 0 is the fourth of the play.
    const from = index === 3 ? 3 : 0
    for (let tenths = from; tenths < play.frames; tenths++) {
      const isBall = player.name === 'ball'
      const cells: Record<string, string> = {
        gameId: play.gameId,
        playId: play.playId,
        playType: play.playType,
        preSnapHomeScore: '7',
        preSnapVisitorScore: '3',
        playDirection: 'right',
        quarter: '2',
        gameClock: '01:12',
        down: '3',
        yardsToGo: '5',
        absoluteYardlineNumber: '50',
        possessionFlag: isBall ? '' : player.team === 'HOM' ? '1.0' : '0.0',
        homeTeamFlag: isBall ? '' : player.team === 'HOM' ? '1.0' : '0.0',
        teamAbbr: player.team,
        frame: String(tenths - from),
        displayName: player.name,
        jerseyNumber: isBall ? '' : `${10 + index}.0`,
        nflId: isBall ? '' : `${900 + index}.0`,
        position: player.position,
        positionGroup: player.group,
        time: new Date(start + tenths * 100).toISOString().replace('T', ' ').replace('Z', ''),
        x: String(player.x + tenths * 0.01),
        y: String(player.y),
        s: '0.1',
        o: isBall ? '' : '90.5',
        dir: isBall ? '' : '270',
        event: play.events.find((mark) => mark.tenths === tenths)?.event ?? '',
        playDescription: '(1:12) A.Quick pass short.',
      }
      rows.push(ngsColumns.map((column) => cells[column] ?? '').join('\t'))
    }
  }
  return rows
}

export function ngsText(...plays: MadePlay[]): string {
  return [ngsColumns.join('\t'), ...plays.flatMap(ngsRows), ''].join('\n')
}

/** The same play in the Big Data Bowl layout of clubs. */
export function bowlText(gameId: string, playId: string, frames: number, snapAt: number): string {
  const rows = [
    'gameId,playId,nflId,displayName,frameId,time,jerseyNumber,club,playDirection,x,y,s,a,dis,o,dir,event',
  ]
  for (const [index, player] of [...roster, { name: 'football', team: 'football', x: 50, y: 26 }].entries())
    for (let tenths = 0; tenths < frames; tenths++) {
      const isBall = player.team === 'football'
      const id = isBall ? 'NA' : String(900 + index)
      const time = new Date(start + tenths * 100).toISOString().slice(0, -1) + '000'
      const angle = isBall ? 'NA' : '90'
      const event = tenths === snapAt ? 'ball_snap' : 'NA'
      rows.push(
        `${gameId},${playId},${id},"${player.name}",${tenths + 1},${time},${isBall ? 'NA' : 10 + index},${player.team},right,${player.x},${player.y},0.1,0,0,${angle},${angle},${event}`,
      )
    }
  return rows.join('\r\n')
}
