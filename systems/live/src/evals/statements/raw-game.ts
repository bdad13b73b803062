export type RawSide = 'home' | 'away'

/** A row of a file: a play or an action. */
/** What a row of soccer is. */
export interface RawSoccer {
  player: string
  /** In the file's own words: `goal`, `saved`, `blocked`, `post`, `wide`; null where it is no shot. */
  shot: 'goal' | 'saved' | 'blocked' | 'post' | 'wide' | null
  isHeader: boolean
  isPenalty: boolean
  isFreeKick: boolean
  isOwnGoal: boolean
  card: 'yellow' | 'second yellow' | 'red' | null
  /** As it is said: `67`, `45+2`. */
  minute: string
}

export interface RawRow {
  id: string
  period: number
  secondsLeft: number | null
  text: string
  /** Score after it. */
  home: number
  away: number
  /** The side that the row is of. */
  side: RawSide | null
  /** Yards to the goal before it. */
  yardsToGoal: number | null
  /** What the file says of its drive as a whole. */
  drive: { yards: number | null; plays: number | null } | null
  /** Players that the row names as having scored, with points. */
  scorers: string[]
  points: number
  interceptions: number
  lostFumbles: number
  soccer?: RawSoccer
}

/** A game as its file has it. */
export interface RawGame {
  sport: 'nfl' | 'nba' | 'soccer'
  id: string
  /** What the sides may be called. */
  names: { home: string[]; away: string[] }
  rows: RawRow[]
  final: { home: number; away: number }
}

export const emptyRow: Readonly<Omit<RawRow, 'id' | 'period' | 'text'>> = {
  secondsLeft: null,
  home: 0,
  away: 0,
  side: null,
  yardsToGoal: null,
  drive: null,
  scorers: [],
  points: 0,
  interceptions: 0,
  lostFumbles: 0,
}

export const rawLeader = ({ home, away }: { home: number; away: number }): RawSide | null =>
  home > away ? 'home' : away > home ? 'away' : null
