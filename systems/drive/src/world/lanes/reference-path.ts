import { clamp } from '@heavylift/core/math'
/** Nearest point of a path, written by `ReferencePath.project`. */
export interface PathPoint {
  /** Along the path, in metres from its start. */
  s: number
  /** Left of the path. */
  lateral: number
  /** Sample at or before it. */
  index: number
}

/** The centre of the lanes that a route follows, sampled every `stepM`, with what is known of each place. */
export class ReferencePath {
  readonly stepM: number
  readonly count: number
  readonly x: Float64Array
  readonly y: Float64Array
  /** Not wrapped: it turns without jumps. */
  readonly heading: Float64Array
  /** 1/m, positive to the left. */
  readonly curvature: Float64Array
  readonly laneWidthM: Float64Array
  readonly speedLimitMps: Float64Array
  /** Index of road, lane id and s of the road at each sample. */
  readonly road: Int32Array
  readonly lane: Int32Array
  readonly roadS: Float64Array
  /** +1 where the path runs along rising s of its road. */
  readonly direction: Int8Array

  constructor(count: number, stepM: number) {
    const numbers = () => new Float64Array(count)
    this.stepM = stepM
    this.count = count
    this.x = numbers()
    this.y = numbers()
    this.heading = numbers()
    this.curvature = numbers()
    this.laneWidthM = numbers()
    this.speedLimitMps = numbers()
    this.road = new Int32Array(count)
    this.lane = new Int32Array(count)
    this.roadS = numbers()
    this.direction = new Int8Array(count)
  }

  get lengthM(): number {
    return (this.count - 1) * this.stepM
  }

  /**
   * Nearest point of the path to (x, y). `hint` is the index of an earlier answer: the search goes from there as long as it gets nearer; −1
   * searches the whole path.
   */
  project(x: number, y: number, hint: number, out: PathPoint): void {
    let nearest = hint < 0 ? this.#nearestIndex(x, y) : Math.min(hint, this.count - 1)
    let square = this.#squareTo(nearest, x, y)
    for (const way of [1, -1]) {
      for (let next = nearest + way; next >= 0 && next < this.count; next += way) {
        const other = this.#squareTo(next, x, y)
        if (other > square) break
        square = other
        nearest = next
      }
    }
    const heading = this.heading[nearest] as number
    const dx = x - (this.x[nearest] as number)
    const dy = y - (this.y[nearest] as number)
    const cos = Math.cos(heading)
    const sin = Math.sin(heading)
    const left = dy * cos - dx * sin
    const ahead = (dx * cos + dy * sin) / Math.max(0.1, 1 - (this.curvature[nearest] as number) * left)
    out.s = nearest * this.stepM + ahead
    out.lateral = left
    out.index = nearest
  }

  /** Heading at `s`, between samples. */
  headingAt(s: number): number {
    return this.#between(this.heading, s)
  }

  curvatureAt(s: number): number {
    return this.#between(this.curvature, s)
  }

  /** Writes x and y of the point `lateral` to the left of the path at `s` into `out`. */
  pointAt(s: number, lateral: number, out: Float64Array): void {
    const heading = this.#between(this.heading, s)
    out[0] = this.#between(this.x, s) - lateral * Math.sin(heading)
    out[1] = this.#between(this.y, s) + lateral * Math.cos(heading)
  }

  /** Index of the sample at or before `s`, inside the path. */
  indexAt(s: number): number {
    return clamp(Math.floor(s / this.stepM), 0, this.count - 1)
  }

  #between(values: Float64Array, s: number): number {
    const index = Math.min(this.indexAt(s), this.count - 2)
    const share = s / this.stepM - index
    const from = values[index] as number
    return from + ((values[index + 1] as number) - from) * share
  }

  #nearestIndex(x: number, y: number): number {
    let best = 0
    let square = Infinity
    for (let index = 0; index < this.count; index++) {
      const other = this.#squareTo(index, x, y)
      if (other < square) {
        square = other
        best = index
      }
    }
    return best
  }

  #squareTo(index: number, x: number, y: number): number {
    const dx = x - (this.x[index] as number)
    const dy = y - (this.y[index] as number)
    return dx * dx + dy * dy
  }
}
