import type { KnownEnd } from './follow-end.ts'

/** Columns of the model of plays left, from the side that has the ball. */
export const playsLeftColumns = [
  'clock at the next snap, s',
  'clock at the last snap, s',
  'the clock stands',
  'lead of the ball’s side, points',
  'lead, points either way',
  'to the goal, yd',
  'down',
  'to go, yd',
  'timeouts of the ball’s side',
  'timeouts of the other side',
  'plays in the last 120 s of clock',
  'kickoff, try or scrimmage',
  'overtime',
] as const

/** Writes the row of what is known at `at`; NaN where it is not known. */
export function writePlaysLeftFeatures(known: KnownEnd, out: Float64Array, at: number): void {
  const { state } = known
  const isHome = state.ball === 'home'
  const lead = (state.homeScore - state.awayScore) * (isHome ? 1 : -1)
  out[at] = known.nextSnapSeconds
  out[at + 1] = state.secondsLeft
  out[at + 2] = known.isClockStopped === null ? Number.NaN : known.isClockStopped ? 1 : 0
  out[at + 3] = lead
  out[at + 4] = Math.abs(lead)
  out[at + 5] = state.yardsToGoal ?? Number.NaN
  out[at + 6] = state.down ?? Number.NaN
  out[at + 7] = state.yardsToGo ?? Number.NaN
  out[at + 8] = isHome ? state.homeTimeouts : state.awayTimeouts
  out[at + 9] = isHome ? state.awayTimeouts : state.homeTimeouts
  out[at + 10] = known.recentPlays
  out[at + 11] = state.stage === 'kickoff' ? 2 : state.stage === 'try' ? 1 : 0
  out[at + 12] = state.period > 4 ? 1 : 0
}
