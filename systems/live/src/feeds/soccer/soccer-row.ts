import type { SoccerAction, SoccerShot } from '../../domain/feed-event.ts'
import type { Side } from '../../domain/match.ts'

/** What a reader of a soccer format takes from a row; the game adds clocks, score and what led to a shot. */
export type SoccerRow = Pick<SoccerAction, 'actionId' | 'type' | 'subType' | 'side'> & {
  period: number
  /** Since the period began; goes on in added time. */
  seconds: number
  sourceRef: string
  /** Wall clock, where the feed has one. */
  wallMs?: number
  /** A pass from the wing into the area; a pass between defenders to a runner. */
  isCross?: boolean
  isThroughBall?: boolean
  /** `assist` and `situation` may be left out where the rows before tell them. */
  shot?: (Pick<SoccerShot, 'outcome' | 'bodyPart'> & Partial<SoccerShot>) | undefined
  /** Metres, as in `SoccerAction`. */
  x?: number | null
  y?: number | null
} & Partial<
    Pick<
      SoccerAction,
      'playerId' | 'playerName' | 'otherPlayers' | 'isSuccessful' | 'card' | 'addedMinutes' | 'description'
    >
  >

/** What a record of a file tells; where it stands is added by who reads the file. */
export type RowOfRecord = Omit<SoccerRow, 'sourceRef'>

export interface WyscoutNames {
  side(teamId: string): Side | null
  /** Names by id; version 3 has them in the events. */
  player: ReadonlyMap<string, string>
}

/** The row of a card that was shown for what a row tells. */
export function cardRow(row: RowOfRecord, card: NonNullable<SoccerAction['card']>): RowOfRecord {
  const { period, seconds, side, playerId, playerName } = row
  const who = { playerId: playerId ?? null, playerName: playerName ?? null }
  return {
    actionId: `${row.actionId}-card`,
    period,
    seconds,
    side,
    ...who,
    type: 'card',
    subType: card,
    card,
  }
}
