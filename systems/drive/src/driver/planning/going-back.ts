import { brakingLevels } from './braking-levels.ts'
import type { BrakingLevels } from './braking-levels.ts'
import { wayPoints } from './occupancy.ts'
import { predictionStepS } from '../prediction/prediction-table.ts'
import type { Occupancy } from './occupancy.ts'

/** Who overtakes the other way in the lane of the route: faster than this, no further than so far from its middle. */
const comesMps = 5
const inLaneM = 2.5
/** Whom they overtake, or have overtaken: in the lane next to it, so far ahead or behind them. */
const besideM = 1.5
const furthestBesideM = 6
const withinM = 40
/** They go back when they are this far past, in so much time. */
const pastM = 6
const changeS = 2
/** Sideways already, so fast. */
const backMps = 0.3
/** What is left to brake hard later. */
const spareS = 0.5
const spareM = 2
const responseS = 0.3

/**
 * Marks who overtakes the other way, in the lane of the route, and will be back before one meets, as their way past whom they overtake tells: while there is time to stand by
 * braking hard half a second later, nothing harder than comfortable braking is needed for them yet.
 */
export function markGoingBack(
  occupancy: Occupancy,
  levels: BrakingLevels,
  speedMps: number,
  front: number,
): void {
  const hardest = brakingLevels.length - 1
  const standsS = speedMps / (levels.mostMps2[hardest] as number) + responseS + spareS
  const standsM = (levels.stopM[hardest] as number) + spareS * speedMps + spareM
  for (let way = 0; way < occupancy.count; way++) {
    occupancy.goesBack[way] = 0
    const at = way * wayPoints
    const nearsMps = -(occupancy.alongMps[at] as number)
    const gapM = (occupancy.sMin[at] as number) - front
    if (nearsMps < comesMps || gapM < 0 || occupancy.isVulnerable[way] === 1) continue
    if (Math.abs(middleOf(occupancy, at)) > inLaneM) continue
    const canWait = gapM - standsM > nearsMps * standsS
    if (canWait && backInS(occupancy, way) < gapM / (nearsMps + speedMps)) occupancy.goesBack[way] = 1
  }
}

/** Seconds until who overtakes is back in the own lane; infinite where nothing tells that they will be. */
function backInS(occupancy: Occupancy, way: number): number {
  const at = way * wayPoints
  const middle = middleOf(occupancy, at)
  const along = occupancy.alongMps[at] as number
  let pastS = -Infinity
  for (let other = 0; other < occupancy.count; other++) {
    const to = other * wayPoints
    const left = middleOf(occupancy, to) - middle
    if (other === way || left < besideM || left > furthestBesideM) continue
    const toGoM = (occupancy.sMax[at] as number) - (occupancy.sMin[to] as number) + pastM
    if (Math.abs(toGoM) > withinM) continue
    const fasterMps = (occupancy.alongMps[to] as number) - along
    pastS = Math.max(pastS, toGoM <= 0 ? 0 : fasterMps > 0 ? toGoM / fasterMps : Infinity)
  }
  if (pastS >= 0) return pastS + changeS
  const sideways = middleOf(occupancy, at + 1) - middle
  return sideways > backMps * predictionStepS ? changeS : Infinity
}

/** Metres that the middle of a body is left of the route at a point of its way. */
function middleOf(occupancy: Occupancy, at: number): number {
  return ((occupancy.lMin[at] as number) + (occupancy.lMax[at] as number)) / 2
}
