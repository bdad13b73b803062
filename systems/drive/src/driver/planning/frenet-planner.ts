import type { Explanation } from '../explanation.ts'
import type { PathPoint } from '../../world/lanes/reference-path.ts'
import { comfort } from './comfort.ts'
import { crosswalkWall } from './crosswalks.ts'
import { LateralPath, swingLengthM } from './lateral-path.ts'
import { Occupancy, wayPoints } from './occupancy.ts'
import { PathConflicts } from './path-conflicts.ts'
import { Plan, planPoints, planStepS } from './plan.ts'
import type { PlanInput, Planner } from './planner.ts'
import { fitQuartic, fitQuintic, valueAt } from './polynomial.ts'
import { fillSpeedCap } from './speed-cap.ts'
import { StopControl } from './stop-control.ts'

/** Ends of the samples: beside the route, in shares of the speed wanted, and after seconds. */
const offsetsM = [0, -0.6, 0.6, -1.5, 1.5, -2.6, 2.6, -3.4, 3.4]
const shares = [1, 0.7, 0.4, 0.15, 0]
const durationsS = [2, 3.5, 5]
/** Costs, per unit: squared jerk, distance from the centre, speed missing, nearness. */
const costs = { jerk: 0.08, sideJerk: 0.1, offset: 0.8, speed: 1, room: 3, against: 1.5 }
const collisionCost = 1e4
const roomM = 0.6
const besideM = 0.45
const alongM = 1.2
const emergencyMps2 = 8

interface Sample {
  readonly along: Float64Array
  readonly side: Float64Array
  durationS: number
  cost: number
}

/**
 * Samples quintics beside the route and quartics along it to a grid of ends, and takes the cheapest that hits nobody and keeps within what the
 * vehicle can do (Werling et al. 2010). Where each would hit somebody it brakes on its lane.
 */
