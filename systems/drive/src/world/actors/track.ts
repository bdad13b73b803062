import { clamp } from '@heavylift/core/math'
import type { ReferencePath } from '../lanes/reference-path.ts'

/** A line on the ground that an actor moves along. */
export interface Track {
  readonly lengthM: number
  /** Writes x, y and heading of the place `lateralM` left of the line at `s`. Beyond its ends it goes on straight. */
  poseAt(s: number, lateralM: number, out: Float64Array): void
}

/** The centre of lanes as a track. */
export class LaneTrack implements Track {
  readonly path: ReferencePath

  constructor(path: ReferencePath) {
    this.path = path
  }

  get lengthM(): number {
    return this.path.lengthM
  }

  poseAt(s: number, lateralM: number, out: Float64Array): void {
    const inside = clamp(s, 0, this.path.lengthM)
    this.path.pointAt(inside, lateralM, out)
    const heading = this.path.headingAt(inside)
    out[0] = (out[0] as number) + (s - inside) * Math.cos(heading)
    out[1] = (out[1] as number) + (s - inside) * Math.sin(heading)
    out[2] = heading
  }
}

/** A polyline as a track; it turns at its corners at once, as people do. */
export class PolylineTrack implements Track {
  readonly lengthM: number
  readonly #points: Float64Array
  /** Way from the start to each point. */
  readonly #ways: Float64Array

  /** `points`: x, y, x, y, …, at least two different ones. */
  constructor(points: number[]) {
    this.#points = Float64Array.from(points)
    this.#ways = new Float64Array(points.length / 2)
    for (let index = 1; index < this.#ways.length; index++)
      this.#ways[index] = (this.#ways[index - 1] as number) + this.#legLength(index - 1)
    this.lengthM = this.#ways[this.#ways.length - 1] as number
  }

  poseAt(s: number, lateralM: number, out: Float64Array): void {
    let leg = 0
    while (leg < this.#ways.length - 2 && s >= (this.#ways[leg + 1] as number)) leg++
    const at = leg * 2
    const x = this.#points[at] as number
    const y = this.#points[at + 1] as number
    const length = Math.max(1e-9, this.#legLength(leg))
    const cos = ((this.#points[at + 2] as number) - x) / length
    const sin = ((this.#points[at + 3] as number) - y) / length
    const along = s - (this.#ways[leg] as number)
    out[0] = x + along * cos - lateralM * sin
    out[1] = y + along * sin + lateralM * cos
    out[2] = Math.atan2(sin, cos)
  }

  #legLength(leg: number): number {
    const at = leg * 2
    return Math.hypot(
      (this.#points[at + 2] as number) - (this.#points[at] as number),
      (this.#points[at + 3] as number) - (this.#points[at + 1] as number),
    )
  }
}
