import type { FeedEvent } from '../../../domain/feed-event.ts'
import type { Side } from '../../../domain/match.ts'
import { periodSeconds } from '../../../feeds/clocks/game-clock.ts'
import { isPlacedShot } from './xg-features.ts'
import { expectedGoals } from './xg.ts'

/** What is known of a match after an action. Plain JSON. */
export interface SoccerGameState {
  /** 1, 2: halves; 3, 4: extra time; 5: shoot-out. */
  period: number
  /** Since the period began, added time too. */
  seconds: number
  score: Record<Side, number>
  /** Players sent off. */
  sentOff: Record<Side, number>
  /** Expected goals of the shots so far, penalties included, shoot-outs not. */
  xg: Record<Side, number>
  /** Minutes that the referee said this half gets; null until then. */
  addedMinutes: number | null
  /** Goals by which past results favour the home side, home field included; null where nothing is known. */
  homeEdge: number | null
}

export const createSoccerGameState = (): SoccerGameState => ({
  period: 1,
  seconds: 0,
  score: { home: 0, away: 0 },
  sentOff: { home: 0, away: 0 },
  xg: { home: 0, away: 0 },
  addedMinutes: null,
  homeEdge: null,
})

/** Takes an event into the state; returns a shot's expected goals, null for all else. */
export function followSoccer(event: FeedEvent, state: SoccerGameState): number | null {
  if (event.kind === 'match') state.homeEdge = event.match.homeEdge ?? null
  if (event.kind !== 'soccer-action' || event.clocks.game === null) return null
  const { side, type, card } = event
  const { period, secondsLeft } = event.clocks.game
  // A correction of an earlier half does not turn the clock back.
  if (period > state.period) state.addedMinutes = null
  if (period >= state.period) {
    state.seconds = Math.max(
      period > state.period ? 0 : state.seconds,
      periodSeconds('soccer', period) - secondsLeft,
    )
    state.period = period
  }
  if (type === 'added-time' && event.addedMinutes !== null) state.addedMinutes = event.addedMinutes
  state.score = { home: event.homeScore, away: event.awayScore }
  if (side === null) return null
  if (card === 'red' || card === 'second-yellow') state.sentOff[side]++
  if (!isPlacedShot(event) || period > 4) return null
  const xg = expectedGoals(event, event.matchId)
  state.xg[side] += xg
  return xg
}

/** Minute of the match as scoreboards count it: the second half begins at 45 however long the first was. */
export function matchMinute({ period, seconds }: Pick<SoccerGameState, 'period' | 'seconds'>): number {
  let start = 0
  for (let before = 1; before < period; before++) start += periodSeconds('soccer', before)
  return (start + seconds) / 60
}
