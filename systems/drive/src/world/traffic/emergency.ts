import type { LaneSection } from '../opendrive/road.ts'
import { laneOf } from '../opendrive/road.ts'
import { agentKindNumber } from '../scene/agent-table.ts'
import { following, frontAcceleration } from './car-following.ts'
import type { TrafficState } from './traffic-state.ts'

const emergency = agentKindNumber('emergency')
/** How far ahead of it others hear and see an emergency vehicle. */
const heardM = 70
/** How far to the right others pull over where there is a lane for it. */
const pullOverM = 2
const besideM = 0.3
/** Nobody is passed so near the end of a lane, where the emergency vehicle turns. */
const beforeEndM = 18
/** How fast one rolls to the side out of a queue, in m/s. */
const creepMps = 0.35
/** Speed at which others roll to the side, and at which they are passed. */
const rollMps = 2
const passMps = 7

/**
 * Emergency vehicles with sirens, and how others let them by. On roads with several lanes who is ahead of one leaves its lane; on others, where there is a
 * parking lane or shoulder, it rolls to the side and stands until it is past. States of a row: driving → yielding (rolls over) → standing aside →
 * driving. An emergency vehicle passes those who stand aside, slowly, and is the only one that overtakes within a lane.
 */
export class EmergencyYield {
  /** Rows of emergency vehicles. */
  readonly rows: Int32Array
  /** 1 while one comes from behind. */
  readonly isYielding: Uint8Array
  /** Rows that have something beside them, so that they stay in their lane. Set before a step. */
  readonly isBoxedIn: Uint8Array
  /** Metres to the left of where a row would drive otherwise. */
  readonly shift: Float64Array
  readonly #room: Uint8Array
  readonly #state: TrafficState

  constructor(state: TrafficState) {
    this.#state = state
    this.rows = Int32Array.from([...state.kind.keys()].filter((row) => state.kind[row] === emergency))
    this.isYielding = new Uint8Array(state.rows)
    this.isBoxedIn = new Uint8Array(state.rows)
    this.shift = new Float64Array(state.rows)
    this.#room = roomBeside(state)
  }

  isEmergency(row: number): boolean {
    return this.#state.kind[row] === emergency
  }

