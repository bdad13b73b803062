import type { NbaGameState } from './game-state.ts'
import { nbaSecondsLeft } from './game-state.ts'

/**
 * Column of the NBA win-probability model, from the home side. On two hundred games nothing more gained: not the root of time for
 * the home field, nor the lead, time and ball by themselves, nor trees over them.
 */
export const nbaColumns = ['home lead with the ball’s worth per √time'] as const

/** Writes the row of a state at `at`. */
export function writeNbaFeatures(state: NbaGameState, out: Float64Array, at: number): void {
  const ball = state.possession === null ? 0 : state.possession === 'home' ? 1 : -1
  // Half of what a possession brings (about 1.1 points).
  out[at] = leadPerRootTime(state, 0.55 * ball)
}

/** The lead of a Brownian motion per its deviation over what is left (Stern 1994). Five seconds stand for the last shot. */
export function leadPerRootTime(
  state: Pick<NbaGameState, 'period' | 'secondsLeft' | 'regulation' | 'homeScore' | 'awayScore'>,
  extraPoints: number,
): number {
  return (state.homeScore - state.awayScore + extraPoints) / Math.sqrt((nbaSecondsLeft(state) + 5) / 2880)
}
