/** Which way a game leans: swings of the chance to win, each fading with time. Plain JSON. */
export interface Momentum {
  /** Sum of faded swings, home positive. */
  sum: number
  atSeconds: number
}

/** A swing counts half after this much playing time. */
const halfLifeSeconds = { nfl: 300, nba: 120, soccer: 600 }
/** Faded swings that make the scale read 76 of 100 (tanh 1). */
const full = 0.25

export function createMomentum(): Momentum {
  return { sum: 0, atSeconds: 0 }
}

/** Adds a swing of the home side's chance at a playing time since the start. Time that goes back (a correction) fades nothing. */
export function addSwing(
  momentum: Momentum,
  sport: keyof typeof halfLifeSeconds,
  elapsedSeconds: number,
  swing: number,
): void {
  const passed = Math.max(0, elapsedSeconds - momentum.atSeconds)
  momentum.sum = momentum.sum * 0.5 ** (passed / halfLifeSeconds[sport]) + swing
  momentum.atSeconds = elapsedSeconds
}

/** -100 (all with the away side) to 100 (all with the home side). */
export function momentumScore(momentum: Momentum): number {
  return Math.round(100 * Math.tanh(momentum.sum / full))
}