export class FrenetPlanner implements Planner {
  readonly #own: PathPoint = { s: 0, lateral: 0, index: -1 }
  readonly #occupancy = new Occupancy()
  readonly #stops = new StopControl()
  readonly #centre = new LateralPath()
  readonly #conflicts = new PathConflicts()
  readonly #samples: Sample[] = Array.from(
    { length: offsetsM.length * shares.length * durationsS.length },
    () => ({ along: new Float64Array(6), side: new Float64Array(6), durationS: 0, cost: 0 }),
  )
  readonly #plans = new Plan()
  readonly #point = new Float64Array(2)
  #count = 0
  #best = -1
  #input: PlanInput | null = null

  plan(input: PlanInput): Plan {
    const { route, ego, shape } = input
    this.#input = input
    const own = this.#own
    route.project(ego.x, ego.y, own.index, own)
    this.#occupancy.fill(input, own)
    this.#centre.build(input, own, 0, -Infinity, Infinity, swingLengthM(Math.abs(input.ego.speedMps)))
    this.#conflicts.fill(this.#centre, this.#occupancy, shape, Infinity, Infinity)
    fillSpeedCap(this.#centre, this.#conflicts, this.#occupancy, input, undefined)
    const front = own.s + shape.centreX + shape.lengthM / 2
    const wallS = Math.min(this.#stops.wall(input, front), crosswalkWall(input, this.#occupancy, front)) - 0.8
    const error = ego.heading - route.headingAt(own.s)
    const sideMps = ego.speedMps * Math.sin(error)
    this.#count = 0
    this.#best = -1
    let bestCost = collisionCost
    for (const offset of offsetsM)
      for (const share of shares)
        for (const durationS of durationsS) {
          const sample = this.#samples[this.#count] as Sample
          const cap = this.#centre.at(this.#centre.capMps, own.s + ego.speedMps * durationS * 0.7)
          sample.durationS = durationS
          fitQuartic(sample.along, own.s, ego.speedMps, ego.accelerationMps2, share * cap, 0, durationS)
          fitQuintic(sample.side, own.lateral, sideMps, 0, offset, 0, 0, durationS)
          sample.cost = this.#costOf(sample, offset, input, wallS)
          if (sample.cost < bestCost) {
            bestCost = sample.cost
            this.#best = this.#count
          }
          this.#count++
        }
    this.#write(input)
    return this.#plans
  }

  explain(explanation: Explanation): void {
    const input = this.#input
    if (!input) return
    for (let index = 0; index < this.#count; index++) {
      const sample = this.#samples[index] as Sample
      if (sample.cost >= collisionCost && index !== this.#best) continue
      const points: number[] = []
      for (let step = 0; step < planPoints; step += 5) {
        const timeS = step * planStepS
        input.route.pointAt(alongAt(sample, timeS), sideAt(sample, timeS), this.#point)
        points.push(this.#point[0] as number, this.#point[1] as number)
      }
      explanation.plans.push({
        points,
        stepS: 5 * planStepS,
        score: -sample.cost,
        isChosen: index === this.#best,
      })
    }
  }

  /** Cost of a sample; `collisionCost` and more where it is not to be driven. */
  #costOf(sample: Sample, offset: number, input: PlanInput, wallS: number): number {
    const { shape, map } = input
    const toFront = shape.centreX + shape.lengthM / 2
    const toRear = shape.centreX - shape.lengthM / 2
    const half = shape.widthM / 2
    const edge = map.indexAt(this.#own.s + 15)
    if (offset + half > (map.leftM[edge] as number) || offset - half < (map.ownRightM[edge] as number) - 0.1)
      if (offset !== 0) return 2 * collisionCost
    let cost = offset + half > (map.ownLeftM[edge] as number) ? costs.against : 0
    let missing = 0
    let before = valueAt(sample.along, 0, 2)
    for (let point = 0; point * 2 < planPoints; point++) {
      const timeS = point * 0.2
      const isBefore = timeS < sample.durationS
      const s = alongAt(sample, timeS)
      const speed = isBefore ? valueAt(sample.along, timeS, 1) : valueAt(sample.along, sample.durationS, 1)
      const acceleration = isBefore ? valueAt(sample.along, timeS, 2) : 0
      if (speed < -0.05 || acceleration > comfort.accelerationMps2 + 0.3 || acceleration < -emergencyMps2)
        return 2 * collisionCost
      if (acceleration < comfort.brakingMps2) cost += 2
      const jerk = (acceleration - before) * 5
      before = acceleration
      cost += costs.jerk * jerk * jerk * 0.2
      const cap = this.#centre.at(this.#centre.capMps, s)
      missing += Math.abs(cap - speed) * (speed > cap ? 3 : 1)
      if (s + toFront > wallS && speed > 0.2) return collisionCost + 100 - s
      const lateral = sideAt(sample, timeS)
      cost += costs.offset * 0.2 * Math.abs(lateral)
      cost += this.#hits(s + toRear, s + toFront, lateral, half, point, speed)
      if (cost >= collisionCost) return cost + 100 - 2 * timeS
    }
    return cost + costs.speed * missing * 0.2
  }

  /** What others cost at one moment: very much where the bodies meet, some where room is short. */
  #hits(rear: number, front: number, lateral: number, half: number, point: number, speed: number): number {
    const occupancy = this.#occupancy
    let cost = 0
    for (let way = 0; way < occupancy.count; way++) {
      if (occupancy.isFollower[way] === 1) continue
      const at = way * wayPoints + point
      const headway = alongM + 0.6 * speed * (occupancy.isStill[way] === 1 ? 0.5 : 1)
      if ((occupancy.sMin[at] as number) > front + headway || (occupancy.sMax[at] as number) < rear - alongM)
        continue
      const room = Math.max(
        (occupancy.lMin[at] as number) - lateral - half,
        lateral - half - (occupancy.lMax[at] as number),
      )
      const need = occupancy.isVulnerable[way] === 1 ? 2 * roomM : roomM
      if (room > need) continue
      if (room < besideM && point > 0 && speed > 0.2) {
        if ((occupancy.sMin[at] as number) < front + 0.4) return collisionCost
        cost += (costs.room * (front + headway - (occupancy.sMin[at] as number))) / headway
      } else if ((occupancy.sMin[at] as number) < front) cost += costs.room * 0.2 * ((need - room) / need)
    }
    return cost
  }

  #write(input: PlanInput): void {
    const { route, ego } = input
    const plans = this.#plans
    const point = this.#point
    const own = this.#own
    const sample = this.#best >= 0 ? (this.#samples[this.#best] as Sample) : null
    plans.score = sample ? -sample.cost : -collisionCost
    for (let step = 0; step < planPoints; step++) {
      const timeS = step * planStepS
      const stopsS = Math.min(timeS, ego.speedMps / emergencyMps2)
      const isBefore = sample !== null && timeS < sample.durationS
      const endS = sample ? Math.min(timeS, sample.durationS) : 0
      const s = sample
        ? alongAt(sample, timeS)
        : own.s + ego.speedMps * stopsS - (emergencyMps2 * stopsS * stopsS) / 2
      const lateral = sample ? sideAt(sample, timeS) : own.lateral
      route.pointAt(s, lateral, point)
      plans.x[step] = point[0] as number
      plans.y[step] = point[1] as number
      const speed = sample
        ? Math.max(0, valueAt(sample.along, endS, 1))
        : ego.speedMps - emergencyMps2 * stopsS
      const side = sample && isBefore ? valueAt(sample.side, timeS, 1) : 0
      plans.heading[step] = route.headingAt(s) + Math.atan2(side, Math.max(speed, 1))
      plans.speedMps[step] = speed
      plans.accelerationMps2[step] = sample
        ? isBefore
          ? valueAt(sample.along, Math.min(timeS + planStepS, sample.durationS), 2)
          : 0
        : speed > 0
          ? -emergencyMps2
          : 0
    }
  }
}

/** After its end a sample goes on at its speed, on its place beside. */
function alongAt({ along, durationS }: Sample, timeS: number): number {
  if (timeS <= durationS) return valueAt(along, timeS)
  return valueAt(along, durationS) + (timeS - durationS) * Math.max(0, valueAt(along, durationS, 1))
}

function sideAt({ side, durationS }: Sample, timeS: number): number {
  return valueAt(side, Math.min(timeS, durationS))
}
