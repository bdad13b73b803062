import type { Side, Team } from '../../src/domain/match.ts'

export interface NbaGameOptions {
  seed: number
  /** Wall clock of the tip-off, milliseconds since the epoch. */
  startMs: number
  matchId?: string
  home?: Team
  away?: Team
  /** Share of the real length of stoppages (fouls, timeouts, breaks), 0..1; default 1. */
  stoppageScale?: number
  /** Without tracking only the actions come, with the same results. Default true. */
  withTracking?: boolean
}

export interface NbaTruth {
  /** Points by which home should win on average. */
  homeEdge: number
  /** Known when the game is over; a game never ends level. */
  winner: Side | null
  isOver: boolean
}
