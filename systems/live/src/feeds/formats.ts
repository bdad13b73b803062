import type { FeedFormat } from './feed-format.ts'
import { nflTracking } from './nfl-tracking.ts'

/** Every format, for recognising a file. */
export const feedFormats: readonly FeedFormat[] = [nflTracking]
