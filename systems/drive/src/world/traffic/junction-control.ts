import type { Conflict } from '../lanes/junction-conflicts.ts'
import { laneSigns } from '../lanes/lane-graph.ts'
import { signalStates } from '../scene/signal-table.ts'
import type { SignalTable } from '../scene/signal-table.ts'
import { following } from './car-following.ts'
import type { EmergencyYield } from './emergency.ts'
import type { Obstacles } from './obstacles.ts'
import type { TrafficState } from './traffic-state.ts'

/** Comfortable braking that decides how early a vehicle asks to go through, and how hard one still brakes for amber. */
const comfortMps2 = 2
const amberMps2 = 3.5
/** Vehicles ask no earlier than this. */
const askM = 90
/** Least time between clearing a conflict and the arrival of one who has right of way. */
const marginS = 1.5
/** The same after a long wait. */
const impatientMarginS = 0.5
/** Who stands slower and nearer than this has stopped at the line. */
const stoppedMps = 0.3
const atLineM = 4
/** After so long at the line the one who has waited longest goes, if everybody waits for everybody; after the second time anybody. */
const patienceS = 4
const utmostPatienceS = 15
/** After so long one goes in front of all who can still stop, and after so long one takes another way if there is no room behind the junction. */
const forceS = 40
const otherWayS = 10
/** All-red time in which those who waited through green still go. */
const clearingS = 1.8
/** Who stands at the line for longer than an amber light lasts has had green. */
const throughGreenS = 6
/** Room in the lane behind the junction for each vehicle on its way there. */
const roomM = 7

/**
 * Right of way at junctions. A vehicle passes the stop line only when it is admitted to its lane through the junction: the light is green, it has stopped where it must, there is room behind
 * the junction, nobody is in or on the way into a part of the junction that both need, and nobody who has right of way would arrive before it has cleared that part. Until
 * then it stops at the line. States of a row: not admitted → admitted (before the line) → in the junction.
 */
export class JunctionControl {
  /** 1 from admission until it leaves the junction: no changes of lane. */
  readonly #isFixed: Uint8Array
  readonly #isAdmitted: Uint8Array
  /** When it came to stand at the line, NaN before. */
  readonly #waitSince: Float64Array
  /** By lane through a junction: admitted vehicles that are not in it yet. */
  readonly #approaching: Int32Array
  readonly #needsAdmission: Uint8Array
  readonly #incoming: Int32Array
  readonly #ways: Int32Array
  readonly #stopAt: Float64Array
  readonly #headOf: Int32Array
  readonly #lastAmberS: Float64Array
  readonly #start: Int32Array
  readonly #conflicts: Conflict[]
  readonly #state: TrafficState
  readonly #obstacles: Obstacles
  readonly #emergency: EmergencyYield
  readonly #signals: SignalTable | null

