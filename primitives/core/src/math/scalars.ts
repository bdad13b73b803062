/** The value, or the bound that it is beyond. NaN stays NaN. */
export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}

/** Linear interpolation: `from` at share 0, `to` at share 1, beyond them outside. */
export function lerp(from: number, to: number, share: number): number {
  return from + share * (to - from)
}

/** The nearest number with so many digits after the point (before it, where negative); halves go up. */
export function roundTo(value: number, digits: number): number {
  const scale = 10 ** digits
  return Math.round(value * scale) / scale
}

/** The same direction in (−π, π], in radians. */
export function wrapAngle(angle: number): number {
  return angle - 2 * Math.PI * Math.ceil((angle - Math.PI) / (2 * Math.PI))
}
