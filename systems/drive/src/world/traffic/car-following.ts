import { idmAcceleration } from './idm.ts'
import type { TrafficState } from './traffic-state.ts'

/** How far ahead a vehicle looks over the end of its lane. */
const lookaheadM = 120
/** Lanes that are slower than what comes before them are slowed down for over this distance. */
const slowDownM = 70

/** Acceleration of a row behind something `gapM` ahead that moves at `leadMps`. */
export function following(state: TrafficState, row: number, gapM: number, leadMps: number): number {
  const speed = state.v[row] as number
  return idmAcceleration(
    speed,
    state.desired[row] as number,
    gapM,
    speed - leadMps,
    state.timeGap[row] as number,
    state.standstill[row] as number,
    state.acceleration[row] as number,
    state.inverseTwoRoot[row] as number,
  )
}

/** Writes the accelerations of all vehicles behind those ahead of them in their lane and, at its front, in the lanes that follow. */
export function followLeaders(state: TrafficState): void {
  const { graph, laneCount, slotStart, slots, s, v, a, length, desired } = state
  const { timeGap, standstill, acceleration, inverseTwoRoot } = state
  for (let lane = 0; lane < graph.count; lane++) {
    const count = laneCount[lane] as number
    if (count === 0) continue
    const start = slotStart[lane] as number
    let leader = slots[start + count - 1] as number
    a[leader] = frontAcceleration(state, leader, lane)
    let leaderMps = v[leader] as number
    let rear = (s[leader] as number) - (length[leader] as number)
    for (let slot = start + count - 2; slot >= start; slot--) {
      const row = slots[slot] as number
      const speed = v[row] as number
      a[row] = idmAcceleration(
        speed,
        desired[row] as number,
        rear - (s[row] as number),
        speed - leaderMps,
        timeGap[row] as number,
        standstill[row] as number,
        acceleration[row] as number,
        inverseTwoRoot[row] as number,
      )
      leader = row
      leaderMps = speed
      rear = (s[leader] as number) - (length[leader] as number)
    }
    slowDownAhead(state, lane, start, count)
  }
}

/** Acceleration of a row behind who is next on the lanes that it takes after its own; of the foremost vehicle of a lane. */
export function frontAcceleration(state: TrafficState, row: number, lane: number): number {
  const { graph, laneCount, slotStart, slots, s, v, length } = state
  let ahead = (graph.lengthM[lane] as number) - (s[row] as number)
  let next = state.next[row] as number
  while (next >= 0 && ahead < lookaheadM) {
    if ((laneCount[next] as number) > 0) {
      const leader = slots[slotStart[next] as number] as number
      // On a ring of one lane the one ahead may be itself.
      if (leader === row) break
      const gap = ahead + (s[leader] as number) - (length[leader] as number)
      return following(state, row, gap, v[leader] as number)
    }
    ahead += graph.lengthM[next] as number
    const from = graph.successors.start[next] as number
    if ((graph.successors.start[next + 1] as number) - from !== 1) break
    next = graph.successors.items[from] as number
  }
  const isStopping = (state.next[row] as number) < 0 && state.isClosed[lane] === 1
  return following(
    state,
    row,
    isStopping ? (graph.lengthM[lane] as number) - (s[row] as number) : Infinity,
    0,
  )
}

/** Brakes evenly towards the speed of a slower lane that comes next. */
function slowDownAhead(state: TrafficState, lane: number, start: number, count: number): void {
  const { graph, slots, s, v, a, next, laneSpeed } = state
  const end = graph.lengthM[lane] as number
  const limit = laneSpeed[lane] as number
  for (let slot = start + count - 1; slot >= start; slot--) {
    const row = slots[slot] as number
    const ahead = end - (s[row] as number)
    if (ahead > slowDownM) return
    const after = next[row] as number
    if (after < 0 || (laneSpeed[after] as number) >= limit) continue
    const wanted = state.desiredOn(row, after)
    const speed = v[row] as number
    if (speed <= wanted) continue
    const needed = (wanted * wanted - speed * speed) / (2 * Math.max(ahead, 1))
    // Begins once a comfortable brake is needed, then holds it.
    if (needed < -1 && needed < (a[row] as number)) a[row] = Math.max(needed, -4)
  }
}
