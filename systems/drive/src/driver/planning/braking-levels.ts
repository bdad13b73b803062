import { clamp } from '@heavylift/core/math'
import { wayPoints } from './occupancy.ts'
import { predictionStepS } from '../prediction/prediction-table.ts'

/** How hard one brakes, and how fast that builds up. */
interface BrakingLevel {
  jerkMps3: number
  mostMps2: number
  /** Of the road's grip, what it takes at most. */
  gripShare: number
}

/** From what passengers find comfortable, with something to spare for what following a plan adds, to all there is. */
export const brakingLevels: readonly BrakingLevel[] = [
  { jerkMps3: 3.6, mostMps2: 3.7, gripShare: 0.9 },
  { jerkMps3: 8, mostMps2: 5, gripShare: 0.9 },
  { jerkMps3: 15, mostMps2: 5.8, gripShare: 0.95 },
  { jerkMps3: 25, mostMps2: 7, gripShare: 0.95 },
  { jerkMps3: 40, mostMps2: 8, gripShare: 0.95 },
]
/** A stop ends softly: braking falls with the speed, at this jerk to so much at the standstill. */
const endMps2 = 0.6
const endJerkMps3 = 2.2
const gravityMps2 = 9.81
const stepS = 0.1
/** What was asked for last acts for so long yet. */
const delayS = 0.1
const stepsOfPoint = Math.round(predictionStepS / stepS)

/** How far the vehicle would go from now on, braking at each level to a standstill: what tells the mildest one that is enough. */
export class BrakingLevels {
  /** Metres gone, by `level × wayPoints + point`. */
  readonly wayM = new Float64Array(brakingLevels.length * wayPoints)
  /** Metres to the standstill, by level. */
  readonly stopM = new Float64Array(brakingLevels.length)
  /** Most braking that the road allows, by level. */
  readonly mostMps2 = new Float64Array(brakingLevels.length)

  fill(speedMps: number, accelerationMps2: number, friction: number): void {
    for (const [level, { jerkMps3, mostMps2, gripShare }] of brakingLevels.entries()) {
      const most = Math.min(mostMps2, gripShare * gravityMps2 * friction)
      this.mostMps2[level] = most
      let speed = Math.max(0, speedMps)
      let acceleration = clamp(accelerationMps2, -most, most)
      let way = 0
      const from = level * wayPoints
      for (let step = 0; speed > 0 || step < wayPoints * stepsOfPoint; step++) {
        if (step % stepsOfPoint === 0 && step / stepsOfPoint < wayPoints)
          this.wayM[from + step / stepsOfPoint] = way
        if (step * stepS >= delayS - 1e-9)
          acceleration = Math.max(-most, -softestStop(level, speed), acceleration - jerkMps3 * stepS)
        const next = Math.max(0, speed + acceleration * stepS)
        way += ((speed + next) / 2) * stepS
        speed = next
      }
      this.stopM[level] = way
    }
  }

  /** The mildest level from `least` on that stands within `metres`; the hardest where none does. */
  stopsWithin(metres: number, least: number): number {
    let level = least
    while (level < brakingLevels.length - 1 && (this.stopM[level] as number) > metres) level++
    return level
  }

  /** The mildest level from `least` on that has gone no more than `metres` at a point of 0.2 s. */
  goesWithin(metres: number, point: number, least: number): number {
    let level = least
    while (level < brakingLevels.length - 1 && (this.wayM[level * wayPoints + point] as number) > metres)
      level++
    return level
  }
}

/** Most braking at a speed with which the vehicle still comes to a stand without a jolt; beyond the comfortable level there is none. */
export function softestStop(level: number, speedMps: number): number {
  return level === 0 ? Math.sqrt(endMps2 * endMps2 + 2 * endJerkMps3 * Math.max(0, speedMps)) : Infinity
}