  constructor(
    state: TrafficState,
    conflicts: Conflict[][],
    signals: SignalTable | null,
    obstacles: Obstacles,
    emergency: EmergencyYield,
    isFixed: Uint8Array,
  ) {
    const { graph } = state
    this.#state = state
    this.#obstacles = obstacles
    this.#emergency = emergency
    this.#signals = signals
    this.#isFixed = isFixed
    this.#isAdmitted = new Uint8Array(state.rows)
    this.#waitSince = new Float64Array(state.rows).fill(NaN)
    this.#approaching = new Int32Array(graph.count)
    this.#start = new Int32Array(graph.count + 1)
    for (const [lane, list] of conflicts.entries())
      this.#start[lane + 1] = (this.#start[lane] as number) + list.length
    this.#conflicts = conflicts.flat()
    this.#headOf = headsOf(state, signals)
    this.#lastAmberS = new Float64Array(signals?.heads.length ?? 0).fill(-Infinity)
    this.#needsAdmission = Uint8Array.from(conflicts, (list, lane) => {
      if (list.some(({ kind }) => kind !== 'diverging')) return 1
      return (graph.junction[lane] as number) >= 0 && (this.#headOf[this.#before(lane)] ?? -1) >= 0 ? 1 : 0
    })
    const isIncoming = new Set<number>()
    for (let lane = 0; lane < graph.count; lane++)
      if (this.#needsAdmission[lane] === 1) isIncoming.add(this.#before(lane))
    this.#incoming = Int32Array.from([...isIncoming].filter((lane) => lane >= 0).toSorted((a, b) => a - b))
    this.#ways = Int32Array.from(
      [...conflicts.keys()].filter((lane) => conflicts[lane]?.some(({ kind }) => kind === 'diverging')),
    )
    this.#stopAt = Float64Array.from(graph.stopM, (stop, lane) =>
      Number.isNaN(stop) ? (graph.lengthM[lane] as number) - 0.5 : stop,
    )
  }

  /** Admits who may go, and brakes the others for the line. */
  step(timeS: number): void {
    for (let head = 0; head < this.#lastAmberS.length; head++)
      if (this.#signals?.state[head] === signalStates.amber) this.#lastAmberS[head] = timeS
    for (let i = 0; i < this.#incoming.length; i++) this.#stepLane(this.#incoming[i] as number, timeS)
    for (let i = 0; i < this.#ways.length; i++) this.#stepWay(this.#ways[i] as number)
  }

  /** Keeps those inside a junction behind who has turned off before them and is still partly on their way. */
  #stepWay(lane: number): void {
    const state = this.#state
    const { s, v, a, length, laneCount } = state
    for (let i = this.#start[lane] as number; i < (this.#start[lane + 1] as number); i++) {
      const { kind, other, otherToM } = this.#conflicts[i] as Conflict
      if (kind !== 'diverging' || (laneCount[other] as number) === 0) continue
      for (let slot = 0; slot < (laneCount[lane] as number); slot++) {
        const row = state.at(lane, slot)
        const ahead = state.at(other, state.slotAt(other, s[row] as number))
        if (ahead < 0) continue
        const rear = (s[ahead] as number) - (length[ahead] as number)
        if (rear > otherToM) continue
        a[row] = Math.min(
          a[row] as number,
          following(state, row, rear - (s[row] as number), v[ahead] as number),
        )
      }
    }
  }

  /** A row has gone over the end of `from` onto `to`. */
  entered(row: number, from: number, to: number): void {
    if (this.#needsAdmission[to] === 1) {
      if (this.#isAdmitted[row] === 1) this.#approaching[to] = (this.#approaching[to] as number) - 1
      this.#isAdmitted[row] = 0
      this.#waitSince[row] = NaN
      this.#isFixed[row] = 1
    } else if (this.#needsAdmission[from] === 1) this.#isFixed[row] = 0
  }

  #before(lane: number): number {
    const { start, items } = this.#state.graph.predecessors
    return (start[lane + 1] as number) > (start[lane] as number)
      ? (items[start[lane] as number] as number)
      : -1
  }

  #stepLane(lane: number, timeS: number): void {
    const state = this.#state
    const isAdmitted = this.#isAdmitted
    const { s, v, a, next, laneCount } = state
    const stop = this.#stopAt[lane] as number
    let isBlocked = false
    for (let slot = (laneCount[lane] as number) - 1; slot >= 0; slot--) {
      const row = state.at(lane, slot)
      const distance = stop - (s[row] as number)
      if (distance > askM) break
      const way = next[row] as number
      if (way < 0 || this.#needsAdmission[way] === 0) continue
      const hasSiren = this.#emergency.isEmergency(row)
      const isPast = isAdmitted[row] === 1 && distance < 0
      const isHeld = isBlocked || (!hasSiren && this.#mustStop(row, lane, distance))
      if (isAdmitted[row] === 1 && !isPast && isHeld) this.#refuse(row, way)
      if (isAdmitted[row] === 0 && !isBlocked) {
        const speed = v[row] as number
        const isNear = distance < (speed * speed) / (2 * comfortMps2) + speed + 8
        if (isNear && this.#mayGo(row, lane, way, distance, timeS)) {
          isAdmitted[row] = 1
          this.#isFixed[row] = 1
          this.#approaching[way] = (this.#approaching[way] as number) + 1
        }
      }
      if (isAdmitted[row] === 1) {
        this.#keepBehindTurning(row, lane, way)
        continue
      }
      if (isBlocked) continue
      isBlocked = true
      // It comes to stand just before the line, whatever gap it keeps to others.
      const gap = distance + (state.standstill[row] as number) - 0.3
      a[row] = Math.min(a[row] as number, following(state, row, gap, 0))
      const hasStopped = (v[row] as number) < stoppedMps && distance < atLineM
      if (hasStopped && Number.isNaN(this.#waitSince[row])) this.#waitSince[row] = timeS
      if (timeS - (this.#waitSince[row] as number) > otherWayS && !this.#hasRoomBehind(row, way))
        this.#takeOtherWay(row, lane)
    }
  }

  /** Turns to the first way of its lane behind which there is room, so that no ring of full streets stands for ever. */
  #takeOtherWay(row: number, lane: number): void {
    const { next, graph } = this.#state
    const { start, items } = graph.successors
    for (let i = start[lane] as number; i < (start[lane + 1] as number); i++)
      if (this.#hasRoomBehind(row, items[i] as number)) {
        next[row] = items[i] as number
        return
      }
  }

  #refuse(row: number, way: number): void {
    this.#isAdmitted[row] = 0
    this.#isFixed[row] = 0
    this.#approaching[way] = (this.#approaching[way] as number) - 1
  }

  /** Whether a light that is no longer green stops one that was admitted, which can still brake well. */
  #mustStop(row: number, lane: number, distance: number): boolean {
    if (!this.#isStopped(lane) || !Number.isNaN(this.#waitSince[row])) return false
    const speed = this.#state.v[row] as number
    return distance > (speed * speed) / (2 * amberMps2) + 0.3 * speed
  }

  #isClearing(lane: number, timeS: number): boolean {
    return timeS - (this.#lastAmberS[this.#headOf[lane] as number] as number) < clearingS
  }

  #isStopped(lane: number): boolean {
    const head = this.#headOf[lane] as number
    if (head < 0) return false
    const state = this.#signals?.state[head]
    return state === signalStates.red || state === signalStates.amber
  }

  #mayGo(row: number, lane: number, way: number, distance: number, timeS: number): boolean {
    const hasSiren = this.#emergency.isEmergency(row)
    // Who waited through green for others to pass goes at amber, when these stop.
    const hasWaited = timeS - (this.#waitSince[row] as number) > throughGreenS
    // Who stands in the way of a siren may go carefully at red.
    const isPushed = this.#emergency.isYielding[row] === 1 && !Number.isNaN(this.#waitSince[row])
    if (this.#isStopped(lane) && !hasSiren && !isPushed && !(hasWaited && this.#isClearing(lane, timeS)))
      return false
    if (
      !hasSiren &&
      this.#state.graph.sign[lane] === laneSigns.stopSign &&
      Number.isNaN(this.#waitSince[row])
    )
      return false
    if (!this.#hasRoomBehind(row, way)) return false
    const to = this.#start[way + 1] as number
    for (let i = this.#start[way] as number; i < to; i++) {
      const conflict = this.#conflicts[i] as Conflict
      if (conflict.kind === 'diverging') continue
      if (this.#isTaken(conflict)) return false
      if (hasSiren) continue
      if (this.#isSirenComing(conflict)) return false
      if (!this.#hasRightOfWay(row, lane, conflict, distance, timeS)) return false
    }
    return true
  }

  #isFirst(row: number): boolean {
    const state = this.#state
    const lane = state.lane[row] as number
    return lane >= 0 && state.at(lane, (state.laneCount[lane] as number) - 1) === row
  }

  /** Whether an emergency vehicle is on its way to a conflict's other way. */
  #isSirenComing({ other }: Conflict): boolean {
    const { rows } = this.#emergency
    const { lane, next, s, v } = this.#state
    const from = this.#before(other)
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as number
      if ((v[row] as number) < 1 && !this.#isFirst(row)) continue
      if (
        lane[row] === from &&
        next[row] === other &&
        (this.#stopAt[from] as number) - (s[row] as number) < askM
      )
        return true
    }
    return false
  }

  /** Whether the lane behind the junction takes one more vehicle than those on their way there. */
  #hasRoomBehind(row: number, way: number): boolean {
    const state = this.#state
    const { graph, s, v, length, laneCount } = state
    const out = graph.successors.items[graph.successors.start[way] as number]
    if (out === undefined) return true
    const last = state.at(out, 0)
    if (last < 0) return true
    const room = (s[last] as number) - (length[last] as number)
    if (room > 60 || ((v[last] as number) > 4 && room > 5)) return true
    let needed = (length[row] as number) + (state.standstill[row] as number) + 1
    const { start, items } = graph.predecessors
    for (let i = start[out] as number; i < (start[out + 1] as number); i++) {
      const one = items[i] as number
      needed += roomM * ((laneCount[one] as number) + (this.#approaching[one] as number))
    }
    return room > needed
  }

  /** Whether somebody is in the part of the junction that both ways need, or has been let into it. */
  #isTaken({ other, otherToM }: Conflict): boolean {
    if ((this.#approaching[other] as number) > 0) return true
    const state = this.#state
    const { graph, s, length, laneCount, previous } = state
    for (let slot = 0; slot < (laneCount[other] as number); slot++) {
      const row = state.at(other, slot)
      if ((s[row] as number) - (length[row] as number) < otherToM) return true
    }
    const out = graph.successors.items[graph.successors.start[other] as number]
    if (out !== undefined) {
      const row = state.at(out, 0)
      const isFromThere = row >= 0 && previous[row] === other
      if (
        isFromThere &&
        (s[row] as number) + (graph.lengthM[other] as number) - (length[row] as number) < otherToM
      )
        return true
    }
    const obstacles = this.#obstacles
    for (let i = 0; i < obstacles.count; i++)
      if (obstacles.lane[i] === other && (obstacles.rear[i] as number) < otherToM) return true
    return false
  }

  /** Whether nobody on the way to the other lane has to be let through first. */
  #hasRightOfWay(
    row: number,
    lane: number,
    { other, toM, isYielding }: Conflict,
    distance: number,
    timeS: number,
  ): boolean {
    const state = this.#state
    const obstacles = this.#obstacles
    const { graph, s, v, a, length, next, laneCount } = state
    const from = this.#before(other)
    if (from < 0 || this.#isStopped(from)) return true
    const isAllWayStop = graph.sign[lane] === laneSigns.stopSign && graph.sign[from] === laneSigns.stopSign
    if (!isYielding && !isAllWayStop) return true
    const speed = v[row] as number
    const way =
      distance +
      (graph.lengthM[lane] as number) -
      (this.#stopAt[lane] as number) +
      toM +
      (length[row] as number)
    const pull = Math.max(0.5, state.acceleration[row] as number)
    const waited = timeS - (this.#waitSince[row] as number)
    const margin = waited > utmostPatienceS ? impatientMarginS : marginS
    const clearS = (Math.sqrt(speed * speed + 2 * pull * way) - speed) / pull + margin
    const stop = this.#stopAt[from] as number
    for (let i = 0; i < obstacles.count; i++) {
      if (obstacles.lane[i] !== from) continue
      const ahead = stop - (obstacles.front[i] as number)
      const stands = (obstacles.speed[i] as number) < stoppedMps
      if (stands ? ahead < atLineM && !(waited > patienceS) : ahead / (obstacles.speed[i] as number) < clearS)
        return false
    }
    for (let slot = (laneCount[from] as number) - 1; slot >= 0; slot--) {
      const rival = state.at(from, slot)
      if (this.#isAdmitted[rival] === 1) continue
      // Nobody comes past one who stands at the line for another way.
      if (next[rival] !== other) {
        if ((v[rival] as number) < stoppedMps) return true
        continue
      }
      const ahead = stop - (s[rival] as number)
      const stands = (v[rival] as number) < stoppedMps
      const since = this.#waitSince[rival] as number
      if (isAllWayStop) {
        // First come, first served; the lower lane where both came in the same step.
        const own = this.#waitSince[row] as number
        return !(since < own || (since === own && from < lane))
      }
      if (stands && Number.isNaN(since)) return true
      if (stands) {
        // Both wait for one another or for others: the longest wait ends first.
        const own = this.#waitSince[row] as number
        const isFirst = own < since || (own === since && lane < from)
        return waited > (isFirst ? patienceS : utmostPatienceS)
      }
      if (waited > forceS) return true
      const rivalMps = Math.max(1, (v[rival] as number) + Math.max(0, a[rival] as number))
      return ahead / rivalMps >= clearS
    }
    return true
  }

  /** Keeps its distance to those who have turned off from the same lane and are still partly on its way. */
  #keepBehindTurning(row: number, lane: number, way: number): void {
    const state = this.#state
    const { graph, s, v, a, length } = state
    const toWay = (graph.lengthM[lane] as number) - (s[row] as number)
    for (let i = this.#start[way] as number; i < (this.#start[way + 1] as number); i++) {
      const conflict = this.#conflicts[i] as Conflict
      if (conflict.kind !== 'diverging') continue
      const other = state.at(conflict.other, 0)
      if (other < 0) continue
      const rear = (s[other] as number) - (length[other] as number)
      if (rear > conflict.otherToM) continue
      a[row] = Math.min(a[row] as number, following(state, row, toWay + rear, v[other] as number))
    }
  }
}

/** By lane, the traffic light that it ends at; −1 without one. */
function headsOf({ graph }: TrafficState, signals: SignalTable | null): Int32Array {
  return Int32Array.from({ length: graph.count }, (_, lane) => {
    if (!signals || graph.sign[lane] !== laneSigns.trafficLight) return -1
    return signals.heads.findIndex(
      ({ road, direction, lanes }) =>
        road === graph.road[lane] &&
        direction === graph.direction[lane] &&
        (lanes.length === 0 || lanes.includes(graph.laneId[lane] as number)),
    )
  })
}
