import type { LaneGraph } from '../lanes/lane-graph.ts'
import { agentKindNumber } from '../scene/agent-table.ts'
import type { VehicleSetup } from './vehicle-mix.ts'

/** Metres of lane for each place in its list; shorter than any vehicle with its gap. */
const metresPerSlot = 2.5

/**
 * Vehicles in typed arrays by row, and for each lane its vehicles in order, rearmost first. A row keeps its body and manner for good; it is on no lane
 * (`lane` −1) while its vehicle is not on the roads. `s` is the front bumper's position on the lane.
 */
export class TrafficState {
  readonly graph: LaneGraph
  readonly rows: number
  readonly lane: Int32Array
  readonly s: Float64Array
  readonly v: Float64Array
  readonly a: Float64Array
  readonly kind: Uint8Array
  readonly length: Float64Array
  readonly width: Float64Array
  readonly speedFactor: Float64Array
  readonly maxSpeed: Float64Array
  readonly timeGap: Float64Array
  readonly standstill: Float64Array
  readonly acceleration: Float64Array
  /** 1 ∕ (2 √(a b)). */
  readonly inverseTwoRoot: Float64Array
  readonly politeness: Float64Array
  /** Standard deviation of a driver's error in acceleration, and the error now. */
  readonly imperfection: Float64Array
  readonly error: Float64Array
  /** Desired speed on its lane. */
  readonly desired: Float64Array
  /** The lane that it takes next, −1 where its lane ends. */
  readonly next: Int32Array
  /** The lane that it came from over the end of that one, −1 at first. */
  readonly previous: Int32Array
  /** While it changes lane: the lane it comes from (−1 otherwise) and how far it is over, from 0 to 1 at `changeM` metres. */
  readonly changeFrom: Int32Array
  readonly changeShare: Float64Array
  readonly changeM: Float64Array
  /** When its last change began. */
  readonly changeTime: Float64Array
  /** Speed that the lane is driven at: its limit, less in bends. */
  readonly laneSpeed: Float64Array
  /** 1 where a lane ends beside one that goes on: its vehicles have to leave it, and it is closed at its end. */
  readonly isClosed: Uint8Array
  readonly slotStart: Int32Array
  readonly laneCount: Int32Array
  readonly slots: Int32Array

  constructor(graph: LaneGraph, vehicles: readonly VehicleSetup[]) {
    const rows = vehicles.length
    const column = (value: (vehicle: VehicleSetup) => number) => Float64Array.from(vehicles, value)
    this.graph = graph
    this.rows = rows
    this.lane = new Int32Array(rows).fill(-1)
    this.s = new Float64Array(rows)
    this.v = new Float64Array(rows)
    this.a = new Float64Array(rows)
    this.kind = Uint8Array.from(vehicles, ({ kind }) => agentKindNumber(kind))
    this.length = column(({ lengthM }) => lengthM)
    this.width = column(({ widthM }) => widthM)
    this.speedFactor = column(({ speedFactor }) => speedFactor)
    this.maxSpeed = column(({ maxSpeedMps }) => maxSpeedMps)
    this.timeGap = column(({ timeGapS }) => timeGapS)
    this.standstill = column(({ standstillM }) => standstillM)
    this.acceleration = column(({ accelerationMps2 }) => accelerationMps2)
    this.inverseTwoRoot = column((one) => 1 / (2 * Math.sqrt(one.accelerationMps2 * one.brakingMps2)))
    this.politeness = column(({ politeness }) => politeness)
    this.imperfection = column(({ imperfectionMps2 }) => imperfectionMps2)
    this.error = new Float64Array(rows)
    this.desired = new Float64Array(rows)
    this.next = new Int32Array(rows).fill(-1)
    this.previous = new Int32Array(rows).fill(-1)
    this.changeFrom = new Int32Array(rows).fill(-1)
    this.changeShare = new Float64Array(rows)
    this.changeM = new Float64Array(rows)
    this.changeTime = new Float64Array(rows).fill(-Infinity)
    this.laneSpeed = laneSpeeds(graph)
    const goesOn = (lane: number) =>
      lane >= 0 && (graph.successors.start[lane + 1] as number) > (graph.successors.start[lane] as number)
    this.isClosed = Uint8Array.from({ length: graph.count }, (_, lane) =>
      !goesOn(lane) && (goesOn(graph.left[lane] as number) || goesOn(graph.right[lane] as number)) ? 1 : 0,
    )
    this.laneCount = new Int32Array(graph.count)
    this.slotStart = new Int32Array(graph.count + 1)
    for (let lane = 0; lane < graph.count; lane++)
      this.slotStart[lane + 1] =
        (this.slotStart[lane] as number) + Math.ceil((graph.lengthM[lane] as number) / metresPerSlot) + 4
    this.slots = new Int32Array(this.slotStart[graph.count] as number)
  }

  /** Number of vehicles of a lane that are behind `s`: the slot of the first one that is not. */
  slotAt(lane: number, s: number): number {
    const start = this.slotStart[lane] as number
    let low = 0
    let high = this.laneCount[lane] as number
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.s[this.slots[start + middle] as number] as number) < s) low = middle + 1
      else high = middle
    }
    return low
  }

  /** The vehicle in a slot of a lane, −1 beyond both ends. */
  at(lane: number, slot: number): number {
    if (slot < 0 || slot >= (this.laneCount[lane] as number)) return -1
    return this.slots[(this.slotStart[lane] as number) + slot] as number
  }

  /** Puts a row onto a lane at `s`, in order. False where the lane's list is full. */
  insert(row: number, lane: number, s: number): boolean {
    const start = this.slotStart[lane] as number
    const count = this.laneCount[lane] as number
    if (count >= (this.slotStart[lane + 1] as number) - start) return false
    const slot = this.slotAt(lane, s)
    this.slots.copyWithin(start + slot + 1, start + slot, start + count)
    this.slots[start + slot] = row
    this.laneCount[lane] = count + 1
    this.lane[row] = lane
    this.s[row] = s
    this.desired[row] = this.desiredOn(row, lane)
    return true
  }

  /** Takes a row off its lane. */
  remove(row: number): void {
    const lane = this.lane[row] as number
    const start = this.slotStart[lane] as number
    const count = this.laneCount[lane] as number
    let slot = count - 1
    while (this.slots[start + slot] !== row) slot--
    this.slots.copyWithin(start + slot, start + slot + 1, start + count)
    this.laneCount[lane] = count - 1
    this.lane[row] = -1
  }

  desiredOn(row: number, lane: number): number {
    const wanted = (this.laneSpeed[lane] as number) * (this.speedFactor[row] as number)
    const most = this.maxSpeed[row] as number
    return wanted < most ? wanted : most
  }
}

/** Sideways acceleration that bends are driven with, in m/s². */
const bendMps2 = 2.5

/** Each lane's limit, less where its sharpest bend asks for it. */
function laneSpeeds(graph: LaneGraph): Float64Array {
  return Float64Array.from({ length: graph.count }, (_, lane) => {
    const start = graph.sampleStart[lane] as number
    const end = (graph.sampleStart[lane + 1] as number) - 1
    const spacing = (graph.lengthM[lane] as number) / (end - start)
    let sharpest = 0
    for (let i = start; i < end; i++) {
      const turn = (graph.sampleHeading[i + 1] as number) - (graph.sampleHeading[i] as number)
      sharpest = Math.max(sharpest, Math.abs(turn) / spacing)
    }
    const limit = graph.speedLimitMps[lane] as number
    return sharpest > 1e-6 ? Math.min(limit, Math.sqrt(bendMps2 / sharpest)) : limit
  })
}
