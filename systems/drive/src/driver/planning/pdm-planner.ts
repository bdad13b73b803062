import { wrapAngle } from '@heavylift/core/math'
import type { Explanation } from '../explanation.ts'
import type { PathPoint } from '../../world/lanes/reference-path.ts'
import { BackUp } from './back-up.ts'
import { BrakingLevels } from './braking-levels.ts'
import { crosswalkWall } from './crosswalks.ts'
import { markGoingBack } from './going-back.ts'
import { LateralPath } from './lateral-path.ts'
import { Occupancy, wayPoints } from './occupancy.ts'
import { PathConflicts } from './path-conflicts.ts'
import { fillPaths, mostPaths } from './path-choices.ts'
import { Plan, planPoints, planStepS } from './plan.ts'
import type { PlanInput, Planner } from './planner.ts'
import { Proposal, comfortJerkMps3 } from './proposal.ts'
import type { SpeedPolicy } from './proposal.ts'
import { finishScore, judgeProposal } from './score-proposal.ts'
import { simulateProposal } from './simulate-proposal.ts'
import { fillSpeedCap } from './speed-cap.ts'
import { StopControl } from './stop-control.ts'

/** On every path. */
const drivingPolicies: SpeedPolicy[] = [
  { name: 'react', share: 1, crossing: 'react', stopMps2: 0, jerkMps3: comfortJerkMps3 },
  { name: 'pass', share: 1, crossing: 'pass', stopMps2: 0, jerkMps3: comfortJerkMps3 },
  { name: 'yield', share: 1, crossing: 'yield', stopMps2: 0, jerkMps3: comfortJerkMps3 },
  { name: 'yield slowly', share: 0.65, crossing: 'yield', stopMps2: 0, jerkMps3: comfortJerkMps3 },
  { name: 'creep', share: 0.35, crossing: 'yield', stopMps2: 0, jerkMps3: comfortJerkMps3 },
]
/** On the path that is kept. */
const stoppingPolicies: SpeedPolicy[] = [
  { name: 'stop', share: 0, crossing: 'yield', stopMps2: 2, jerkMps3: comfortJerkMps3 },
  { name: 'brake', share: 0, crossing: 'yield', stopMps2: 4, jerkMps3: comfortJerkMps3 },
  { name: 'brake hard', share: 0, crossing: 'yield', stopMps2: 8, jerkMps3: 40 },
]
const policies = [...drivingPolicies, ...stoppingPolicies]
/** What keeping to the path of the last plan is worth: less flutter between equals. */
const keepingScore = 0.012
/** What remains of the score of driving round something while somebody comes the other way. */
const barredShare = 0.5
/** What remains of the score of driving up to a line where one has to stop, nearer than this. */
const overLineShare = 0.2
const lineRoomM = 0.6
/** Over the edge of a junction by no more than this the front is before it. */
const atEntryM = 0.3

/**
 * Predictive driver model (Dauner et al. 2023, arXiv 2306.07962): a handful of paths beside the centre line, each with several policies for speed, all
 * simulated for five seconds among the predictions and scored; the best one is the plan.
 */
export class PdmPlanner implements Planner {
  readonly #own: PathPoint = { s: 0, lateral: 0, index: -1 }
  readonly #occupancy = new Occupancy()
  readonly #stops = new StopControl()
  readonly #backUp = new BackUp()
  readonly #levels = new BrakingLevels()
  readonly #paths = Array.from({ length: mostPaths }, () => new LateralPath())
  readonly #conflicts = Array.from({ length: mostPaths }, () => new PathConflicts())
  readonly #proposals = Array.from({ length: mostPaths * policies.length }, () => new Proposal())
  #count = 0
  #best = 0
  #lastTarget = 0
  readonly #plans = new Plan()
  readonly #point = new Float64Array(2)
  #input: PlanInput | null = null

