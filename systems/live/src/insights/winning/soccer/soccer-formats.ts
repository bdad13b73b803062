import type { FeedFormat } from '../../../feeds/feed-format.ts'
import { soccerOpta } from '../../../feeds/soccer/opta.ts'
import { soccerStatsbomb } from '../../../feeds/soccer/statsbomb.ts'
import { soccerUnderstat } from '../../../feeds/soccer/understat.ts'
import { soccerWyscout } from '../../../feeds/soccer/wyscout.ts'

/** Formats whose files tell of shots. */
export const soccerFormats: readonly FeedFormat[] = [
  soccerWyscout,
  soccerStatsbomb,
  soccerOpta,
  soccerUnderstat,
]
