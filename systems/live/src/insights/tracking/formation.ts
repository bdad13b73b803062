import { assign } from './assign.ts'
import { ballSpot, stride } from './play-state.ts'
import type { PlayState } from './play-state.ts'

/** Who stands where in one frame of a play, for features. Depth is yards beyond the ball, positive on the defence's side. */
export interface Formation {
  index: number
  spot: readonly [number, number]
  /** By place in the roster. */
  depth: Float64Array
  /** Yards from the ball across the field, positive to +v. */
  lateral: Float64Array
  /** Velocity in yards per second along u and v. */
  velocityU: Float64Array
  velocityV: Float64Array
  defenders: number[]
  /** Backs, ends and receivers of the offence. */
  receivers: number[]
  linemen: number[]
  /** Place of the quarterback in the roster, or of whoever stands deepest near the ball; -1 when there is no offence. */
  quarterback: number
  /** For each place in the roster: the receiver that the defender is paired with by distance, or -1. */
  receiverOf: Int32Array
  /** For each place in the roster: the defender paired with that receiver, or -1. */
  defenderOf: Int32Array
}

/** `withPairs: false` leaves out who covers whom, which costs most of the time. */
export function formationAt(play: PlayState, index: number, { withPairs = true } = {}): Formation {
  const frame = play.frames[index] as number[]
  const count = play.roster.length
  const spot = play.snapSpot ?? ballSpot(play, index)
  const formation: Formation = {
    index,
    spot,
    depth: new Float64Array(count),
    lateral: new Float64Array(count),
    velocityU: new Float64Array(count),
    velocityV: new Float64Array(count),
    defenders: [],
    receivers: [],
    linemen: [],
    quarterback: -1,
    receiverOf: new Int32Array(count).fill(-1),
    defenderOf: new Int32Array(count).fill(-1),
  }
  let deepest = -1
  for (const [place, player] of play.roster.entries()) {
    const at = place * stride
    const speed = frame[at + 2] as number
    const direction = ((frame[at + 4] as number) * Math.PI) / 180
    formation.depth[place] = (frame[at] as number) - spot[0]
    formation.lateral[place] = (frame[at + 1] as number) - spot[1]
    formation.velocityU[place] = speed * Math.sin(direction)
    formation.velocityV[place] = speed * Math.cos(direction)
    if (!player.isOffence) {
      formation.defenders.push(place)
      continue
    }
    if (player.group === 'QB' && formation.quarterback < 0) formation.quarterback = place
    else if (player.group === 'OL') formation.linemen.push(place)
    else formation.receivers.push(place)
    if (
      Math.abs(formation.lateral[place] as number) < 6 &&
      (deepest < 0 || (formation.depth[place] as number) < (formation.depth[deepest] as number))
    )
      deepest = place
  }
  if (formation.quarterback < 0) formation.quarterback = deepest
  if (withPairs) pairReceivers(play, formation)
  return formation
}

/**
 * Pairs each receiver with a defender by least total distance. Linemen of the defence are left out; a defender's depth counts
 * half, since man defenders stand off.
 */
function pairReceivers(play: PlayState, formation: Formation): void {
  const { receivers, depth, lateral } = formation
  const free = formation.defenders.filter((place) => play.roster[place]?.group !== 'DL')
  if (receivers.length === 0 || free.length < receivers.length) return
  const cost = new Float64Array(receivers.length * free.length)
  for (const [row, receiver] of receivers.entries())
    for (const [column, defender] of free.entries())
      cost[row * free.length + column] = Math.hypot(
        ((depth[receiver] as number) - (depth[defender] as number)) / 2,
        (lateral[receiver] as number) - (lateral[defender] as number),
      )
  const columnOf = assign(cost, receivers.length, free.length)
  for (const [row, receiver] of receivers.entries()) {
    const defender = free[columnOf[row] as number] as number
    formation.receiverOf[defender] = receiver
    formation.defenderOf[receiver] = defender
  }
}
