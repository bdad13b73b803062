import { predictionStepS } from '../prediction/prediction-table.ts'
import { wayPoints } from './occupancy.ts'
import type { Occupancy } from './occupancy.ts'
import type { PlanInput } from './planner.ts'

const lookM = 80
/** Someone counts as on a crosswalk this far beside it. */
const besideM = 1
/** Somebody who will be on the lane within this time has the right of way already. */
const soonS = 3
/** On foot, one has left the lane when this far from its middle line's vehicle, going away. */
const clearM = 1.5
/** Harder than this one does not brake for it; the planner's scores and the emergency brake have it then. */
const mostMps2 = 4.5
const lineM = 0.5

/** Place along the route where the front has to stop for somebody on a crosswalk; infinite where all are free. */
export function crosswalkWall(input: PlanInput, occupancy: Occupancy, frontS: number): number {
  const { map, ego, shape } = input
  for (const { fromS, toS } of map.crosswalks) {
    const way = fromS - lineM - frontS
    if (way < -lineM || way > lookM) continue
    if (ego.speedMps * ego.speedMps > 2 * mostMps2 * Math.max(way, 0.2) && ego.speedMps > 1) continue
    const half = shape.widthM / 2 + clearM
    for (let walker = 0; walker < occupancy.count; walker++)
      if (occupancy.isWalking[walker] === 1 && holds(occupancy, walker, fromS, toS, half))
        return Math.max(frontS, fromS - lineM)
  }
  return Infinity
}

/** Whether someone is on the vehicle's part of the crosswalk, or will be soon. */
function holds(occupancy: Occupancy, way: number, fromS: number, toS: number, half: number): boolean {
  if (occupancy.isParked[way] === 1 && occupancy.isStill[way] === 1) return false
  const points = Math.round(soonS / predictionStepS)
  for (let point = 0; point <= points; point++) {
    const at = way * wayPoints + point
    const isAlong =
      (occupancy.sMin[at] as number) < toS + besideM && (occupancy.sMax[at] as number) > fromS - besideM
    if (isAlong && (occupancy.lMin[at] as number) < half && (occupancy.lMax[at] as number) > -half)
      return true
  }
  return false
}
