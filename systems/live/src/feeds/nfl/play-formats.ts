import type { FeedFormat } from '../feed-format.ts'
import { nflGamecenter } from './gamecenter.ts'
import { nflGamedetail } from './gamedetail.ts'
import { nflPbpCsv } from './pbp-csv.ts'

/** Every format of NFL play-by-play: what trainings and evals read. */
export const nflPlayFormats: readonly FeedFormat[] = [nflPbpCsv, nflGamecenter, nflGamedetail]
