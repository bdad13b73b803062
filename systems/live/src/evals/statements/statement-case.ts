import type { RawGame, RawRow, RawSide } from './raw-game.ts'

/** Something that was said of a game. */
export interface Statement {
  /** Type of a tag, kind of an insight, or `summary`. */
  kind: string
  text: string
  /** Play or action that it is said of; '' where it is of the whole game. */
  occasion: string
  /** Figures beside the words. */
  figures: Record<string, unknown>
}

export interface Case {
  game: RawGame
  /** The row that is spoken of; the last one where the whole game is. */
  row: RawRow
  before: RawRow | null
  at: number
  statement: Statement
}

/** What a pattern's words say, held against the file: true, false, or null where the file does not tell. */
export type Check = (words: string[], of: Case) => boolean | null

export const sideNamed = ({ names }: RawGame, name: string): RawSide | null =>
  names.home.includes(name) ? 'home' : names.away.includes(name) ? 'away' : null

export const other = (side: RawSide): RawSide => (side === 'home' ? 'away' : 'home')

export const isScore = ({ home, away }: { home: number; away: number }, high: string, low: string): boolean =>
  Math.max(home, away) === Number(high) && Math.min(home, away) === Number(low)

/** Rows after which the score is another than before. */
export const scoring = ({ rows }: RawGame): { row: RawRow; before: { home: number; away: number } }[] =>
  rows.flatMap((row, at) => {
    const before = rows[at - 1] ?? { home: 0, away: 0 }
    return row.home !== before.home || row.away !== before.away ? [{ row, before }] : []
  })
