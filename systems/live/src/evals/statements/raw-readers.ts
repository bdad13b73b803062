import type { FeedFormat } from '../../feeds/feed-format.ts'
import { nbaStatsCsv } from '../../feeds/nba/stats-csv.ts'
import { nflGamecenter } from '../../feeds/nfl/gamecenter.ts'
import { nflGamedetail } from '../../feeds/nfl/gamedetail.ts'
import { nflPbpCsv } from '../../feeds/nfl/pbp-csv.ts'
import { soccerStatsbomb } from '../../feeds/soccer/statsbomb.ts'
import { soccerWyscout } from '../../feeds/soccer/wyscout.ts'
import type { RawGame } from './raw-game.ts'
import { rawNbaCsv } from './raw-nba.ts'
import { rawStatsbomb, rawWyscout } from './raw-soccer.ts'
import { rawGamecenter, rawGamedetail, rawNflCsv } from './raw-nfl.ts'

/** For each format whose words can be checked, the reader that shares no code with the pipeline. */
export const rawReaders: readonly (readonly [FeedFormat, (text: string, name: string) => RawGame[]])[] = [
  [nflPbpCsv, rawNflCsv],
  [nflGamecenter, rawGamecenter],
  [nflGamedetail, rawGamedetail],
  [nbaStatsCsv, rawNbaCsv],
  [soccerWyscout, rawWyscout],
  [soccerStatsbomb, rawStatsbomb],
]
