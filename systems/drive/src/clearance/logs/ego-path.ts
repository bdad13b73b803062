import { clamp } from '@heavylift/core/math'
import type { DriveLog } from './drive-log.ts'
import { isThere, stateAt } from './drive-log.ts'

const leastStepM = 0.5
/** How far the path goes on straight after the end of the log. */
const beyondM = 100

/** Where the vehicle of a log drove: a polyline, and how far along it the vehicle was at each time. */
export class EgoPath {
  readonly ways: Float64Array
  readonly #xs: number[] = []
  readonly #ys: number[] = []
  readonly #along: number[] = []

  constructor(log: DriveLog) {
    this.ways = new Float64Array(log.times.length)
    let way = 0
    let heading = 0
    for (let frame = 0; frame < log.times.length; frame++) {
      if (isThere(log, frame, log.ego)) {
        const at = stateAt(log, frame, log.ego)
        const [x = 0, y = 0, turn = 0] = log.states.subarray(at, at + 3)
        heading = turn
        const lastX = this.#xs.at(-1)
        const step = lastX === undefined ? Infinity : Math.hypot(x - lastX, y - (this.#ys.at(-1) as number))
        if (step >= leastStepM) {
          way += lastX === undefined ? 0 : step
          this.#push(x, y, way)
        }
      }
      this.ways[frame] = way
    }
    const endX = this.#xs.at(-1) ?? 0
    const endY = this.#ys.at(-1) ?? 0
    this.#push(endX + beyondM * Math.cos(heading), endY + beyondM * Math.sin(heading), way + beyondM)
  }

  /** Way along the path and distance to its left of a point, searched from `reachM` before to `reachM` after `fromM`; null where it is not near. */
  project(x: number, y: number, fromM: number, reachM: number): { way: number; left: number } | null {
    let best: { way: number; left: number } | null = null
    let least = Infinity
    for (let leg = 0; leg + 1 < this.#xs.length; leg++) {
      const start = this.#along[leg] as number
      const end = this.#along[leg + 1] as number
      if (end < fromM - reachM || start > fromM + reachM) continue
      const ax = this.#xs[leg] as number
      const ay = this.#ys[leg] as number
      const length = Math.max(1e-9, end - start)
      const cos = ((this.#xs[leg + 1] as number) - ax) / length
      const sin = ((this.#ys[leg + 1] as number) - ay) / length
      const ahead = clamp((x - ax) * cos + (y - ay) * sin, 0, length)
      const left = (y - ay) * cos - (x - ax) * sin
      const square = (x - ax - ahead * cos) ** 2 + (y - ay - ahead * sin) ** 2
      if (square >= least) continue
      least = square
      best = { way: start + ahead, left }
    }
    return best
  }

  #push(x: number, y: number, way: number): void {
    this.#xs.push(x)
    this.#ys.push(y)
    this.#along.push(way)
  }
}
