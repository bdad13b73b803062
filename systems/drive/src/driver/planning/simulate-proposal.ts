import { clamp } from '@heavylift/core/math'
import { comfort } from './comfort.ts'
import type { LateralPath } from './lateral-path.ts'
import { wayPoints } from './occupancy.ts'
import type { Occupancy } from './occupancy.ts'
import type { PathConflicts } from './path-conflicts.ts'
import { planPoints, planStepS } from './plan.ts'
import type { PlanInput } from './planner.ts'
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
/** Before somebody who crosses. */
const yieldM = 2
const walkerYieldM = 3
const sirenYieldM = 6
const hardestMps2 = 8
const besideRoomM = 0.15
/** Within the comfort limit by what following the plan adds. */
const plannedMps2 = 3.7
/** A stop line that needs more than this is braked for at once, and as hard as it takes. */
const urgentMps2 = 2.2
const urgentJerkMps3 = 25
/** More than what is needed: brakes bite late. */
const urgentShare = 1.25

/** Fills `s`, speed and acceleration of a proposal: the intelligent driver model along its path, every 0.1 s. */
export function simulateProposal(
  proposal: Proposal,
  policy: SpeedPolicy,
  path: LateralPath,
  conflicts: PathConflicts,
  occupancy: Occupancy,
  input: PlanInput,
  wallS: number,
): void {
  const { ego, shape, environment } = input
  const grip = 9.81 * environment.friction
  const gapS = timeGapS * (environment.friction < 0.85 ? 1.25 : 1)
  const toFront = shape.centreX + shape.lengthM / 2
  const toRear = shape.centreX - shape.lengthM / 2
  const toWall = wallS - path.startS - toFront - lineStandstillM / 2
  const needed = (ego.speedMps * ego.speedMps) / (2 * Math.max(toWall, 0.3))
  const isUrgent = needed > urgentMps2
  const jerk = Math.max(policy.jerkMps3, isUrgent ? urgentJerkMps3 : 0) * planStepS
  const most =
    policy.stopMps2 > 0
      ? policy.stopMps2
      : isUrgent
        ? Math.max(plannedMps2, urgentShare * needed)
        : plannedMps2
  const least = -Math.min(most, (policy.stopMps2 > 0 || isUrgent ? 0.95 : 0.9) * grip)
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
    const bound = clamp(wanted, least, comfort.accelerationMps2)
    acceleration += clamp(bound - acceleration, -jerk, jerk)
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
  const desired = Math.max(0.05, policy.share * path.at(path.capMps, s + 0.3 * speed))
  const ratio = speed / desired
  const free =
    ratio <= 1
      ? accelerationMps2 * (1 - ratio * ratio * ratio * ratio)
      : Math.max(-3.5, (desired - speed) * 1.6)
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
    if (isCrossing && (policy.crossing === 'yield' || isSiren)) {
      const inS = conflicts.inS[way] as number
      const until = (conflicts.last[way] as number) + (isSiren ? 5 : 1)
      if (point <= until && front < inS)
        least = Math.min(
          least,
          behind(
            speed,
            0,
            inS - front,
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

/** The intelligent driver model behind something; once it stands it stays where it is. */
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
  const acceleration = Math.min(free, accelerationMps2) - accelerationMps2 * ratio * ratio
  return Math.max(-hardestMps2, acceleration)
}
