import { comfort } from './comfort.ts'
import type { LateralPath } from './lateral-path.ts'
import { wayPoints } from './occupancy.ts'
import type { Occupancy } from './occupancy.ts'
import type { PathConflicts } from './path-conflicts.ts'
import { planPoints, planStepS } from './plan.ts'
import type { PlanInput } from './planner.ts'
import type { Proposal } from './proposal.ts'

/** Weights as in nuPlan's closed-loop score, with room to others and order at crossings beside. */
const weights = { progress: 5, safe: 5, comfortable: 2, lane: 2, room: 3 }
const weightSum = weights.progress + weights.safe + weights.comfortable + weights.lane + weights.room
/** Room along, when bodies are compared. */
const alongM = 0.4
const besideM = 0.12
/** Points of 0.2 s that a straight go-on is looked ahead for time to collision. */
const lookPoints = [2, 4] as const
/** Time between who goes first through a conflict and who goes second, in points of 0.2 s. */
const pointsAfterUs = 5
const pointsAfterWalker = 7
const pointsAfterSiren = 12
const pointsAfterThem = 2
/** The longer it is until then, the more time has to lie between: what was begun with time to spare can be gone through with. */
const growth = 0.35
/** Ways less likely than this count only by their share. */
const likely = 0.3
/** Braking that may be asked of who comes behind the vehicle when it changes into their lane, and room that is theirs. */
const politeMps2 = 2
const leastGapM = 1
/** A lane is left by this much before it counts. */
const edgeM = 0.15
/** Jerk is felt over so many steps: the end of a soft stop is none. */
const jerkSteps = 4

/** Judges what a proposal comes to but for its progress, which `finishScore` compares with the others'. */
export function judgeProposal(
  proposal: Proposal,
  path: LateralPath,
  conflicts: PathConflicts,
  occupancy: Occupancy,
  input: PlanInput,
): void {
  proposal.collision = 1
  proposal.safe = 1
  proposal.room = 1
  for (let index = 0; index < conflicts.count; index++) {
    const way = conflicts.ways[index] as number
    if (occupancy.isFollower[way] === 1 || occupancy.goesBack[way] === 1) continue
    judgeWay(proposal, way, conflicts, occupancy, input)
  }
  judgeLane(proposal, path, input)
  let rough = 0
  for (let step = 0; step < planPoints; step++) {
    const acceleration = proposal.accelerationMps2[step] as number
    const before = proposal.accelerationMps2[Math.max(0, step - jerkSteps)] as number
    const jerk = (acceleration - before) / (jerkSteps * planStepS)
    if (acceleration < comfort.brakingMps2 || Math.abs(jerk) > comfort.longitudinalJerkMps3) rough++
  }
  proposal.comfortable = rough === 0 ? 1 : Math.max(0, 0.5 - rough / 20)
}

