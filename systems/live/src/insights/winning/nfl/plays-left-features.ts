import type { NflGameState } from './game-state.ts'

/** Columns of the model of plays left, from the side that has the ball. */
export const playsLeftColumns = [
  'fourth quarter left, s',
  'lead of the ball’s side, points',
  'lead, points either way',
  'to the goal, yd',
  'down',
  'to go, yd',
  'timeouts of the ball’s side',
  'timeouts of the other side',
  'plays in the last 120 s of clock',
] as const

/** Writes the row of a state; `recentPlays` are plays in the last two minutes of game clock. */
export function writePlaysLeftFeatures(
  state: NflGameState,
  recentPlays: number,
  out: Float64Array,
  at: number,
): void {
  const isHome = state.ball === 'home'
  const lead = (state.homeScore - state.awayScore) * (isHome ? 1 : -1)
  out[at] = state.secondsLeft
  out[at + 1] = lead
  out[at + 2] = Math.abs(lead)
  out[at + 3] = state.yardsToGoal ?? Number.NaN
  out[at + 4] = state.down ?? Number.NaN
  out[at + 5] = state.yardsToGo ?? Number.NaN
  out[at + 6] = isHome ? state.homeTimeouts : state.awayTimeouts
  out[at + 7] = isHome ? state.awayTimeouts : state.homeTimeouts
  out[at + 8] = recentPlays
}

const counted: ReadonlySet<string> = new Set([
  'pass',
  'run',
  'sack',
  'qb_kneel',
  'qb_spike',
  'punt',
  'field_goal',
])

/** Whether a play counts as one of the plays that are left (a sack is a pass play). */
export function isCountedPlay(playType: string): boolean {
  return counted.has(playType)
}

/** Times on the fourth quarter's clock of counted plays; keeps those within two minutes of the newest. Plain JSON. */
export function rememberPlay(recentSeconds: number[], secondsLeft: number): void {
  recentSeconds.push(secondsLeft)
  while (recentSeconds.length > 0 && recentSeconds[0]! - secondsLeft > 120) recentSeconds.shift()
}
