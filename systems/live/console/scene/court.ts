/** Feet: from the left baseline and the far sideline. */
export const court = {
  length: 94,
  width: 50,
  basketFromBaseline: 5.25,
  keyWidth: 16,
  keyLength: 19,
  /** Free-throw and centre circles. */
  circleRadius: 6,
  threeRadius: 23.75,
  /** The corner's straight line is this far from the sideline. */
  cornerFromSideline: 3,
} as const

/** Angle from the basket's axis at which the three-point arc meets the corner's straight line (radians). */
export function cornerAngle(): number {
  return Math.asin((court.width / 2 - court.cornerFromSideline) / court.threeRadius)
}
