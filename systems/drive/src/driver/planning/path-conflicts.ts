import type { VehicleShape } from '../vehicle.ts'
import { pathStepM } from './lateral-path.ts'
import type { LateralPath } from './lateral-path.ts'
import { wayCapacity, wayPoints } from './occupancy.ts'
import type { Occupancy } from './occupancy.ts'
import { predictionStepS } from '../prediction/prediction-table.ts'

/** Room to the side below which a way is in the path, and what is added for each point further from now. */
const marginM = 0.3
const stillMarginM = 0.2
const vulnerableMarginM = 0.55
const sirenMarginM = 0.8
const growthM = 0.012
/** Steps in which the edge of a stay in the path is found, to a sixteenth of the way between two points. */
const edgeHalvings = 4
/** Of the speed along: who goes less across than this changes lane. */
const leastAcross = 0.5
/** By that much a path turns away from who goes on. */
const leastTurnRad = Math.atan(leastAcross)
/** In m/s: slower than this against the path, or aside, is no way across it. */
const leastAgainst = 0.5
const leastAside = 0.3

/** The front waits three metres before who crosses, which is half a metre before the junction then. */
const beforeM = 2.5

/** How ways meet one path: the room to the side at each moment, and where and when they are in it. */
export class PathConflicts {
  /** Ways that are in the path at some time. */
  readonly ways = new Int32Array(wayCapacity)
  count = 0
  /** Metres between body and body to the side, by `way × wayPoints + point`; negative in the path. */
  readonly roomM = new Float64Array(wayCapacity * wayPoints)
  /** By way: room below which it counts as in the path, at point 0. */
  readonly marginM = new Float64Array(wayCapacity)
  /** First and last point at which a way is in the path; first is `wayPoints` where never. */
  readonly first = new Int32Array(wayCapacity)
  readonly last = new Int32Array(wayCapacity)
  /** Stretch of the path that it uses. */
  readonly inS = new Float64Array(wayCapacity)
  readonly outS = new Float64Array(wayCapacity)
  /** Where the front waits for it: where its stretch begins, or before the junction that it lies in. */
  readonly holdS = new Float64Array(wayCapacity)
  /** It crosses, or comes the other way. */
  readonly isCrossing = new Uint8Array(wayCapacity)

  /** Between `waitS` and `waitToS` along the route nobody waits, but before it. */
  fill(path: LateralPath, occupancy: Occupancy, shape: VehicleShape, waitS: number, waitToS: number): void {
    this.count = 0
    const front = path.startS + shape.centreX + shape.lengthM / 2
    for (let way = 0; way < occupancy.count; way++) {
      const margin =
        occupancy.hasSiren[way] === 1
          ? sirenMarginM
          : occupancy.isVulnerable[way] === 1
            ? vulnerableMarginM
            : occupancy.isStill[way] === 1
              ? stillMarginM
              : marginM
      this.marginM[way] = margin
      let first = wayPoints
      let last = -1
      let inS = Infinity
      // Where it is only beside or behind the front.
      let passedS = Infinity
      let outS = -Infinity
      const isStill = occupancy.isStill[way] === 1
      let wasIn = false
      for (let point = 0; point < wayPoints; point++) {
        const at = way * wayPoints + point
        const room: number =
          isStill && point > 0 && occupancy.alongMps[at] === 0
            ? (this.roomM[at - 1] as number)
            : roomAt(path, occupancy, at, 1, shape)
        this.roomM[at] = room
        const isIn = room <= margin + (isStill ? 0 : point * growthM)
        if (point > 0 && !isStill && isIn !== wasIn) {
          // Points lie metres apart where one is fast: where it comes in or leaves is found between them.
          const share = this.#edgeBetween(path, occupancy, at, shape, margin, point, wasIn)
          const sMin = mixed(occupancy.sMin, at, share)
          const sMax = mixed(occupancy.sMax, at, share)
          if (sMax >= path.startS - 3) {
            passedS = Math.min(passedS, sMin)
            if (sMin >= front) inS = Math.min(inS, sMin)
            outS = Math.max(outS, sMax)
          }
        }
        wasIn = isIn
        if (!isIn) continue
        if ((occupancy.sMax[at] as number) < path.startS - 3) continue
        if (first === wayPoints) first = point
        last = point
        const sMin = occupancy.sMin[at] as number
        passedS = Math.min(passedS, sMin)
        if (sMin >= front) inS = Math.min(inS, sMin)
        outS = Math.max(outS, occupancy.sMax[at] as number)
      }
      inS = inS < Infinity ? inS : passedS
      this.first[way] = first
      this.last[way] = last
      this.inS[way] = inS
      this.outS[way] = outS
      this.holdS[way] = inS
      if (last < 0) continue
      // Across the route at the middle of its stay, slower along than across, or against it; or in at one side and out at the other, as who goes straight on
      // past one who turns away from them.
      let middle = Math.max(2, (first + last) >> 1)
      // Who comes to a stand there is what it is now.
      if (Math.abs(occupancy.alongMps[way * wayPoints + middle] as number) < leastAgainst)
        if (acrossAt(occupancy, way, middle) < leastAside) middle = 2
      const along = occupancy.alongMps[way * wayPoints + middle] as number
      const across = acrossAt(occupancy, way, middle)
      const isAlong = along > -leastAgainst && across < Math.max(leastAside, along / 1.2)
      const comesFrom = offsetAt(path, occupancy, way, first - 1)
      const leavesTo = offsetAt(path, occupancy, way, last + 1)
      const isBeside = Math.abs(comesFrom) > shape.widthM / 2
      const isThrough =
        comesFrom * leavesTo < 0 &&
        (across > leastAcross * along ||
          (isBeside && Math.sign(comesFrom) * turnBetween(path, inS, outS) > leastTurnRad))
      this.isCrossing[way] = isStill || (isAlong && !isThrough) ? 0 : 1
      if (occupancy.isWalking[way] === 0 && inS > waitS && inS < waitToS)
        this.holdS[way] = Math.min(inS, waitS + beforeM)
      this.ways[this.count++] = way
    }
  }