  plan(input: PlanInput): Plan {
    const { route, ego, shape } = input
    this.#input = input
    route.project(ego.x, ego.y, this.#own.index, this.#own)
    this.#occupancy.fill(input, this.#own)
    const toFront = shape.centreX + shape.lengthM / 2
    const front = this.#own.s + toFront
    this.#levels.fill(ego.speedMps, ego.accelerationMps2, input.environment.friction)
    markGoingBack(this.#occupancy, this.#levels, ego.speedMps, front)
    const wallS = Math.min(this.#stops.wall(input, front), crosswalkWall(input, this.#occupancy, front))
    const junction = input.map.junctionAt(front)
    // Where a light lets one in, or where it is too late, one waits inside.
    const isBefore = junction !== undefined && !junction.hasLight && front < junction.fromS + atEntryM
    const paths = fillPaths(
      this.#paths,
      this.#conflicts,
      this.#occupancy,
      input,
      this.#own,
      this.#lastTarget,
      wallS,
      isBefore ? junction : null,
    )
    this.#count = 0
    let bestM = 0
    for (let path = 0; path < paths; path++) {
      const lateral = this.#paths[path] as LateralPath
      const conflicts = this.#conflicts[path] as PathConflicts
      fillSpeedCap(lateral, conflicts, this.#occupancy, input, junction)
      const isKept = path === 0 || lateral.target === this.#lastTarget
      const isBarred = startsAgainstOthers(lateral, conflicts, this.#occupancy, this.#own.lateral)
      const last = isKept ? policies.length : drivingPolicies.length
      for (let policy = 0; policy < last; policy++) {
        const proposal = this.#proposals[this.#count++] as Proposal
        proposal.path = path
        proposal.policy = policy
        simulateProposal(
          proposal,
          policies[policy] as SpeedPolicy,
          lateral,
          conflicts,
          this.#occupancy,
          input,
          this.#levels,
          wallS,
        )
        judgeProposal(proposal, lateral, conflicts, this.#occupancy, input)
        if (isBarred) proposal.collision *= barredShare
        if ((proposal.s[planPoints - 1] as number) + toFront > wallS - lineRoomM)
          proposal.collision *= overLineShare
        if (proposal.collision > 0.5) bestM = Math.max(bestM, proposal.progressM)
      }
    }
    this.#best = 0
    let bestScore = -Infinity
    for (let index = 0; index < this.#count; index++) {
      const proposal = this.#proposals[index] as Proposal
      finishScore(proposal, bestM)
      const { target, wanted } = this.#paths[proposal.path] as LateralPath
      const isKept = target === this.#lastTarget && wanted === 0
      const score = proposal.score + (isKept ? keepingScore : 0)
      if (score > bestScore + 1e-9) {
        bestScore = score
        this.#best = index
      }
    }
    const chosen = this.#proposals[this.#best] as Proposal
    const path = this.#paths[chosen.path] as LateralPath
    this.#lastTarget = path.target
    this.#write(chosen, path, input)
    this.#plans.turnRad = wrapAngle(ego.heading - route.headingAt(this.#own.s))
    this.#plans.backMps = this.#backUp.speed(
      input,
      this.#occupancy,
      this.#conflicts[0] as PathConflicts,
      this.#own,
      wallS,
    )
    return this.#plans
  }

  explain(explanation: Explanation): void {
    const input = this.#input
    if (!input) return
    for (let index = 0; index < this.#count; index++) {
      const proposal = this.#proposals[index] as Proposal
      const path = this.#paths[proposal.path] as LateralPath
      const points: number[] = []
      for (let step = 0; step < planPoints; step += 5) {
        const s = proposal.s[step] as number
        input.route.pointAt(s, path.lateralAt(s), this.#point)
        points.push(this.#point[0] as number, this.#point[1] as number)
      }
      explanation.plans.push({
        points,
        stepS: 5 * planStepS,
        score: proposal.score,
        isChosen: index === this.#best,
      })
    }
  }

  #write(proposal: Proposal, path: LateralPath, input: PlanInput): void {
    const { route } = input
    const plans = this.#plans
    const point = this.#point
    plans.score = proposal.score
    for (let step = 0; step < planPoints; step++) {
      const s = proposal.s[step] as number
      const lateral = path.lateralAt(s)
      route.pointAt(s, lateral, point)
      plans.x[step] = point[0] as number
      plans.y[step] = point[1] as number
      const stretch = 1 - route.curvatureAt(s) * lateral
      plans.heading[step] = route.headingAt(s) + Math.atan2(path.at(path.slope, s), Math.max(0.2, stretch))
      plans.speedMps[step] = proposal.speedMps[step] as number
      plans.accelerationMps2[step] = proposal.accelerationMps2[step] as number
    }
  }
}

/**
 * Whether a path only begins to swing out into the way of somebody who comes: whoever stops half out, next to what is in the way, does not get
 * round it afterwards.
 */
function startsAgainstOthers(
  path: LateralPath,
  conflicts: PathConflicts,
  occupancy: Occupancy,
  lateral: number,
): boolean {
  if (Math.abs(path.target) < 1 || Math.abs(lateral) > 0.4 * Math.abs(path.target)) return false
  for (let index = 0; index < conflicts.count; index++) {
    const way = conflicts.ways[index] as number
    if (conflicts.isCrossing[way] === 1 && (occupancy.alongMps[way * wayPoints] as number) < -1) return true
  }
  return false
}
