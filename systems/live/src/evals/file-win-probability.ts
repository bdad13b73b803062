import { openFeedFile, peekFeed } from '../feeds/open-feed-file.ts'
import { matchIdOf } from '../feeds/nfl/nfl-match.ts'
import { headerColumns, numberOf, readRows, textOf } from '../feeds/read-source.ts'

/** What a play-by-play file itself says of a play. */
export interface FileColumns {
  /** Its model's chance of the home side before the play. */
  homeWin: number
  /** The same after it: what the next row of the game says before its own. Null after the last one. */
  homeWinAfter: number | null
  /** Its model's swing by the play for the side with the ball; null where it has none. */
  swing: number | null
}

/** By `matchId/playId`, from the columns `wp`, `wpa` and `posteam` of nflverse and nflscrapR files. Rows without `wp` are left out. */
export async function readFileColumns(
  paths: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, FileColumns>> {
  const found = new Map<string, FileColumns>()
  let last = null as { matchId: string; columns: FileColumns } | null
  for (const path of paths) {
    const { head, whole } = await peekFeed(openFeedFile(path))
    if (!headerColumns(head).has('wp')) continue
    for await (const row of readRows(whole, 'csv', signal)) {
      if ('code' in row) continue
      const { fields } = row
      const wp = numberOf(fields['wp'])
      const posteam = textOf(fields['posteam'])
      if (wp === null || posteam === '') continue
      const matchId = matchIdOf(textOf(fields['old_game_id']) || textOf(fields['game_id']))
      const homeWin = posteam === textOf(fields['home_team']) ? wp : 1 - wp
      if (last?.matchId === matchId) last.columns.homeWinAfter = homeWin
      const columns: FileColumns = { homeWin, homeWinAfter: null, swing: numberOf(fields['wpa']) }
      found.set(`${matchId}/${textOf(fields['play_id'])}`, columns)
      last = { matchId, columns }
    }
  }
  return found
}
