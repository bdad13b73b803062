import type { Side } from '../../src/domain/match.ts'

export interface SoccerMatchOptions {
  seed: number
  /** Wall clock of the kick-off, milliseconds since the epoch. */
  startMs: number
  matchId?: string
  /** Length of half-time; default a quarter of an hour. */
  breakMs?: number
  /** A level match goes to extra time and a shoot-out. */
  isCup?: boolean
}

export interface SoccerTruth {
  /** Goals by which home should win on average. */
  homeEdge: number
  /** Known when the match is over, shoot-out included; null for a draw. */
  winner: Side | null
  isOver: boolean
}
