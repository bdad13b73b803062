import { integrate } from './gauss-legendre.ts'

const knots = 64

/**
 * The parameter of a curve (u(p), v(p)), p from 0 to `end`, by how far along it one is: s runs along the reference line (OpenDRIVE 1.7, 8.2), which the
 * parameter of a polynomial does only near enough. A table of lengths with cubic Hermite pieces between; a length in the file that is not the curve's is
 * spread over all of it.
 */
export class ArcLengthTable {
  readonly #end: number
  readonly #length: number
  /** Share of the way at each knot, and dp by share there. */
  readonly #share = new Float64Array(knots + 1)
  readonly #slope = new Float64Array(knots + 1)
  readonly #isUsable: boolean

  /** `u` and `v`: the coefficients of p¹ … p³. `length`: what the file gives. */
  constructor(
    [bU, cU, dU]: readonly [number, number, number],
    [bV, cV, dV]: readonly [number, number, number],
    end: number,
    length: number,
  ) {
    this.#end = end
    this.#length = length
    const speed = (p: number) => Math.hypot(bU + p * (2 * cU + 3 * dU * p), bV + p * (2 * cV + 3 * dV * p))
    let total = 0
    for (let k = 1; k <= knots; k++) {
      total += integrate(speed, (end * (k - 1)) / knots, (end * k) / knots, 1)
      this.#share[k] = total
    }
    let slowest = Infinity
    for (let k = 0; k <= knots; k++) {
      const at = speed((end * k) / knots)
      slowest = Math.min(slowest, at)
      this.#share[k] = (this.#share[k] as number) / total
      this.#slope[k] = total / at
    }
    this.#isUsable = Number.isFinite(total) && slowest > 0.01 * (total / end)
  }

  /** p at `along` metres, 0 to the length. Where the curve all but stops somewhere, p grows evenly. */
  parameterAt(along: number): number {
    const share = along / this.#length
    if (!this.#isUsable) return share * this.#end
    let low = 0
    let high = knots
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((this.#share[middle] as number) <= share) low = middle
      else high = middle
    }
    const from = this.#share[low] as number
    const width = (this.#share[high] as number) - from
    const x = (share - from) / width
    const step = this.#end / knots
    const rest = 1 - x
    return (
      step * (low + x * x * (3 - 2 * x)) +
      width * x * rest * ((this.#slope[low] as number) * rest - (this.#slope[high] as number) * x)
    )
  }
}
