import type { FeedFormat } from './feed-format.ts'
import { createIbtFormat } from './ibt/ibt-format.ts'
import { nascarFlagData } from './nascar/flag-data.ts'
import { nascarLapNotes } from './nascar/lap-notes.ts'
import { nascarLapTimes } from './nascar/lap-times.ts'
import { nascarLiveFeed } from './nascar/live-feed.ts'
import { nascarPitData } from './nascar/pit-data.ts'
import { nflGamecenter } from './nfl/gamecenter.ts'
import { nflPbpCsv } from './nfl/pbp-csv.ts'
import { nflTracking } from './nfl-tracking.ts'

/** Every format, for recognising a file. */
export const feedFormats: readonly FeedFormat[] = [
  nflTracking,
  nflPbpCsv,
  nflGamecenter,
  createIbtFormat(),
  nascarLiveFeed,
  nascarFlagData,
  nascarPitData,
  nascarLapTimes,
  nascarLapNotes,
]
