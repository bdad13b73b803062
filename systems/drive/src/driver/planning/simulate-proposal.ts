import { clamp } from '@heavylift/core/math'
import { brakingLevels, softestStop } from './braking-levels.ts'
import type { BrakingLevels } from './braking-levels.ts'
import { comfort } from './comfort.ts'
import type { LateralPath } from './lateral-path.ts'
import { wayPoints } from './occupancy.ts'
import type { Occupancy } from './occupancy.ts'
import type { PathConflicts } from './path-conflicts.ts'
import { planPoints, planStepS } from './plan.ts'
import type { PlanInput } from './planner.ts'
import { comfortJerkMps3 } from './proposal.ts'
import type { Proposal, SpeedPolicy } from './proposal.ts'

/** Treiber, Hennecke, Helbing 2000, with the accelerations of a brisk but comfortable driver. */
const timeGapS = 1.2
/** More of it at higher speeds, so that RSS finds the distance safe. */
const timeGapPerMps = 0.02
const standstillM = 2.2
const accelerationMps2 = 2.1
const brakingMps2 = 2.4
/** Behind who will not drive on, so far that one gets round. */
const parkedStandstillM = 8
/** Where that takes more than this, it stops nearer. */
const parkedMps2 = 1.5
const lineStandstillM = 0.8
/** The most speed so far ahead is what is driven for. */
const lookS = 0.5
/** Before somebody who crosses. */
const yieldM = 3
const walkerYieldM = 3
const sirenYieldM = 6
const hardestMps2 = 8
const besideRoomM = 0.15
/** Room that braking harder than is comfortable keeps to others; less than what is kept else. */
const leastRoomM = 1
/** A policy that brakes harder than this does not stop softly. */
const plannedStopMps2 = 4
/** How fast brakes are let go of, and where they were on hard. */
const hardReleaseMps3 = 10

/** Fills `s`, speed and acceleration of a proposal: the intelligent driver model along its path, every 0.1 s. */
export function simulateProposal(
  proposal: Proposal,
  policy: SpeedPolicy,
  path: LateralPath,
  conflicts: PathConflicts,
  occupancy: Occupancy,
  input: PlanInput,
  levels: BrakingLevels,
  wallS: number,
): void {
  const { ego, shape, environment } = input
  const gapS = timeGapS * (environment.friction < 0.85 ? 1.25 : 1)
  const toFront = shape.centreX + shape.lengthM / 2
  const toRear = shape.centreX - shape.lengthM / 2
  const level = levelFor(policy, path.startS + toFront, conflicts, occupancy, levels, wallS)
  const { jerkMps3 } = brakingLevels[level] as (typeof brakingLevels)[number]
  // A stop that is planned begins as softly as it is meant to, whoever is ahead: where that is too late, another policy is better.
  const jerk = (policy.stopMps2 > 0 ? policy.jerkMps3 : Math.max(policy.jerkMps3, jerkMps3)) * planStepS
  const least = -(policy.stopMps2 > 0
    ? Math.min(policy.stopMps2, levels.mostMps2[levels.mostMps2.length - 1] as number)
    : (levels.mostMps2[level] as number))
  let s = path.startS
  let speed = Math.max(0, ego.speedMps)
  let acceleration = clamp(ego.accelerationMps2, -hardestMps2, comfort.accelerationMps2)
  for (let step = 0; step < planPoints; step++) {
    proposal.s[step] = s
    proposal.speedMps[step] = speed
    const wanted =
      policy.stopMps2 > 0
        ? -policy.stopMps2
        : wantedAcceleration(s, speed, step, policy, path, conflicts, occupancy, wallS, toFront, toRear, gapS)
    const softest =
      policy.stopMps2 > plannedStopMps2 ? Infinity : softestStop(level, speed + acceleration * planStepS)
    const bound = clamp(wanted, Math.max(least, -softest), comfort.accelerationMps2)
    const release = (acceleration < -plannedStopMps2 ? hardReleaseMps3 : comfortJerkMps3) * planStepS
    acceleration += clamp(bound - acceleration, -jerk, release)
    let next = speed + acceleration * planStepS
    if (next < 0) {
      next = 0
      acceleration = Math.max(acceleration, -speed / planStepS)
    }
    proposal.accelerationMps2[step] = acceleration
    s += ((speed + next) / 2) * planStepS
    speed = next
    if (speed === 0 && acceleration < 0) acceleration = 0
  }
  proposal.progressM = (proposal.s[planPoints - 1] as number) - path.startS
}

