import { emptyRow } from './raw-game.ts'
import type { RawGame, RawRow, RawSide } from './raw-game.ts'
import { rawCsv, rawSeconds } from './raw-files.ts'
import type { RawCells } from './raw-files.ts'

/** Points of a row's words: `(3 PTS)` counts a player's total, so the kind of shot decides. */
function pointsOf(row: RawCells, words: string): number {
  if (row['EVENTMSGTYPE'] === '1') return /\b3PT\b/.test(words) ? 3 : 2
  return row['EVENTMSGTYPE'] === '3' && !/\bMISS\b/.test(words) ? 1 : 0
}

const sideOfRow = (row: RawCells): RawSide | null =>
  row['PERSON1TYPE']?.startsWith('4') ? 'home' : row['PERSON1TYPE']?.startsWith('5') ? 'away' : null

/** Play-by-play of the stats site: `SCORE` is `away - home`, and stands on rows that scored only. */
export function rawNbaCsv(text: string): RawGame[] {
  return [...Map.groupBy(rawCsv(text), (row) => row['GAME_ID'] ?? '')].map(([written, cells]) => {
    // Some files were through a spreadsheet, which took the zeros off.
    const id = written.padStart(10, '0')
    const names: RawGame['names'] = { home: [], away: [] }
    let [home, away] = [0, 0]
    const rows = cells.map((row): RawRow => {
      const side = sideOfRow(row)
      if (side && names[side].length === 0 && row['PLAYER1_TEAM_NICKNAME'])
        names[side] = [
          `${row['PLAYER1_TEAM_CITY']} ${row['PLAYER1_TEAM_NICKNAME']}`,
          row['PLAYER1_TEAM_NICKNAME'],
          row['PLAYER1_TEAM_ABBREVIATION'] ?? '',
        ]
      const score = /^(\d+) - (\d+)$/.exec(row['SCORE'] ?? '')
      if (score) [away, home] = [Number(score[1]), Number(score[2])]
      const words = [row['HOMEDESCRIPTION'], row['NEUTRALDESCRIPTION'], row['VISITORDESCRIPTION']]
        .filter((part) => part)
        .join(' ')
      const points = pointsOf(row, words)
      return {
        ...emptyRow,
        id: row['EVENTNUM'] ?? '',
        period: Number(row['PERIOD']),
        secondsLeft: rawSeconds(row['PCTIMESTRING'] ?? ''),
        text: words,
        home,
        away,
        side,
        scorers: points > 0 && row['PLAYER1_NAME'] ? [row['PLAYER1_NAME']] : [],
        points,
      }
    })
    const last = rows.at(-1)!
    return { sport: 'nba' as const, id, names, rows, final: { home: last.home, away: last.away } }
  })
}
