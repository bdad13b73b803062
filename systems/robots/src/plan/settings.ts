import type { GuidanceOptions } from './guidance.ts'

/** What a planner works by. */
export interface PlannerSettings {
  /** Actions that are planned ahead. */
  depth: number
  /** Robots that may be moved for one. */
  mostTried: number
  /** Share of the robots in the way that are passed over while the plan is bettered, so that chains differ. */
  passedOver: number
  /** The same while robots are placed by priority: above 0, so that what failed is not tried in the same way for ever. */
  passedOverFirst: number
  /** How steeply weights fall from the robot that has the least left to the one that has the most: `(1 - place / robots) ^ steepness`. */
  steepness: number
  /** How much more the way to a first errand counts than the way along a task. */
  approach: number
  /** Cost by which a robot falls back in the order for each step in which it got no nearer. */
  patience: number
  /** Null: every step costs the same. */
  guidance: GuidanceOptions | null
  /** Bytes of distances that are kept. */
  distanceBytes: number
  /** Units of work a step after which more betters little: what is planned by the clock stops there. */
  enoughUnits: number
  seed: number
  /** Robots that fill their cells do not follow each other around corners, where they would touch; so no ring of robots turns either. */
  hasClearCorners?: boolean
}

/**
 * Settings for a floor with so many free cells and robots. Where it is full, robots look less far ahead, since nearly every operation of several steps
 * meets more than one other, and longer chains are tried; where they are many, there is no time for more.
 */
export function settingsFor(freeCells: number, robots: number): PlannerSettings {
  const share = robots / freeCells
  const isFull = share > 0.75
  const isLarge = robots > 3000
  return {
    depth: isFull || isLarge ? 3 : 5,
    mostTried: isFull ? 300 : 60,
    passedOver: 0.3,
    passedOverFirst: isFull ? 0.1 : 0.05,
    steepness: isFull ? 4 : 2,
    approach: 5,
    patience: isFull ? 2 : 0.5,
    guidance: guidanceFor(share),
    distanceBytes: 600e6,
    enoughUnits: 1000 * robots,
    seed: 1,
  }
}

/** The fuller a floor, the more it pays to go with the traffic; on an empty one it only makes ways longer. */
function guidanceFor(share: number): GuidanceOptions | null {
  if (share < 0.05) return null
  const [against, crowd] = share > 0.25 ? [10, 2] : [4, 1]
  return { rounds: 100, against, crowd, seed: 'guidance' }
}
