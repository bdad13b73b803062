import { following } from './car-following.ts'
import { idmAcceleration } from './idm.ts'
import type { TrafficState } from './traffic-state.ts'

/** How many lanes back vehicles see an obstacle. */
const lanesBack = 3
const seenM = 120
/** Braking that a lane change may ask of one who is not part of the traffic. */
const politeMps2 = 2

/**
 * What is on the lanes beside the traffic itself (the vehicle under test, a scenario's entities, people on a crosswalk), in typed arrays, made anew
 * in each step.
 */
export class Obstacles {
  count = 0
  readonly lane: Int32Array
  /** Positions of its rear and front on the lane, and its speed along it. */
  readonly rear: Float64Array
  readonly front: Float64Array
  readonly speed: Float64Array
  readonly #state: TrafficState

  constructor(state: TrafficState, capacity: number) {
    this.#state = state
    this.lane = new Int32Array(capacity)
    this.rear = new Float64Array(capacity)
    this.front = new Float64Array(capacity)
    this.speed = new Float64Array(capacity)
  }

  clear(): void {
    this.count = 0
  }

  /** More than there is room for are left out. */
  add(lane: number, rear: number, front: number, speed: number): void {
    if (this.count === this.lane.length) return
    this.lane[this.count] = lane
    this.rear[this.count] = rear
    this.front[this.count] = front
    this.speed[this.count++] = speed
  }

  /** Makes whoever comes next behind each obstacle follow it. */
  brakeBehind(): void {
    for (let i = 0; i < this.count; i++)
      this.#brake(this.lane[i] as number, this.rear[i] as number, this.speed[i] as number, lanesBack)
  }

  #brake(lane: number, rear: number, speed: number, lanes: number): void {
    const state = this.#state
    const { graph, a, s, next, laneCount } = state
    const row = state.at(lane, state.slotAt(lane, rear) - 1)
    if (row >= 0) {
      const gap = rear - (s[row] as number)
      a[row] = Math.min(a[row] as number, following(state, row, gap, speed))
      return
    }
    if (lanes === 0 || rear > seenM) return
    const { start, items } = graph.predecessors
    for (let i = start[lane] as number; i < (start[lane + 1] as number); i++) {
      const before = items[i] as number
      const last = state.at(before, (laneCount[before] as number) - 1)
      if (last < 0) this.#brake(before, rear + (graph.lengthM[before] as number), speed, lanes - 1)
      else if (next[last] === lane) {
        const gap = rear + (graph.lengthM[before] as number) - (s[last] as number)
        a[last] = Math.min(a[last] as number, following(state, last, gap, speed))
      }
    }
  }

  /** Whether a row may move over to a place of a lane without coming too near to an obstacle or in front of one. */
  allow(row: number, target: number, place: number): boolean {
    const state = this.#state
    const speed = state.v[row] as number
    for (let i = 0; i < this.count; i++) {
      if (this.lane[i] !== target) continue
      const ahead = (this.rear[i] as number) - place
      const behind = place - (state.length[row] as number) - (this.front[i] as number)
      const other = this.speed[i] as number
      if (ahead >= 0) {
        if (ahead < seenM && following(state, row, ahead, other) < -politeMps2) return false
      } else if (behind < 2) return false
      else if (
        behind < seenM &&
        idmAcceleration(other, Math.max(other, 10), behind, other - speed, 1, 2, 1.5, 0.29) < -politeMps2
      )
        return false
    }
    return true
  }
}
