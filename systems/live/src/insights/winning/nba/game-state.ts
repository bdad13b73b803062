import type { FeedEvent } from '../../../domain/feed-event.ts'
import type { Side } from '../../../domain/match.ts'

/** What is known of an NBA game after an action. Plain JSON. */
export interface NbaGameState {
  actionId: string
  /** 1..4, overtime 5, 6, … */
  period: number
  secondsLeft: number
  homeScore: number
  awayScore: number
  possession: Side | null
}

/** The state after the action that the event tells of; null for events that tell of none. */
export function nbaStateAfter(event: FeedEvent): NbaGameState | null {
  if (event.kind !== 'nba-action' || event.clocks.game === null) return null
  const { period, secondsLeft } = event.clocks.game
  const { actionId, homeScore, awayScore, possession } = event
  return { actionId, period, secondsLeft, homeScore, awayScore, possession }
}

/** Seconds to the end of the fourth quarter, or of the overtime that is played. */
export function nbaSecondsLeft(state: Pick<NbaGameState, 'period' | 'secondsLeft'>): number {
  return Math.max(0, 4 - state.period) * 720 + state.secondsLeft
}

/** Whether time has run out in a period that can end the game. */
export function isTimeUp(state: Pick<NbaGameState, 'period' | 'secondsLeft'>): boolean {
  return state.period >= 4 && state.secondsLeft === 0
}
