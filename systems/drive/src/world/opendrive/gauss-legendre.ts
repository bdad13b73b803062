/** Nodes and weights of the eight-point Gauss–Legendre rule on [−1, 1] (Abramowitz & Stegun, table 25.4); symmetric halves. */
const nodes = [0.1834346424956498, 0.525532409916329, 0.7966664774136267, 0.9602898564975363]
const weights = [0.362683783378362, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763]

/** ∫ f from `from` to `to`, the interval cut into `pieces`. Exact to rounding where f is smooth over a piece. */
export function integrate(f: (x: number) => number, from: number, to: number, pieces: number): number {
  const half = (to - from) / pieces / 2
  let sum = 0
  for (let piece = 0; piece < pieces; piece++) {
    const middle = from + half * (2 * piece + 1)
    for (let i = 0; i < 4; i++) {
      const offset = half * (nodes[i] as number)
      sum += (weights[i] as number) * (f(middle - offset) + f(middle + offset))
    }
  }
  return sum * half
}

/**
 * Writes the end of an Euler spiral that starts at the origin with heading 0 into `out` (x, y): curvature `curvature0` at the start,
 * growing by `rate` per metre, over `length` metres. Both Fresnel-type integrals in one pass, without allocation.
 */
export function spiralEnd(curvature0: number, rate: number, length: number, out: Float64Array): void {
  const turn = Math.abs(curvature0 * length) + Math.abs(rate * length * length) / 2
  const pieces = Math.max(1, Math.ceil(turn))
  const half = length / pieces / 2
  let x = 0
  let y = 0
  for (let piece = 0; piece < pieces; piece++) {
    const middle = half * (2 * piece + 1)
    for (let i = 0; i < 8; i++) {
      const node = nodes[i >> 1] as number
      const s = middle + half * (i & 1 ? node : -node)
      const angle = s * (curvature0 + (rate * s) / 2)
      const weight = weights[i >> 1] as number
      x += weight * Math.cos(angle)
      y += weight * Math.sin(angle)
    }
  }
  out[0] = x * half
  out[1] = y * half
}
