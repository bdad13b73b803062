import { clamp } from '@heavylift/core/math'
import { ballWorth } from './features.ts'
import type { NflGameState } from './game-state.ts'

/** The late model knows the fourth quarter from here on. */
export const lateFromSeconds = 420
/** From here on it speaks alone; before, it comes in by and by, so that no figure on air jumps. */
export const lateAloneSeconds = 300

/**
 * Columns of the late model, from the side with the ball: at the end the same state means the same for either side, so each
 * game teaches twice as much as from the home side.
 */
export const lateColumns = [
  'lead of the ball’s side, points',
  'fourth quarter left, s',
  'lead with the ball’s worth per √time',
  'to the goal, yd',
  'down',
  'to go, yd',
  'timeouts of the ball’s side',
  'timeouts of the other side',
  'ball’s side is at home, else −1',
  'kickoff',
  'try',
  'scores ahead or behind',
] as const

/** 1 where the chance of the ball's side may only rise with the column, −1 where it may only fall. */
export const lateMonotone = [1, 0, 1, -1, 0, 0, 1, -1, 1, 0, 0, 0] as const

/** How much the late model counts in a state, 0..1. */
export function lateShare(state: Pick<NflGameState, 'period' | 'secondsLeft'>): number {
  if (state.period !== 4) return 0
  const share = (lateFromSeconds - state.secondsLeft) / (lateFromSeconds - lateAloneSeconds)
  return clamp(share, 0, 1)
}

/** Writes the row of a state of the fourth quarter at `at`; NaN where a state has no such thing. */
export function writeLateFeatures(state: NflGameState, out: Float64Array, at: number): void {
  const isHome = state.ball === 'home'
  const lead = (isHome ? 1 : -1) * (state.homeScore - state.awayScore)
  out[at] = lead
  out[at + 1] = state.secondsLeft
  out[at + 2] = (lead + ballWorth(state)) / Math.sqrt((state.secondsLeft + 30) / 3600)
  out[at + 3] = state.yardsToGoal ?? Number.NaN
  out[at + 4] = state.down ?? Number.NaN
  out[at + 5] = state.yardsToGo ?? Number.NaN
  out[at + 6] = isHome ? state.homeTimeouts : state.awayTimeouts
  out[at + 7] = isHome ? state.awayTimeouts : state.homeTimeouts
  out[at + 8] = isHome ? 1 : -1
  out[at + 9] = state.stage === 'kickoff' ? 1 : 0
  out[at + 10] = state.stage === 'try' ? 1 : 0
  // A touchdown with two points is eight.
  out[at + 11] = Math.sign(lead) * Math.ceil(Math.abs(lead) / 8)
}