  /** Marks who is ahead of an emergency vehicle on its way. */
  mark(): void {
    const { rows } = this
    const state = this.#state
    if (rows.length === 0) return
    const { graph, lane, s, laneCount, next } = state
    this.isYielding.fill(0)
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as number
      let on = lane[row] as number
      if (on < 0) continue
      let slot = state.slotAt(on, s[row] as number)
      let ahead = -(s[row] as number)
      for (let lanes = 0; lanes < 3 && on >= 0; lanes++) {
        for (; slot < (laneCount[on] as number); slot++) {
          const other = state.at(on, slot)
          if (ahead + (s[other] as number) > heardM) break
          if (state.kind[other] !== emergency) this.isYielding[other] = 1
        }
        ahead += graph.lengthM[on] as number
        on =
          on === lane[row]
            ? (next[row] as number)
            : (graph.successors.items[graph.successors.start[on] as number] ?? -1)
        slot = 0
      }
      this.#markBeside(row)
    }
  }

  /** Those beside it wait until it is past. */
  #markBeside(row: number): void {
    const state = this.#state
    const { lane, s, length } = state
    const on = lane[row] as number
    for (let slot = state.slotAt(on, s[row] as number) - 1; slot >= 0; slot--) {
      const other = state.at(on, slot)
      if ((s[other] as number) < (s[row] as number) - (length[row] as number) - 3) return
      if (other !== row && (this.shift[other] as number) < 0) this.isYielding[other] = 1
    }
  }

  /** Accelerations and sideways places of those who yield and of those whom they let by. Call after all other accelerations are known. */
  act(dtS: number): void {
    const { rows, shift } = this
    const state = this.#state
    if (rows.length === 0) return
    for (let row = 0; row < state.rows; row++)
      if ((state.lane[row] as number) >= 0 && (this.isYielding[row] === 1 || (shift[row] as number) < 0))
        this.#giveWay(row, dtS)
    for (let i = 0; i < rows.length; i++)
      if ((state.lane[rows[i] as number] as number) >= 0) this.#pass(rows[i] as number, dtS)
  }

  #giveWay(row: number, dtS: number): void {
    const { shift } = this
    const state = this.#state
    const { graph, lane, s, v, a, length, changeFrom } = state
    const on = lane[row] as number
    const speed = v[row] as number
    const rear = (s[row] as number) - (length[row] as number)
    const isOnLane = rear > 2 && (s[row] as number) < (graph.lengthM[on] as number) - beforeEndM
    const mayAside =
      this.isYielding[row] === 1 &&
      this.#room[on] === 1 &&
      changeFrom[row] === -1 &&
      (isOnLane || (shift[row] as number) < 0) &&
      this.isBoxedIn[row] === 0
    const wanted = mayAside ? -pullOverM : 0
    const now = shift[row] as number
    const most = Math.min(1, Math.max(creepMps, 0.4 * speed)) * dtS
    shift[row] = now + Math.min(most, Math.max(-most, wanted - now))
    if (!mayAside) return
    const target = (shift[row] as number) > -pullOverM + 0.01 ? rollMps : 0
    a[row] = Math.min(a[row] as number, Math.max(-3, 1.2 * (target - speed)))
  }

  /** Room to the left that an emergency vehicle needs to pass a row. */
  #needed(row: number, other: number): number {
    const { width } = this.#state
    return besideM + ((width[row] as number) + (width[other] as number)) / 2 + (this.shift[other] as number)
  }

  #pass(row: number, dtS: number): void {
    const { shift } = this
    const state = this.#state
    const { lane, s, v, a, length } = state
    const on = lane[row] as number
    const speed = v[row] as number
    let wanted = 0
    let leader = -1
    let slot = state.slotAt(on, (s[row] as number) - (length[row] as number) - 15)
    for (; ; slot++) {
      const other = state.at(on, slot)
      if (other < 0 || (s[other] as number) - (length[other] as number) > (s[row] as number) + 40) break
      if (other === row) continue
      const isBeside = (s[other] as number) > (s[row] as number) - (length[row] as number) - 2
      const isAside = (shift[other] as number) < -pullOverM + 0.3
      if (isAside && isBeside) wanted = Math.max(wanted, this.#needed(row, other))
      if ((s[other] as number) <= (s[row] as number)) continue
      const isEarly = (s[other] as number) < (state.graph.lengthM[on] as number) - beforeEndM + 2
      const canPass = isAside && isEarly && (shift[row] as number) >= this.#needed(row, other) - 0.05
      if (!canPass && leader < 0) leader = other
    }
    const most = Math.min(1.2, 0.3 * speed) * dtS
    const now = shift[row] as number
    shift[row] = now + Math.min(most, Math.max(-most, wanted - now))
    if (wanted > 0) {
      const free =
        leader < 0
          ? frontAcceleration(state, row, on)
          : following(
              state,
              row,
              (s[leader] as number) - (length[leader] as number) - (s[row] as number),
              v[leader] as number,
            )
      a[row] = Math.min(free, Math.max(-4, passMps - speed))
    }
  }

  /** Puts emergency vehicles that have passed somebody in front of them in the lane's order. */
  reorder(): void {
    const { rows } = this
    const state = this.#state
    const { lane, s, slots, slotStart, laneCount } = state
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as number
      const on = lane[row] as number
      if (on < 0) continue
      const start = slotStart[on] as number
      const end = start + (laneCount[on] as number)
      let slot = start
      while (slots[slot] !== row) slot++
      for (; slot + 1 < end; slot++) {
        const other = slots[slot + 1] as number
        if ((s[other] as number) >= (s[row] as number)) break
        slots[slot] = other
        slots[slot + 1] = row
      }
    }
  }
}

const asideTypes = new Set(['parking', 'shoulder', 'stop', 'border'])

/** 1 for lanes without another for driving on the right but with a parking lane or shoulder there. */
function roomBeside({ graph }: TrafficState): Uint8Array {
  return Uint8Array.from({ length: graph.count }, (_, lane) => {
    const road = graph.network.road(graph.road[lane] as number)
    const section = road.sections[graph.section[lane] as number] as LaneSection
    const id = graph.laneId[lane] as number
    if ((graph.right[lane] as number) >= 0 || (graph.junction[lane] as number) >= 0) return 0
    const outer = laneOf(section, id + Math.sign(id))
    return outer && asideTypes.has(outer.type) && outer.width.at(0) >= pullOverM ? 1 : 0
  })
}
