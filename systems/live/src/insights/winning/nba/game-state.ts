import type { FeedEvent } from '../../../domain/feed-event.ts'
import type { Regulation, Side } from '../../../domain/match.ts'

/** What is known of an NBA game after an action. Plain JSON. */
export interface NbaGameState {
  actionId: string
  /** 1..4, overtime 5, 6, … */
  period: number
  secondsLeft: number
  homeScore: number
  awayScore: number
  possession: Side | null
  /** Where the game is not as long as the league's. */
  regulation?: Regulation | null | undefined
}

type Time = Pick<NbaGameState, 'period' | 'secondsLeft' | 'regulation'>

/** The state after the action that the event tells of; null for events that tell of none. */
export function nbaStateAfter(event: FeedEvent, regulation: Regulation | null = null): NbaGameState | null {
  if (event.kind !== 'nba-action' || event.clocks.game === null) return null
  const { period, secondsLeft } = event.clocks.game
  const { actionId, homeScore, awayScore, possession } = event
  const state = { actionId, period, secondsLeft, homeScore, awayScore, possession }
  return regulation === null ? state : { ...state, regulation }
}

/** Seconds to the end of the last period, or of the overtime that is played. */
export function nbaSecondsLeft({ period, secondsLeft, regulation }: Time): number {
  const { periods, periodSeconds } = regulation ?? { periods: 4, periodSeconds: 720 }
  return Math.max(0, periods - period) * periodSeconds + secondsLeft
}

/** Whether time has run out in a period that can end the game. */
export function isTimeUp({ period, secondsLeft, regulation }: Time): boolean {
  return period >= (regulation?.periods ?? 4) && secondsLeft === 0
}
