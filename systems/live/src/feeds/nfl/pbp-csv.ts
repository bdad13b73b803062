import { createMappedFormat } from '../mapping/mapped-format.ts'
import { needShipped } from '../mapping/shipped-mappings.ts'

/** Play-by-play of NFL games as nflverse and nflscrapR publish it: one row a play, one or many games a file. */
export const nflPbpCsv = createMappedFormat(needShipped('nfl-pbp'))
