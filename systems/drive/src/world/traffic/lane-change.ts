import { following } from './car-following.ts'
import { idmAcceleration } from './idm.ts'
import type { EmergencyYield } from './emergency.ts'
import type { Obstacles } from './obstacles.ts'
import type { TrafficState } from './traffic-state.ts'

/** MOBIL (Kesting, Treiber, Helbing 2007, table 1): hardest braking that a change may ask of others, and least advantage, in m/s². */
export const safeBrakingMps2 = 4
export const thresholdMps2 = 0.2
/** Changes to the right count this much more, so that the left lanes are for overtaking. */
const rightBiasMps2 = 0.1
/** A change of lane takes this long, but this many metres at least (and twice the body's length); the next one begins no sooner than after the pause. */
const changeS = 3
const leastChangeM = 20
const pauseS = 6
/** Share of the change after which its body has left the old lane. */
const leavesAfter = 0.8
/** No change that would be so near the start or the end of a lane, where others come from or go to elsewhere. */
const fromStartM = 20
const toEndM = 10
/** A vehicle that must leave a lane which ends wants it by this much. */
const mustChangeMps2 = 4

/**
 * Lane changes by MOBIL. A vehicle changes where its own gain plus `politeness` times that of the one behind it there and here is above the
 * threshold, and the one behind it there need not brake harder than is safe. All decide on the same state; then changes are made one by one, each
 * only if it is still safe. While a vehicle moves over, those in the old lane keep their distance to it and it to them.
 */
export class LaneChanges {
  readonly changing: Int32Array
  changingCount = 0
  /** Changes made so far. */
  total = 0
  readonly #state: TrafficState
  readonly #candidates: Int32Array
  readonly #targets: Int32Array
  readonly #isFixed: Uint8Array
  readonly #obstacles: Obstacles
  readonly #emergency: EmergencyYield
  readonly #drawNext: (lane: number) => number
  #count = 0

  /** `isFixed` marks rows that may not change now; `drawNext` gives the lane after the one that a row has changed to. */
  constructor(
    state: TrafficState,
    obstacles: Obstacles,
    emergency: EmergencyYield,
    isFixed: Uint8Array,
    drawNext: (lane: number) => number,
  ) {
    this.#obstacles = obstacles
    this.#emergency = emergency
    this.#drawNext = drawNext
    this.#state = state
    this.#isFixed = isFixed
    this.changing = new Int32Array(state.rows)
    this.#candidates = new Int32Array(state.rows)
    this.#targets = new Int32Array(state.rows)
  }

  /** Gap keeping around vehicles that are still half in their old lane. Call after accelerations are known. */
  keepClear(dtS: number): void {
    const { changing } = this
    const state = this.#state
    const { graph, changeFrom, changeShare, changeM, lane, s, v, a, length } = state
    let kept = 0
    for (let i = 0; i < this.changingCount; i++) {
      const row = changing[i] as number
      const from = changeFrom[row] as number
      if (from < 0) continue
      changeShare[row] = (changeShare[row] as number) + ((v[row] as number) * dtS) / (changeM[row] as number)
      if ((changeShare[row] as number) >= 1 || (lane[row] as number) < 0) {
        changeFrom[row] = -1
        continue
      }
      changing[kept++] = row
      const on = lane[row] as number
      if ((changeShare[row] as number) > leavesAfter) continue
      if (graph.left[on] !== from && graph.right[on] !== from) continue
      const place = ((s[row] as number) / (graph.lengthM[on] as number)) * (graph.lengthM[from] as number)
      const slot = state.slotAt(from, place)
      const leader = state.at(from, slot)
      const follower = state.at(from, slot - 1)
      if (leader >= 0)
        a[row] = Math.min(
          a[row] as number,
          following(
            state,
            row,
            (s[leader] as number) - (length[leader] as number) - place,
            v[leader] as number,
          ),
        )
      if (follower >= 0)
        a[follower] = Math.min(
          a[follower] as number,
          following(
            state,
            follower,
            place - (length[row] as number) - (s[follower] as number),
            v[row] as number,
          ),
        )
    }
    this.changingCount = kept
  }

