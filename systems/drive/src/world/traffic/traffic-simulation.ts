import { createRandom } from '@heavylift/core/math'
import type { Random } from '@heavylift/core/math'
import type { Conflict } from '../lanes/junction-conflicts.ts'
import { lanePoint } from '../lanes/lane-graph.ts'
import type { LaneGraph } from '../lanes/lane-graph.ts'
import type { SignalTable } from '../scene/signal-table.ts'
import { followLeaders } from './car-following.ts'
import { EmergencyYield } from './emergency.ts'
import { JunctionControl } from './junction-control.ts'
import { LaneChanges } from './lane-change.ts'
import { Obstacles } from './obstacles.ts'
import { TrafficState } from './traffic-state.ts'
import type { VehicleSetup } from './vehicle-mix.ts'

export interface TrafficOptions {
  seed: number
  /** One row each. */
  vehicles: readonly VehicleSetup[]
  /** Of the graph's junctions; without them vehicles pass junctions as if they were roads. */
  conflicts?: Conflict[][]
  signals?: SignalTable | null
}

/** Obstacles of one step at most. */
const obstacleRows = 512
/** An error of a driver lasts about this long (an Ornstein-Uhlenbeck process, as in Treiber, Kesting, Helbing 2006). */
const imperfectionS = 2
/** Who brakes harder than this means it. */
const meantMps2 = -3

/**
 * Traffic on a lane graph: IDM along the lanes, MOBIL between them, turns drawn at random. A step of any length up to half a second; nothing in it
 * allocates, and the same options give the same states to the last bit.
 */
export class TrafficSimulation {
  readonly state: TrafficState
  readonly changes: LaneChanges
  /** What else is on the lanes: filled before a step by who knows it, and used up by it. */
  readonly obstacles: Obstacles
  timeS = 0
  /** Vehicles on the roads. */
  present = 0
  readonly #random: Random
  readonly emergency: EmergencyYield
  readonly #junctions: JunctionControl | null
  readonly #hasErrors: boolean

  constructor(graph: LaneGraph, options: TrafficOptions) {
    this.state = new TrafficState(graph, options.vehicles)
    this.obstacles = new Obstacles(this.state, obstacleRows)
    this.emergency = new EmergencyYield(this.state)
    const isFixed = new Uint8Array(options.vehicles.length)
    this.changes = new LaneChanges(this.state, this.obstacles, this.emergency, isFixed, (lane) =>
      this.#drawNext(lane),
    )
    this.#junctions = options.conflicts
      ? new JunctionControl(
          this.state,
          options.conflicts,
          options.signals ?? null,
          this.obstacles,
          this.emergency,
          isFixed,
        )
      : null
    this.#random = createRandom(`traffic ${options.seed}`)
    this.#hasErrors = options.vehicles.some(({ imperfectionMps2 }) => imperfectionMps2 > 0)
  }

  /** Puts a row's vehicle onto a lane. False where there is no room. */
  place(row: number, lane: number, s: number, speedMps: number): boolean {
    return this.#hasRoom(lane, s, this.state.length[row] as number) && this.put(row, lane, s, speedMps)
  }

  /** Puts a row's vehicle onto a lane however near others are, as where it was recorded. False where the lane's list is full. */
  put(row: number, lane: number, s: number, speedMps: number): boolean {
    const { state } = this
    if (!state.insert(row, lane, s)) return false
    state.v[row] = speedMps
    state.a[row] = 0
    state.previous[row] = -1
    state.changeFrom[row] = -1
    state.next[row] = this.#drawNext(lane)
    this.present++
    return true
  }

  /** Takes a row's vehicle off the roads. */
  takeOut(row: number): void {
    this.state.remove(row)
    this.present--
  }

