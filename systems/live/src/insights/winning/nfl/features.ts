import type { NflGameState } from './game-state.ts'
import { regulationSecondsLeft } from './game-state.ts'

/** Columns of the win-probability model, from the home side. */
export const winColumns = [
  'home lead, points',
  'regulation left, s',
  'home lead with the ball’s worth and what is expected of the rest, per √time',
  'ball, +1 home −1 away',
  'ball from the home goal, yd',
  'down',
  'to go, yd',
  'home timeouts',
  'away timeouts',
  'overtime',
  'try, +1 home −1 away',
  'second-half kickoff, +1 home −1 away',
  'home edge before the game, points',
] as const

/** 1 where the home side's chance may only rise with the column. */
export const winMonotone = [1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] as const

/** Writes the row of a state at `at`; NaN where a state has no such thing. */
export function writeWinFeatures(state: NflGameState, out: Float64Array, at: number): void {
  const sign = state.ball === 'home' ? 1 : -1
  const lead = state.homeScore - state.awayScore
  const left = regulationSecondsLeft(state)
  // The better side gains its edge evenly over the game.
  const worth = lead + sign * ballWorth(state) + (state.homeEdge * left) / 3600
  const fromOwnGoal = state.yardsToGoal === null ? Number.NaN : 100 - state.yardsToGoal
  out[at] = lead
  out[at + 1] = left
  // Stern (1994): the lead of a Brownian motion, per its standard deviation over what is left. Half a minute stands for the last play.
  out[at + 2] = worth / Math.sqrt((left + 30) / 3600)
  out[at + 3] = sign
  out[at + 4] = sign > 0 ? fromOwnGoal : 100 - fromOwnGoal
  out[at + 5] = state.down ?? Number.NaN
  out[at + 6] = state.yardsToGo ?? Number.NaN
  out[at + 7] = state.homeTimeouts
  out[at + 8] = state.awayTimeouts
  out[at + 9] = state.period > 4 ? 1 : 0
  out[at + 10] = state.stage === 'try' ? sign : 0
  out[at + 11] = state.secondHalfReceiver === null ? 0 : state.secondHalfReceiver === 'home' ? 1 : -1
  out[at + 12] = state.homeEdge
}

/**
 * Points that having the ball is worth, roughly: a straight line over the field (about -0.5 on the own goal line to 6 at the
 * other), less for later downs. The trees correct it; it lets them see lead and ball in one number.
 */
export function ballWorth(state: NflGameState): number {
  if (state.stage === 'try') return 0.95 - 0.7
  if (state.stage === 'kickoff' || state.yardsToGoal === null) return 0.7
  return 5.8 - 0.063 * state.yardsToGoal - 0.5 * ((state.down ?? 1) - 1)
}