function judgeWay(
  proposal: Proposal,
  way: number,
  conflicts: PathConflicts,
  occupancy: Occupancy,
  input: PlanInput,
): void {
  const { shape } = input
  const toFront = shape.centreX + shape.lengthM / 2
  const toRear = shape.centreX - shape.lengthM / 2
  const share = Math.min(1, (occupancy.probability[way] as number) / likely)
  const margin = conflicts.marginM[way] as number
  // What stands beside is passed by any room; what moves may come nearer.
  const lookMargin = occupancy.isStill[way] === 1 ? besideM : margin
  const braking = brakingBehind(proposal, way, conflicts, occupancy, toRear)
  if (!Number.isNaN(braking)) {
    const rude = Math.min(1, Math.max(0, braking / politeMps2 - 1))
    proposal.collision = Math.min(proposal.collision, 1 - share * rude)
    return
  }
  const inS = (conflicts.inS[way] as number) - alongM
  const outS = (conflicts.outS[way] as number) + alongM
  let egoFirst = -1
  let egoLast = -1
  let isSafe = true
  for (let point = 0; point * 2 < planPoints; point++) {
    const at = way * wayPoints + point
    const s = proposal.s[point * 2] as number
    const speed = proposal.speedMps[point * 2] as number
    const front = s + toFront
    const rear = s + toRear
    if (front > inS && rear < outS) {
      if (egoFirst < 0) egoFirst = point
      egoLast = point
    }
    const isMoving = speed > 0.2
    const room = conflicts.roomM[at] as number
    const sMin = occupancy.sMin[at] as number
    const sMax = occupancy.sMax[at] as number
    if (room < besideM && point > 0 && sMin < front + alongM / 2 && sMax > rear - alongM / 2) {
      if (isMoving) {
        // The later and the slower, the better, where nothing avoids it.
        const mild = 0.02 * (point / 25) + 0.05 * Math.max(0, 1 - speed / 15)
        proposal.collision = Math.min(proposal.collision, 1 - share + share * mild)
        return
      }
      proposal.collision = Math.min(proposal.collision, 1 - 0.25 * share)
    }
    if (!isMoving) continue
    if (room < margin + 0.5 && sMin < front && sMax > rear && occupancy.isStill[way] === 0)
      proposal.room = Math.min(proposal.room, 1 - share * Math.min(1, ((margin + 0.5 - room) * speed) / 8))
    if (!isSafe) continue
    for (const look of lookPoints) {
      if (point + look >= wayPoints) break
      const later = at + look
      if ((conflicts.roomM[later] as number) >= lookMargin) continue
      const onM = speed * look * 0.2
      if ((occupancy.sMin[later] as number) < front + onM && (occupancy.sMax[later] as number) > rear + onM) {
        isSafe = false
        break
      }
    }
  }
  if (!isSafe) proposal.safe = Math.min(proposal.safe, 1 - share)
  if (conflicts.isCrossing[way] === 0 || egoFirst < 0) return
  const isFirst = egoFirst <= (conflicts.first[way] as number)
  const isStanding = (proposal.speedMps[2 * egoFirst] as number) < 0.2
  if (isStanding) return
  const between = isFirst
    ? (conflicts.first[way] as number) - egoLast
    : egoFirst - (conflicts.last[way] as number)
  const needed = isFirst
    ? growth * egoFirst +
      (occupancy.hasSiren[way] === 1
        ? pointsAfterSiren
        : occupancy.isWalking[way] === 1
          ? pointsAfterWalker
          : pointsAfterUs)
    : pointsAfterThem
  // Whoever is already in the conflict has to clear it.
  if (between < needed && egoFirst > 0)
    proposal.collision = Math.min(proposal.collision, 1 - 0.8 * share * Math.min(1, (needed - between) / 4))
}

/**
 * How hard somebody has to brake into whose lane the vehicle comes ahead of them (the safety criterion of MOBIL: Kesting, Treiber, Helbing 2007); NaN where they are not
 * behind it then. From there on keeping clear is their task.
 */
function brakingBehind(
  proposal: Proposal,
  way: number,
  conflicts: PathConflicts,
  occupancy: Occupancy,
  toRear: number,
): number {
  const first = conflicts.first[way] as number
  if (conflicts.isCrossing[way] === 1 || first === 0 || first * 2 >= planPoints) return NaN
  const at = way * wayPoints + first
  const gap = (proposal.s[first * 2] as number) + toRear - (occupancy.sMax[at] as number)
  const along = occupancy.alongMps[at] as number
  if (gap < 0 || along < 0) return NaN
  const closing = Math.max(0, along - (proposal.speedMps[first * 2] as number))
  return (closing * closing) / (2 * Math.max(leastGapM, gap - leastGapM))
}

function judgeLane(proposal: Proposal, path: LateralPath, input: PlanInput): void {
  const { map, shape } = input
  const half = shape.widthM / 2
  let outside = 0
  let against = 0
  let off = 0
  const steps = 13
  for (let step = 0; step < steps; step++) {
    const s = proposal.s[step * 4] as number
    const lateral = path.lateralAt(s)
    const edge = map.indexAt(s + shape.centreX)
    const left = lateral + half
    const right = lateral - half
    if (left > (map.leftM[edge] as number) + edgeM || right < (map.shoulderRightM[edge] as number) - edgeM)
      outside++
    if (left > (map.ownLeftM[edge] as number) + edgeM) against++
    off += Math.min(1, Math.abs(lateral - path.wanted) / (path.wanted === 0 ? 2 : 0.4))
  }
  proposal.lane = Math.max(0, 1 - 0.5 * (against / steps) - 0.5 * (off / steps))
  if (outside > 1) proposal.collision *= 0.3
}

/** Puts a proposal's parts together; `bestM` is the most progress of a proposal that hits nothing. */
export function finishScore(proposal: Proposal, bestM: number): void {
  const progress = bestM < 0.5 ? 1 : Math.min(1, proposal.progressM / bestM)
  proposal.score =
    (proposal.collision *
      (weights.progress * progress +
        weights.safe * proposal.safe +
        weights.comfortable * proposal.comfortable +
        weights.lane * proposal.lane +
        weights.room * proposal.room)) /
    weightSum
}