  /** Whether a body whose front is at `s` has two metres before and behind it, over the ends of the lane too. */
  #hasRoom(lane: number, s: number, length: number): boolean {
    const { state } = this
    const { graph } = state
    const slot = state.slotAt(lane, s)
    const rear = s - length
    const isApart = (leader: number, offset: number) =>
      leader < 0 || offset + (state.s[leader] as number) - (state.length[leader] as number) - s > 2
    const isBehind = (follower: number, offset: number) =>
      follower < 0 || rear + offset - (state.s[follower] as number) > 2
    if (!isApart(state.at(lane, slot), 0) || !isBehind(state.at(lane, slot - 1), 0)) return false
    const { start, items } = graph.successors
    for (let i = start[lane] as number; i < (start[lane + 1] as number); i++)
      if (!isApart(state.at(items[i] as number, 0), graph.lengthM[lane] as number)) return false
    const before = graph.predecessors
    for (let i = before.start[lane] as number; i < (before.start[lane + 1] as number); i++) {
      const from = before.items[i] as number
      const last = state.at(from, (state.laneCount[from] as number) - 1)
      if (!isBehind(last, graph.lengthM[from] as number)) return false
    }
    return true
  }

  /** Writes x, y and heading of a place on a lane into `out`. */
  pointOf(lane: number, s: number, out: Float64Array): void {
    lanePoint(this.state.graph, lane, s, 0, out)
  }

  step(dtS: number): void {
    followLeaders(this.state)
    this.emergency.mark()
    this.emergency.act(dtS)
    this.changes.keepClear(dtS)
    this.#junctions?.step(this.timeS)
    this.obstacles.brakeBehind()
    this.changes.change(this.timeS)
    this.obstacles.clear()
    if (this.#hasErrors) this.#err(dtS)
    this.#move(dtS)
    this.emergency.reorder()
    this.timeS += dtS
  }

  /** Adds what drivers do wrong to their accelerations. */
  #err(dtS: number): void {
    const { lane, a, v, imperfection, error, rows } = this.state
    const kept = Math.exp(-dtS / imperfectionS)
    const drawn = Math.sqrt(1 - kept * kept)
    for (let row = 0; row < rows; row++) {
      if ((lane[row] as number) < 0) continue
      error[row] =
        (error[row] as number) * kept + (imperfection[row] as number) * drawn * this.#random.normal()
      // Nobody creeps forward out of a stop, nor brakes less in need.
      if ((v[row] as number) > 0.5 && (a[row] as number) > meantMps2)
        a[row] = (a[row] as number) + (error[row] as number)
    }
  }

  /** The lane after `lane`, drawn from those that follow; −1 at a dead end. */
  #drawNext(lane: number): number {
    const { start, items } = this.state.graph.successors
    const from = start[lane] as number
    const ways = (start[lane + 1] as number) - from
    if (ways === 0) return -1
    return items[ways === 1 ? from : from + Math.floor(this.#random.next() * ways)] as number
  }

  /** Speeds and positions with constant acceleration over the step; who brakes to a stop stands from then on. */
  #move(dtS: number): void {
    const { lane, s, v, a, rows, graph, laneCount, slotStart, slots } = this.state
    for (let row = 0; row < rows; row++) {
      if ((lane[row] as number) < 0) continue
      const speed = v[row] as number
      const acceleration = a[row] as number
      const after = speed + acceleration * dtS
      if (after >= 0) {
        s[row] = (s[row] as number) + (speed + after) * 0.5 * dtS
        v[row] = after
      } else {
        s[row] = (s[row] as number) - (0.5 * speed * speed) / acceleration
        v[row] = 0
        a[row] = -speed / dtS
      }
    }
    for (let on = 0; on < graph.count; on++) {
      const end = graph.lengthM[on] as number
      const start = slotStart[on] as number
      while ((laneCount[on] as number) > 0) {
        const row = slots[start + (laneCount[on] as number) - 1] as number
        if ((s[row] as number) <= end) break
        this.#goOn(row, on)
      }
    }
  }

  /** Over the end of its lane onto the next, or off the roads. */
  #goOn(row: number, lane: number): void {
    const { state } = this
    const { next, previous, s, graph } = state
    const after = next[row] as number
    const beyond = (s[row] as number) - (graph.lengthM[lane] as number)
    if (after < 0) {
      this.takeOut(row)
      return
    }
    state.remove(row)
    state.insert(row, after, beyond)
    previous[row] = lane
    next[row] = this.#drawNext(after)
    this.#junctions?.entered(row, lane, after)
  }
}
