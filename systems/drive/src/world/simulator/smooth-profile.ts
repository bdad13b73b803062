import { clamp } from '@heavylift/core/math'
import type { DynamicLimits } from '../openscenario/scenario.ts'

/** From `timeS` on: speed and acceleration there, and its constant jerk. */
interface Piece {
  timeS: number
  speed: number
  acceleration: number
  jerk: number
}

/** A speed that is to be had at a time. */
export interface ProfilePoint {
  timeS: number
  speed: number
}

/** A straight of the profile, through a point. */
interface Line extends ProfilePoint {
  slope: number
}

/** When two straights meet; NaN where they never do. */
function meeting(first: Line, second: Line): number {
  if (first.slope === second.slope) return first.speed === second.speed ? second.timeS : NaN
  const atFirst = first.speed + first.slope * (second.timeS - first.timeS)
  return second.timeS + (second.speed - atFirst) / (first.slope - second.slope)
}

/**
 * Speeds over time from standing acceleration to standing acceleration, through points: straights between them, with corners that are rounded by the limits of
 * jerk, each about where its straights meet. The first begins at the first point, so that it comes a little later than it would without. Null where a corner has
 * no room.
 */
export class SmoothProfile {
  readonly #pieces: Piece[]

  private constructor(pieces: Piece[]) {
    this.#pieces = pieces
  }

  static through(points: readonly ProfilePoint[], limits: DynamicLimits): SmoothProfile | null {
    const { maxAccelerationRate = Infinity, maxDecelerationRate = Infinity } = limits
    const [first, ...rest] = points
    const last = points.at(-1)
    if (!first || !last || rest.length === 0) return null
    const slopes = rest.map((point, index) => {
      const before = points[index] as ProfilePoint
      const slope = (point.speed - before.speed) / (point.timeS - before.timeS)
      return clamp(slope, -limits.maxDecelerationMps2, limits.maxAccelerationMps2)
    })
    const jerkOf = (change: number) => (change > 0 ? maxAccelerationRate : -maxDecelerationRate)
    const lead = slopes[0] as number
    const beginS = first.timeS + (lead === 0 ? 0 : lead / jerkOf(lead) / 2)
    const lines: Line[] = [
      { ...first, slope: 0 },
      ...slopes.map((slope, index) => ({
        ...(index === 0 ? { timeS: beginS, speed: first.speed } : (points[index] as ProfilePoint)),
        slope,
      })),
      { ...last, slope: 0 },
    ]
    const pieces: Piece[] = []
    let endS = first.timeS
    for (let index = 0; index + 1 < lines.length; index++) {
      const [from, to] = [lines[index] as Line, lines[index + 1] as Line]
      const change = to.slope - from.slope
      if (change === 0) continue
      const middleS = meeting(from, to)
      const rampS = change / jerkOf(change)
      const startS = middleS - rampS / 2
      if (!(startS >= endS - 1e-9)) return null
      const speed = from.speed + from.slope * (startS - from.timeS)
      pieces.push({ timeS: startS, speed, acceleration: from.slope, jerk: rampS > 0 ? change / rampS : 0 })
      endS = startS + rampS
      const after = to.speed + to.slope * (endS - to.timeS)
      pieces.push({ timeS: endS, speed: after, acceleration: to.slope, jerk: 0 })
    }
    return new SmoothProfile(pieces)
  }

  /** When the last speed is reached. */
  get endS(): number {
    return this.#pieces.at(-1)?.timeS ?? 0
  }

  speedAt(timeS: number): number {
    let piece = this.#pieces[0] as Piece
    for (const next of this.#pieces) if (next.timeS <= timeS) piece = next
    const elapsedS = Math.max(0, timeS - piece.timeS)
    return piece.speed + elapsedS * (piece.acceleration + (elapsedS * piece.jerk) / 2)
  }
}
