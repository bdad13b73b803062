import type { FeedFormat } from './feed-format.ts'
import { heavyliftJsonl } from './recorded/heavylift-jsonl.ts'
import { createMappedFormat } from './mapping/mapped-format.ts'
import { shippedMappings } from './mapping/shipped-mappings.ts'
import { createIbtFormat } from './ibt/ibt-format.ts'
import { nascarFlagData } from './nascar/flag-data.ts'
import { nascarLapNotes } from './nascar/lap-notes.ts'
import { nascarLapTimes } from './nascar/lap-times.ts'
import { nascarLiveFeed } from './nascar/live-feed.ts'
import { nascarPitData } from './nascar/pit-data.ts'
import { nbaCdn } from './nba/cdn-json.ts'
import { nbaStatsCsv } from './nba/stats-csv.ts'
import { soccerOpta } from './soccer/opta.ts'
import { soccerStatsbomb } from './soccer/statsbomb.ts'
import { soccerUnderstat } from './soccer/understat.ts'
import { soccerWyscout } from './soccer/wyscout.ts'
import { nflGamecenter } from './nfl/gamecenter.ts'
import { nflGamedetail } from './nfl/gamedetail.ts'
import { nflTracking } from './nfl-tracking.ts'

/** Every format, for recognising a file. */
export const feedFormats: readonly FeedFormat[] = [
  heavyliftJsonl,
  // Known by more signs than formats that share some of them.
  ...shippedMappings.map(createMappedFormat),
  nflTracking,
  nflGamecenter,
  nflGamedetail,
  nbaCdn,
  nbaStatsCsv,
  soccerOpta,
  soccerStatsbomb,
  soccerWyscout,
  soccerUnderstat,
  createIbtFormat(),
  nascarLiveFeed,
  nascarFlagData,
  nascarPitData,
  nascarLapTimes,
  nascarLapNotes,
]
