import { clamp } from '@heavylift/core/math'
import type { PathPoint } from '../../world/lanes/reference-path.ts'
import { LateralPath, swingLengthM } from './lateral-path.ts'
import { wayPoints } from './occupancy.ts'
import type { Occupancy } from './occupancy.ts'
import type { PathConflicts } from './path-conflicts.ts'
import type { PlanInput } from './planner.ts'
import type { JunctionOnRoute } from './route-map.ts'

/** Paths that are tried each time: the centre, two within the lane, round what is in the way on both sides, what was kept. */
export const mostPaths = 6

const inLaneM = 0.6
/** Room to what one drives round. */
const parkedRoomM = 0.7
const vulnerableRoomM = 1.3
/** Gaps between two obstacles too short to return to the lane in. */
const joinM = 25
const lookM = 70
/** What was driven round may have driven off: the way round is kept for so far, and the time in which one would be past. */
const backM = 4
const backS = 3
/** Nobody drives round what moves faster than this. */
const slowMps = 4.5
/** Lengths of a swing in which it settles. */
const settlingSwings = 3
/** No driving round others so near before a line where traffic waits. */
export const queueM = 30
/** Nor round a vehicle that may wait for what is ahead, so near before a junction. */
const waitingM = 70

interface Round {
  left: number
  right: number
  fromS: number
  toS: number
}

const round: Round = { left: 0, right: 0, fromS: 0, toS: 0 }

/** Builds the paths and how they meet others; gives their number. Path 0 keeps to the centre, or to the right for a siren. */
export function fillPaths(
  paths: LateralPath[],
  conflicts: PathConflicts[],
  occupancy: Occupancy,
  input: PlanInput,
  own: Readonly<PathPoint>,
  lastTarget: number,
  wallS: number,
  junction: JunctionOnRoute | null,
): number {
  const { shape, map } = input
  let count = 0
  const usualSpeed = Math.abs(input.ego.speedMps)
  const usualM = swingLengthM(usualSpeed)
  const add = (target: number, fromS: number, toS: number, wanted: number, swingM = usualM) => {
    if (count === mostPaths) return
    const path = paths[count] as LateralPath
    path.wanted = wanted
    path.build(input, own, target, fromS, toS, swingM)
    ;(conflicts[count] as PathConflicts).fill(
      path,
      occupancy,
      shape,
      junction?.fromS ?? Infinity,
      junction?.toS ?? Infinity,
    )
    count++
  }
  const edge = map.indexAt(own.s + 10)
  const half = shape.widthM / 2
  const aside = asideFor(occupancy, input, own)
  if (!Number.isNaN(aside)) {
    add(aside, -Infinity, Infinity, aside)
    add(0, -Infinity, Infinity, aside)
    return count
  }
  add(0, -Infinity, Infinity, 0)
  const leftmost = (map.leftM[edge] as number) - half - 0.1
  const rightmost = (map.ownRightM[edge] as number) + half + 0.1
  const isBlocked = findRound(round, conflicts[0] as PathConflicts, occupancy, input, own, wallS)
  if (isBlocked) {
    const fromS = round.fromS - settlingSwings * usualM
    // Where less way is left it swings harder, which its bends make it do slowly.
    const swingM = clamp((round.fromS - own.s) / settlingSwings, swingLengthM(0), usualM)
    if (round.left <= leftmost) add(round.left, fromS, round.toS, 0, swingM)
    if (round.right >= rightmost) add(round.right, fromS, round.toS, 0, swingM)
  }
  add(Math.min(inLaneM, Math.max(0, leftmost)), -Infinity, Infinity, 0)
  add(Math.max(-inLaneM, Math.min(0, rightmost)), -Infinity, Infinity, 0)
  if (Math.abs(lastTarget) > inLaneM && !isBlocked)
    add(lastTarget, -Infinity, own.s + backM + backS * usualSpeed, 0)
  return count
}

/** What has to be driven round on path 0: how far to each side, and from where to where. False where nothing is in the way. */
function findRound(
  out: Round,
  conflicts: PathConflicts,
  occupancy: Occupancy,
  input: PlanInput,
  own: Readonly<PathPoint>,
  wallS: number,
): boolean {
  const { shape } = input
  const half = shape.widthM / 2
  const front = own.s + shape.centreX + shape.lengthM / 2
  const rear = own.s + shape.centreX - shape.lengthM / 2
  const junctionS = input.map.junctionAt(front)?.fromS ?? Infinity
  out.left = -Infinity
  out.right = Infinity
  out.fromS = Infinity
  out.toS = -Infinity
  for (let pass = 0; pass < 2; pass++)
    for (let index = 0; index < conflicts.count; index++) {
      const way = conflicts.ways[index] as number
      const at = way * wayPoints
      const along = occupancy.alongMps[at] as number
      if (along > slowMps || along < -0.3 || occupancy.isFollower[way] === 1) continue
      if (conflicts.isCrossing[way] === 1) continue
      const isVulnerable = occupancy.isVulnerable[way] === 1
      // One who rides along is passed; one who has only just stopped may go on at any moment.
      const isRiding = isVulnerable && occupancy.isWalking[way] === 0 && along > 0.5
      if (occupancy.isParked[way] === 0 && !isRiding) continue
      const sMin = occupancy.sMin[at] as number
      // A moving one is passed further on.
      const sMax = (occupancy.sMax[at] as number) + 4 * Math.max(0, along)
      if (sMax < rear || sMin > front + lookM) continue
      if (sMin < wallS && wallS - sMin < queueM && !isVulnerable) continue
      if (occupancy.mayWait[way] === 1 && sMin < junctionS && junctionS - sMin < waitingM) continue
      // First the nearest, then what follows it closely.
      if (pass === 0) {
        if (sMin < out.fromS) {
          out.fromS = sMin
          out.toS = sMax
        }
        continue
      }
      if (sMin > out.toS + joinM) continue
      const room = isVulnerable ? vulnerableRoomM : parkedRoomM
      out.left = Math.max(out.left, (occupancy.lMax[at] as number) + half + room)
      out.right = Math.min(out.right, (occupancy.lMin[at] as number) - half - room)
      out.toS = Math.max(out.toS, sMax)
    }
  if (out.toS < 0 || out.fromS === Infinity) return false
  const toFront = shape.centreX + shape.lengthM / 2
  out.fromS -= toFront
  out.toS += shape.lengthM / 2 - shape.centreX + 1.5
  return true
}

/** Where to be for a siren that comes from behind or ahead along the route; NaN where none does. */
function asideFor(occupancy: Occupancy, input: PlanInput, own: Readonly<PathPoint>): number {
  const { map, shape } = input
  for (let way = 0; way < occupancy.count; way++) {
    if (occupancy.hasSiren[way] === 0) continue
    const at = way * wayPoints
    const along = occupancy.alongMps[at] as number
    const s = ((occupancy.sMin[at] as number) + (occupancy.sMax[at] as number)) / 2
    const isBehind = s < own.s + 6 && along > 1 && s > own.s - 90
    const isOncoming = s > own.s && s < own.s + 60 && along < -3
    if (!isBehind && !isOncoming) continue
    if (Math.abs((occupancy.lMin[at] as number) - own.lateral) > 12) continue
    const edge = map.indexAt(own.s + 10)
    if (map.isJunction[edge] === 1) continue
    return Math.min(0, (map.shoulderRightM[edge] as number) + shape.widthM / 2 + 0.25)
  }
  return NaN
}
