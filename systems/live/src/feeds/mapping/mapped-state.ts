import type { Match, Side } from '../../domain/match.ts'
import type { EventTimesState } from '../clocks/event-times.ts'
import type { PossessionState } from '../nba/possession.ts'
import type { MappedRow } from './mapped-rows.ts'
import { createStanding } from './standing.ts'
import type { Standing } from './standing.ts'

/** What is remembered of one match. Plain JSON, but for rows of a document that wait. */
export interface MappedMatch {
  id: string
  /** Null until it was announced. */
  match: Match | null
  /** Facts that rows have told so far. */
  facts: Record<string, unknown>
  carried: Record<string, unknown>
  /** Rows that wait until both teams are known. */
  held: HeldRow[]
  times: EventTimesState | null
  scores: { home: number; away: number }
  /** Final score that the feed states. */
  result: { home: number; away: number } | null
  side: Side
  lastShooter: Side | null
  possession: PossessionState
  /** Last game clock. */
  period: number
  secondsLeft: number | null
  isOver: boolean
  standing: Standing
  /** A standing that is told when the next row is of a later time. */
  pendingMs: number | null
  lastRef: string
}

export type HeldRow = Pick<MappedRow, 'scope' | 'ref'>

/** What a reader of a mapping remembers between the parts of a feed. Plain JSON. */
export interface MappedState {
  matches: Record<string, MappedMatch>
  /** Entries that were learnt from rows, by table. */
  learnt: Record<string, Record<string, unknown>>
  totals: Record<string, number>
  /** Rows that came last, so that one sent again changes nothing. */
  recent: string[]
  currentId: string | null
  /** First line of a CSV, which parts that come without it are read by. */
  header: string | null
}

export const createMappedState = (): MappedState => ({
  matches: {},
  learnt: {},
  totals: {},
  recent: [],
  currentId: null,
  header: null,
})

export const createMappedMatch = (id: string): MappedMatch => ({
  id,
  match: null,
  facts: {},
  carried: {},
  held: [],
  times: null,
  scores: { home: 0, away: 0 },
  result: null,
  side: 'home',
  lastShooter: null,
  possession: { ball: null, openingTip: null },
  period: 1,
  secondsLeft: null,
  isOver: false,
  standing: createStanding(),
  pendingMs: null,
  lastRef: '',
})
