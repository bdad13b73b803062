import { agentKindNumber } from '../../world/scene/agent-table.ts'
import { coverMeeting } from './cover-meeting.ts'
import { slowForJunction } from './junction-caution.ts'
import type { LateralPath } from './lateral-path.ts'
import { pathStepM } from './lateral-path.ts'
import { wayPoints } from './occupancy.ts'
import type { Occupancy } from './occupancy.ts'
import type { PathConflicts } from './path-conflicts.ts'
import type { PlanInput } from './planner.ts'
import type { JunctionOnRoute } from './route-map.ts'

const gravityMps2 = 9.81
/** Sideways in a bend, for comfort, and the share of the road's grip that is used at most. */
const bendMps2 = 2.4
const gripShare = 0.35
/** Braking that a cap is approached with. */
const approachMps2 = 1.8
/** Who runs out from behind something is this fast; brakes bite after this time, this hard. */
const runnerMps = 2.2
const walkerMps = 1.8
const animalMps = 3
const animal = agentKindNumber('animal')
const reactionS = 0.3
/** Later than that somebody who stood is seen to walk. */
const noticeS = 0.1
const emergencyMps2 = 7
/** Slower than this nobody needs to creep past parked cars. */
const creepMps = 4
/** Nobody runs out beside roads with a higher limit. */
const townMps = 17
const hidingM = 3
/** What one counts on to stop before a walker, the speed that one creeps up with, and room to them. */
const coverMps2 = 3
const coverMps = 1.5
const coverRoomM = 3
/** Who comes the other way in the path, faster than this, may be back in their lane before one meets: one slows down at once, softly. */
const comesMps = 2
const comer = { roomM: 15, coverMps2: 2, leastMps: 3 }
/** In the path so soon, in points of a way, one is about to be. */
const soonPoints = 15

/** The most speed along a path: limit, bends, sight, what may hide behind parked cars, and room to who stands near. */
export function fillSpeedCap(
  path: LateralPath,
  conflicts: PathConflicts,
  occupancy: Occupancy,
  input: PlanInput,
  junction: JunctionOnRoute | undefined,
): void {
  const { route, map, environment, desiredSpeedMps, sightM, shape } = input
  const grip = environment.friction * gravityMps2
  const cap = path.capMps
  const sight = sightSpeed(sightM, Math.min(5, 0.6 * grip))
  const bend = Math.min(bendMps2, gripShare * grip)
  for (let index = 0; index < path.count; index++) {
    const s = path.startS + index * pathStepM
    const wanted = Number.isNaN(desiredSpeedMps)
      ? (route.speedLimitMps[route.indexAt(s)] as number)
      : desiredSpeedMps
    const curvature = Math.abs(path.curvature[index] as number)
    cap[index] = Math.min(wanted, sight, Math.sqrt(bend / Math.max(curvature, 1e-5)))
  }
  const front = shape.centreX + shape.lengthM / 2
  const braking = Math.min(emergencyMps2, 0.75 * grip)
  for (let way = 0; way < occupancy.count; way++) {
    const at = way * wayPoints
    const room = conflicts.roomM[at] as number
    if (room < 0 || room > hidingM) continue
    const isSlow = Math.abs(occupancy.alongMps[at] as number) < 2.5
    let most = Infinity
    if (occupancy.isVulnerable[way] === 1) {
      if (isSlow) most = Math.max(1.5, 2 + 5 * (room - 0.3))
      // Who stands on the road may step out at any moment.
      const pace = input.tracks.kind[occupancy.row[way] as number] === animal ? animalMps : walkerMps
      const edge = map.indexAt(occupancy.sMin[at] as number)
      const isOnRoad =
        (occupancy.lMin[at] as number) < (map.leftM[edge] as number) &&
        (occupancy.lMax[at] as number) > (map.rightM[edge] as number)
      if (isSlow && isOnRoad && occupancy.isWalking[way] === 1) {
        const lateS = reactionS + (occupancy.isStill[way] === 1 ? noticeS : 0)
        most = Math.min(most, Math.max(2, 2 * braking * (room / pace - lateS)))
      }
    } else if (occupancy.isStill[way] === 1) {
      most = 3 + 10 * Math.max(0, room - 0.1)
      const limit = route.speedLimitMps[route.indexAt(occupancy.sMax[at] as number)] as number
      // One who runs out is past the near side after (room / speed); stop or be past by then.
      if (limit < townMps && (occupancy.sMax[at] as number) - (occupancy.sMin[at] as number) > 1.5)
        most = Math.min(most, Math.max(creepMps, 2 * braking * ((room + 0.3) / runnerMps - reactionS)))
    }
    if (most === Infinity) continue
    const from = Math.max(0, Math.floor(((occupancy.sMin[at] as number) - front - path.startS) / pathStepM))
    const to = Math.min(
      path.count - 1,
      Math.ceil(((occupancy.sMax[at] as number) - path.startS - shape.centreX) / pathStepM),
    )
    for (let index = from; index <= to; index++) cap[index] = Math.min(cap[index] as number, most)
  }
  if (junction) slowForJunction(path, occupancy, input, path.startS + front, junction)
  for (let way = 0; way < occupancy.count; way++) {
    const at = way * wayPoints
    const nearsMps = -(occupancy.alongMps[at] as number)
    const toOtherM = (occupancy.sMin[at] as number) - front - path.startS
    if (nearsMps < comesMps || toOtherM < 0) continue
    if ((conflicts.roomM[at] as number) <= (conflicts.marginM[way] as number))
      coverMeeting(path, { ...comer, toOtherM, nearsMps }, input.ego.speedMps)
  }
  // Whoever makes way does so slowly.
  if (path.wanted !== 0)
    for (let index = 0; index < path.count; index++)
      cap[index] = Math.min(cap[index] as number, Math.max(4, 0.55 * (cap[index] as number)))
  for (let index = path.count - 2; index >= 0; index--) {
    const next = cap[index + 1] as number
    cap[index] = Math.min(cap[index] as number, Math.sqrt(next * next + 2 * approachMps2 * pathStepM))
  }
  coverWalkers(path, conflicts, occupancy, front)
}

/**
 * Whoever is on foot in the path, or about to be, may stop there at any moment, though they would be across in time: one stays able to stop before them without
 * much ado.
 */
function coverWalkers(
  path: LateralPath,
  conflicts: PathConflicts,
  occupancy: Occupancy,
  front: number,
): void {
  for (let way = 0; way < occupancy.count; way++) {
    if (occupancy.isWalking[way] === 0) continue
    const isIn = (conflicts.roomM[way * wayPoints] as number) <= (conflicts.marginM[way] as number)
    const comes = conflicts.isCrossing[way] === 1 && (conflicts.first[way] as number) <= soonPoints
    if (!isIn && !comes) continue
    const s = isIn ? (occupancy.sMin[way * wayPoints] as number) : (conflicts.inS[way] as number)
    const toWalker = s - coverRoomM - front - path.startS
    for (let index = 0; index < path.count; index++) {
      const left = toWalker - index * pathStepM
      if (left < -coverRoomM) break
      const most = Math.sqrt(coverMps * coverMps + 2 * coverMps2 * Math.max(0, left))
      path.capMps[index] = Math.min(path.capMps[index] as number, most)
    }
  }
}

/** Speed from which one stops within what one sees. */
function sightSpeed(sightM: number, brakingMps2: number): number {
  if (sightM > 1000) return Infinity
  const reaction = 0.6 * brakingMps2
  return Math.sqrt(reaction * reaction + 2 * brakingMps2 * 0.9 * sightM) - reaction
}