  /** Decides and makes the changes of this step. */
  change(timeS: number): void {
    this.#count = 0
    const { graph, laneCount } = this.#state
    for (let lane = 0; lane < graph.count; lane++) {
      if ((laneCount[lane] as number) === 0) continue
      const left = graph.left[lane] as number
      const right = graph.right[lane] as number
      if (left >= 0 || right >= 0) this.#decide(lane, left, right, timeS)
    }
    for (let i = 0; i < this.#count; i++)
      this.#make(this.#candidates[i] as number, this.#targets[i] as number, timeS)
  }

  #decide(lane: number, left: number, right: number, timeS: number): void {
    const state = this.#state
    const { graph, s, v, changeFrom, changeTime, slotStart, laneCount, slots } = state
    const start = slotStart[lane] as number
    const count = laneCount[lane] as number
    const length = graph.lengthM[lane] as number
    const mustChange = state.isClosed[lane] === 1
    const last = length - toEndM
    const leftRatio = left < 0 ? 0 : (graph.lengthM[left] as number) / length
    const rightRatio = right < 0 ? 0 : (graph.lengthM[right] as number) / length
    let leftSlot = 0
    let rightSlot = 0
    for (let slot = 0; slot < count; slot++) {
      const row = slots[start + slot] as number
      const place = s[row] as number
      if (!mustChange && place + leastChangeM > last) return
      if (left >= 0) leftSlot = this.#advance(left, leftSlot, place * leftRatio)
      if (right >= 0) rightSlot = this.#advance(right, rightSlot, place * rightRatio)
      if (place < fromStartM || this.#isFixed[row] === 1 || changeFrom[row] !== -1) continue
      if (timeS - (changeTime[row] as number) < pauseS) continue
      if (!mustChange && place + this.#lengthOf(row, v[row] as number) > last) continue
      const isPushed = mustChange || this.#emergency.isYielding[row] === 1
      if ((this.#emergency.shift[row] as number) !== 0) continue
      let best = isPushed ? thresholdMps2 - mustChangeMps2 : thresholdMps2
      let target = -1
      if (left >= 0 && !(mustChange && state.isClosed[left] === 1)) {
        const gain = this.#gain(row, lane, slot, left, leftSlot, place * leftRatio)
        if (gain > best) {
          best = gain
          target = left
        }
      }
      if (right >= 0 && (mustChange || state.isClosed[right] === 0)) {
        const gain = this.#gain(row, lane, slot, right, rightSlot, place * rightRatio) + rightBiasMps2
        if (gain > best) target = right
      }
      if (target < 0) continue
      this.#candidates[this.#count] = row
      this.#targets[this.#count++] = target
    }
  }

  /** Metres that a change takes at a speed. */
  #lengthOf(row: number, speed: number): number {
    return Math.max(leastChangeM, 2 * (this.#state.length[row] as number), changeS * speed)
  }

  #advance(lane: number, slot: number, place: number): number {
    const { slotStart, laneCount, slots, s } = this.#state
    const start = slotStart[lane] as number
    const count = laneCount[lane] as number
    while (slot < count && (s[slots[start + slot] as number] as number) < place) slot++
    return slot
  }

  /** MOBIL's advantage of moving over; −Infinity where it is not safe. */
  #gain(row: number, lane: number, slot: number, target: number, targetSlot: number, place: number): number {
    const state = this.#state
    const { graph, s, v, a, length } = state
    const speed = v[row] as number
    const leader = state.at(target, targetSlot)
    const gapAhead = leader < 0 ? Infinity : (s[leader] as number) - (length[leader] as number) - place
    if (gapAhead < (state.standstill[row] as number)) return -Infinity
    const follower = state.at(target, targetSlot - 1)
    const rear = place - (length[row] as number)
    let gain = 0
    // Nobody moves into the way of a siren.
    if (follower >= 0 && this.#emergency.isEmergency(follower)) return -Infinity
    if (follower >= 0) {
      const gapBehind = rear - (s[follower] as number)
      if (gapBehind < (state.standstill[follower] as number)) return -Infinity
      const after = following(state, follower, gapBehind, speed)
      if (after < -safeBrakingMps2) return -Infinity
      gain += after - (a[follower] as number)
    } else if (!this.#isClearBehind(target, rear, speed)) return -Infinity
    const old = state.at(lane, slot - 1)
    if (old >= 0) {
      const ahead = state.at(lane, slot + 1)
      const gap = ahead < 0 ? Infinity : (s[ahead] as number) - (length[ahead] as number) - (s[old] as number)
      gain += following(state, old, gap, ahead < 0 ? 0 : (v[ahead] as number)) - (a[old] as number)
    }
    const own = idmAcceleration(
      speed,
      state.desiredOn(row, target),
      gapAhead < (graph.lengthM[target] as number) ? gapAhead : Infinity,
      leader < 0 ? 0 : speed - (v[leader] as number),
      state.timeGap[row] as number,
      state.standstill[row] as number,
      state.acceleration[row] as number,
      state.inverseTwoRoot[row] as number,
    )
    if (own < -safeBrakingMps2) return -Infinity
    return own - (a[row] as number) + (state.politeness[row] as number) * gain
  }

  /** Whether nobody who comes from the lanes before `target` had to brake harder than is safe. */
  #isClearBehind(target: number, rear: number, speed: number): boolean {
    const state = this.#state
    const { graph, s, laneCount, next } = state
    const { start, items } = graph.predecessors
    for (let i = start[target] as number; i < (start[target + 1] as number); i++) {
      const before = items[i] as number
      const row = state.at(before, (laneCount[before] as number) - 1)
      if (row < 0 || next[row] !== target) continue
      const gap = (graph.lengthM[before] as number) - (s[row] as number) + rear
      if (gap < (state.standstill[row] as number)) return false
      if (following(state, row, gap, speed) < -safeBrakingMps2) return false
    }
    return true
  }

  /** Moves over, if those who changed before it in this step have left it room. */
  #make(row: number, target: number, timeS: number): void {
    const state = this.#state
    const { graph, s, v, length, changeFrom, changeTime } = state
    const from = state.lane[row] as number
    const place = ((s[row] as number) / (graph.lengthM[from] as number)) * (graph.lengthM[target] as number)
    const slot = state.slotAt(target, place)
    const leader = state.at(target, slot)
    if (leader >= 0) {
      const gap = (s[leader] as number) - (length[leader] as number) - place
      if (gap < (state.standstill[row] as number)) return
      if (following(state, row, gap, v[leader] as number) < -safeBrakingMps2) return
    }
    const follower = state.at(target, slot - 1)
    if (follower >= 0) {
      const gap = place - (length[row] as number) - (s[follower] as number)
      if (gap < (state.standstill[follower] as number)) return
      if (following(state, follower, gap, v[row] as number) < -safeBrakingMps2) return
    }
    if (!this.#obstacles.allow(row, target, place) || !this.#isLeft(row, target, place)) return
    const old = s[row] as number
    state.remove(row)
    if (!state.insert(row, target, place)) {
      state.insert(row, from, old)
      return
    }
    this.changing[this.changingCount++] = row
    changeFrom[row] = from
    state.changeShare[row] = 0
    state.changeM[row] = this.#lengthOf(row, v[row] as number)
    changeTime[row] = timeS
    state.next[row] = this.#drawNext(target)
    this.total++
  }

  /** Whether nobody is still half in `target` beside the place, on the way out of it. */
  #isLeft(row: number, target: number, place: number): boolean {
    const state = this.#state
    const { graph, s, lane, length, changeFrom, changeShare } = state
    for (let i = 0; i < this.changingCount; i++) {
      const other = this.changing[i] as number
      if (changeFrom[other] !== target || (lane[other] as number) < 0 || other === row) continue
      if ((changeShare[other] as number) > leavesAfter) continue
      const on = lane[other] as number
      const at = ((s[other] as number) / (graph.lengthM[on] as number)) * (graph.lengthM[target] as number)
      if (at + 3 > place - (length[row] as number) && at - (length[other] as number) - 3 < place) return false
    }
    return true
  }
}