  /** Share of the way from the point before `at` to `at` at which it comes into the path, or leaves it where it `leaves`. */
  #edgeBetween(
    path: LateralPath,
    occupancy: Occupancy,
    at: number,
    shape: VehicleShape,
    margin: number,
    point: number,
    leaves: boolean,
  ): number {
    let low = 0
    let high = 1
    for (let half = 0; half < edgeHalvings; half++) {
      const share = (low + high) / 2
      const room = roomAt(path, occupancy, at, share, shape)
      if (room <= margin + (point - 1 + share) * growthM === leaves) low = share
      else high = share
    }
    return leaves ? low : high
  }
}

/** Speed across the route at a point, over the two before it. */
function acrossAt(occupancy: Occupancy, way: number, point: number): number {
  const at = way * wayPoints + point
  return Math.abs((occupancy.lMin[at] as number) - (occupancy.lMin[at - 2] as number)) / (2 * predictionStepS)
}

/** Radians to the left by which a path turns between two places of the route. */
function turnBetween(path: LateralPath, fromS: number, toS: number): number {
  let turn = 0
  for (let s = fromS + pathStepM / 2; s < toS; s += pathStepM) turn += pathStepM * path.at(path.curvature, s)
  return turn
}

/** Metres that the middle of a way is left of the path at a point, within what is predicted. */
function offsetAt(path: LateralPath, occupancy: Occupancy, way: number, point: number): number {
  const at = way * wayPoints + Math.min(Math.max(point, 0), wayPoints - 1)
  const s = ((occupancy.sMin[at] as number) + (occupancy.sMax[at] as number)) / 2
  return ((occupancy.lMin[at] as number) + (occupancy.lMax[at] as number)) / 2 - path.lateralAt(s)
}

/** Metres to the side between body and path, at `share` of the way from the point before `at` to `at`. */
function roomAt(
  path: LateralPath,
  occupancy: Occupancy,
  at: number,
  share: number,
  shape: VehicleShape,
): number {
  const sMin = mixed(occupancy.sMin, at, share)
  const sMax = mixed(occupancy.sMax, at, share)
  const lMin = mixed(occupancy.lMin, at, share)
  const lMax = mixed(occupancy.lMax, at, share)
  const half = shape.widthM / 2
  let room = Infinity
  for (let third = 0; third < 3; third++) {
    const s = sMin + ((sMax - sMin) * third) / 2
    const lateral = path.lateralAt(s)
    const body = half + 0.25 * shape.lengthM * Math.abs(path.at(path.slope, s))
    room = Math.min(room, Math.max(lMin - lateral - body, lateral - body - lMax))
  }
  return room
}

function mixed(values: Float64Array, at: number, share: number): number {
  const now = values[at] as number
  return share === 1 ? now : now + (1 - share) * ((values[at - 1] as number) - now)
}
