import type { TrackShape } from './track-shape.ts'

export interface Grip {
  /** Most that tyres (and banking) give sideways and in braking, m/s². */
  lateralMps2: number
  brakingMps2: number
  topSpeedMps: number
}

/** Grip of the two kinds of circuit: banked corners carry more. */
export const gripOf: Readonly<Record<TrackShape['kind'], Grip>> = {
  oval: { lateralMps2: 23, brakingMps2: 10, topSpeedMps: 90 },
  road: { lateralMps2: 14, brakingMps2: 11, topSpeedMps: 82 },
}

/**
 * Fastest speed at each point of a track: what corners allow, then what braking before them and accelerating out of them
 * allow (the quasi-steady-state lap). `accelerate(v)` is the most forward acceleration at a speed, m/s².
 */
export function speedProfile(track: TrackShape, accelerate: (speedMps: number) => number): Float64Array {
  const grip = gripOf[track.kind]
  const n = track.curvature.length
  const speed = track.curvature.map((curvature) =>
    Math.min(grip.topSpeedMps, Math.sqrt(grip.lateralMps2 / Math.max(1e-6, curvature))),
  )
  const at = (i: number) => speed[((i % n) + n) % n] ?? 0
  // Twice round, so that the line is no exception.
  for (let i = 2 * n; i > 0; i--)
    speed[(i - 1) % n] = Math.min(
      at(i - 1),
      Math.sqrt(at(i) ** 2 + 2 * grip.brakingMps2 * track.spacingMetres),
    )
  for (let i = 0; i < 2 * n; i++) {
    const v = at(i)
    speed[(i + 1) % n] = Math.min(
      at(i + 1),
      Math.sqrt(v ** 2 + 2 * Math.max(0.05, accelerate(v)) * track.spacingMetres),
    )
  }
  return speed
}

/** Linear between points. `metres` is along the lap, 0 ≤ metres < length. */
export function profileAt(profile: Float64Array, track: TrackShape, metres: number): number {
  const at = metres / track.spacingMetres
  const i = Math.floor(at)
  const n = profile.length
  const from = profile[i % n] ?? 0
  return from + (at - i) * ((profile[(i + 1) % n] ?? from) - from)
}