/** How hard it has to brake to stay behind the wall and everyone in the way: the mildest level that is enough. */
function levelFor(
  policy: SpeedPolicy,
  front: number,
  conflicts: PathConflicts,
  occupancy: Occupancy,
  levels: BrakingLevels,
  wallS: number,
): number {
  let level = levels.stopsWithin(roomTo(wallS - front, lineStandstillM), 0)
  for (let index = 0; index < conflicts.count; index++) {
    const way = conflicts.ways[index] as number
    if (occupancy.isFollower[way] === 1 || occupancy.goesBack[way] === 1) continue
    const isCrossing = conflicts.isCrossing[way] === 1
    const holdS = conflicts.holdS[way] as number
    if (isCrossing && policy.crossing === 'pass') continue
    if (isCrossing && policy.crossing === 'yield') {
      if (front < holdS)
        level = levels.goesWithin(
          roomTo(holdS - front, lineStandstillM),
          conflicts.last[way] as number,
          level,
        )
      continue
    }
    const margin = conflicts.marginM[way] as number
    const first = policy.crossing === 'yield' ? 0 : (conflicts.first[way] as number)
    const last = conflicts.last[way] as number
    for (let point = first; point <= last; point++) {
      const at = way * wayPoints + point
      if (policy.crossing !== 'yield' && (conflicts.roomM[at] as number) > margin) continue
      const gap = (occupancy.sMin[at] as number) - front
      // Beside already.
      if (gap < 0) continue
      level = levels.goesWithin(roomTo(gap, leastRoomM), point, level)
    }
  }
  return level
}

/** What of a gap may be used; half of it where one is nearer than the room that is to be kept. */
function roomTo(gapM: number, keptM: number): number {
  return Math.max(gapM - keptM, gapM / 2, 0)
}

function wantedAcceleration(
  s: number,
  speed: number,
  step: number,
  policy: SpeedPolicy,
  path: LateralPath,
  conflicts: PathConflicts,
  occupancy: Occupancy,
  wallS: number,
  toFront: number,
  toRear: number,
  gapS: number,
): number {
  const front = s + toFront
  const rear = s + toRear
  const lookM = Math.max(1, lookS * speed)
  const desired = Math.max(0.05, policy.share * path.at(path.capMps, s + lookM))
  const ratio = speed / desired
  const free =
    ratio <= 1
      ? accelerationMps2 * (1 - ratio * ratio * ratio * ratio)
      : Math.max(-3.5, (desired * desired - speed * speed) / (2 * lookM))
  let least = free
  if (wallS < Infinity) least = Math.min(least, behind(speed, 0, wallS - front, lineStandstillM, 0.6, free))
  const point = Math.min(wayPoints - 1, step >> 1)
  for (let index = 0; index < conflicts.count; index++) {
    const way = conflicts.ways[index] as number
    if (occupancy.isFollower[way] === 1) continue
    const at = way * wayPoints + point
    const isSiren = occupancy.hasSiren[way] === 1
    const isCrossing = conflicts.isCrossing[way] === 1
    const isIn = (conflicts.roomM[at] as number) <= (conflicts.marginM[way] as number)
    const sMin = occupancy.sMin[at] as number
    if (isCrossing && policy.crossing !== 'pass' && (policy.crossing === 'yield' || isSiren)) {
      const holdS = conflicts.holdS[way] as number
      const until = (conflicts.last[way] as number) + (isSiren ? 5 : 1)
      if (point <= until && front < holdS)
        least = Math.min(
          least,
          behind(
            speed,
            0,
            holdS - front,
            isSiren ? sirenYieldM : occupancy.isWalking[way] === 1 ? walkerYieldM : yieldM,
            0.6,
            free,
          ),
        )
      continue
    }
    if (isCrossing && policy.crossing === 'pass') continue
    const isMerging = policy.crossing === 'yield' && point < (conflicts.first[way] as number)
    if (!isIn && !(isMerging && sMin > front - 1)) continue
    if ((occupancy.sMax[at] as number) < rear) continue
    const gap = sMin - front
    // Beside already: no one to stay behind, as long as there is room.
    if (gap < -2 || (gap < -0.2 && (conflicts.roomM[at] as number) > besideRoomM)) continue
    const standstill =
      occupancy.isParked[way] === 1
        ? clamp(gap - (speed * speed) / (2 * parkedMps2), standstillM, parkedStandstillM)
        : occupancy.isVulnerable[way] === 1
          ? standstillM + 1
          : standstillM
    const along = Math.max(0, occupancy.alongMps[at] as number)
    least = Math.min(least, behind(speed, along, gap, standstill, gapS + timeGapPerMps * speed, free))
  }
  return least
}

const braking2 = 2 * Math.sqrt(accelerationMps2 * brakingMps2)

/** The improved intelligent driver model (Treiber and Kesting 2013, 11.3.7), which keeps its gap at the speed wanted too; once it stands it stays where it is. */
function behind(
  speed: number,
  leadMps: number,
  gap: number,
  standstill: number,
  gapS: number,
  free: number,
): number {
  const wanted = standstill + Math.max(0, speed * gapS + (speed * (speed - leadMps)) / braking2)
  const ratio = wanted / Math.max(gap, 0.1)
  if (speed < 0.3 && leadMps < 0.3 && gap < standstill + 0.3) return -1
  const follows = accelerationMps2 * (1 - ratio * ratio)
  if (ratio >= 1) return Math.max(-hardestMps2, follows + Math.min(0, free))
  return free <= 0 ? free : free * (1 - ratio ** ((2 * accelerationMps2) / free))
}
