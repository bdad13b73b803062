/** Parameters of the fuzzy safety model (Mattas and others 2020, Accident Analysis & Prevention 148, 105794). */
export const fuzzySafety = {
  reactionS: 0.75,
  comfortMps2: 4,
  hardestMps2: 6,
  leaderHardestMps2: 7,
  standstillM: 2,
} as const

/** 1 up to `unsafe`, 0 from `safe` on, linear between. */
function membership(distance: number, unsafe: number, safe: number): number {
  if (distance < unsafe) return 1
  if (distance >= safe) return 0
  return (safe - distance) / (safe - unsafe)
}

/**
 * Proactive fuzzy surrogate safety metric, 0 (safe) to 1: could the ego still stop behind a leader that stops as hard as it can? Speeds in m/s,
 * gap in m between the bodies.
 */
export function proactiveFuzzySafety(gapM: number, egoMps: number, leaderMps: number): number {
  const { reactionS, comfortMps2, hardestMps2, leaderHardestMps2, standstillM } = fuzzySafety
  const leaderWay = (leaderMps * leaderMps) / (2 * leaderHardestMps2)
  const reactionWay = egoMps * reactionS
  const safe = reactionWay + (egoMps * egoMps) / (2 * comfortMps2) - leaderWay + standstillM
  const unsafe = reactionWay + (egoMps * egoMps) / (2 * hardestMps2) - leaderWay
  return membership(gapM - standstillM, unsafe, safe)
}

/**
 * Critical fuzzy surrogate safety metric, 0 to 1: will the ego run into a leader that keeps its speed, when it goes on accelerating as now (by
 * `egoAccelerationMps2`) for its reaction time and brakes then?
 */
export function criticalFuzzySafety(
  gapM: number,
  egoMps: number,
  leaderMps: number,
  egoAccelerationMps2: number,
): number {
  if (egoMps <= leaderMps) return 0
  const { reactionS, comfortMps2, hardestMps2 } = fuzzySafety
  const acceleration = Math.max(egoAccelerationMps2, -comfortMps2)
  const nextMps = egoMps + acceleration * reactionS
  if (nextMps <= leaderMps) {
    const closing = egoMps - leaderMps
    return gapM < (closing * closing) / (2 * -acceleration) ? 1 : 0
  }
  const reactionWay = ((egoMps + nextMps) / 2 - leaderMps) * reactionS
  const square = (nextMps - leaderMps) ** 2
  return membership(gapM, reactionWay + square / (2 * hardestMps2), reactionWay + square / (2 * comfortMps2))
}
