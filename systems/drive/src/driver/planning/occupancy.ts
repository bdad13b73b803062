import { clamp, wrapAngle } from '@heavylift/core/math'
import { agentKindNumber, agentLights } from '../../world/scene/agent-table.ts'
import { predictionModes, predictionPoints, predictionStepS } from '../prediction/prediction-table.ts'
import type { PathPoint } from '../../world/lanes/reference-path.ts'
import type { PlanInput } from './planner.ts'

/** Points of a way in time: now and every prediction. */
export const wayPoints = predictionPoints + 1
/** Ways of tracks that are looked at, at most. */
export const wayCapacity = 128

const aheadM = 250
const behindM = 60
/** Nothing further from the route than this matters. */
const besideM = 9
/** Ways less likely than this are left out. */
const leastProbability = 0.05
const stillMps = 0.3
/** Standing so long without a hazard light, a vehicle counts as parked; with one at once. */
const parkedS = 9
/** Further from the middle of the lane than this something stands at the side. */
const asideM = 0.9
/** A run has only begun. */
const startS = 0.2
const hazard = agentLights.left | agentLights.right
/** What is seen for less is not planned for yet: it may be nothing. The emergency brake has it then. */
const newS = 0.1
/** Someone on foot may walk on until then. */
const walkerStandsS = 6

const vulnerable = new Uint8Array(16)
for (const kind of ['bicycle', 'pedestrian', 'animal', 'motorcycle'] as const)
  vulnerable[agentKindNumber(kind)] = 1
const walking = new Uint8Array(16)
for (const kind of ['pedestrian', 'animal'] as const) walking[agentKindNumber(kind)] = 1

const object = agentKindNumber('object')
/**
 * Whoever drives the other way along a road at this speed, within so many radians of it, keeps to it: a turn or an angle that is seen is part of a change of lane, which
 * is over after a time like this.
 */
const comesMps = 5
const comesRad = 0.4
const comesBesideM = 7
const sidewaysS = 1

function isVehicle(kind: number): boolean {
  return vulnerable[kind] === 0 && kind !== object
}

/**
 * Every way that a track may go, as the stretch of the route that its body takes up at each moment: from `sMin` to `sMax` along and `lMin`
 * to `lMax` to the left, by `way × wayPoints + point`; point 0 is now.
 */
export class Occupancy {
  count = 0
  readonly row = new Int32Array(wayCapacity)
  /** Of this way, 0 to 1. */
  readonly probability = new Float64Array(wayCapacity)
  readonly isStill = new Uint8Array(wayCapacity)
  /** Still for some time, or a thing: nothing that will drive on. */
  readonly isParked = new Uint8Array(wayCapacity)
  /** A vehicle that has only stood for long, in the middle of the lane, without a hazard light: it may wait for something. */
  readonly mayWait = new Uint8Array(wayCapacity)
  readonly isVulnerable = new Uint8Array(wayCapacity)
  readonly isWalking = new Uint8Array(wayCapacity)
  readonly hasSiren = new Uint8Array(wayCapacity)
  /** It follows in the own lane: keeping clear is its task. */
  readonly isFollower = new Uint8Array(wayCapacity)
  /** It overtakes the other way and will be back in time (`markGoingBack`): no need to brake hard for it yet. */
  readonly goesBack = new Uint8Array(wayCapacity)
  readonly sMin = new Float64Array(wayCapacity * wayPoints)
  readonly sMax = new Float64Array(wayCapacity * wayPoints)
  readonly lMin = new Float64Array(wayCapacity * wayPoints)
  readonly lMax = new Float64Array(wayCapacity * wayPoints)
  /** Speed along the route. */
  readonly alongMps = new Float64Array(wayCapacity * wayPoints)
  readonly #place: PathPoint = { s: 0, lateral: 0, index: -1 }
  readonly #stillSince = new Map<number, number>()
  /** When each track was first seen, by id, and those of this time. */
  #seenSince = new Map<number, number>()
  #seen = new Map<number, number>()

  /** From the tables of the input; `own` is the place of the rear axle on the route. */
  fill(input: PlanInput, own: Readonly<PathPoint>): void {
    const { tracks, predictions, ego, shape } = input
    this.count = 0
    const before = this.#seenSince
    this.#seenSince = this.#seen
    this.#seen = before
    before.clear()
    const isQueue = input.timeS < startS && this.#inLane(input, own) > 1
    const cos = Math.cos(ego.heading)
    const sin = Math.sin(ego.heading)
    for (let row = 0; row < tracks.count && this.count < wayCapacity; row++) {
      if ((tracks.existence[row] as number) < 0.4) continue
      const id = tracks.id[row] as number
      const sinceS = this.#seenSince.get(id) ?? input.timeS
      this.#seen.set(id, sinceS)
      if (input.timeS - sinceS < newS - 1e-9 && sinceS > startS) continue
      const dx = (tracks.x[row] as number) - ego.x
      const dy = (tracks.y[row] as number) - ego.y
      const ahead = dx * cos + dy * sin
      const beside = Math.abs(dy * cos - dx * sin)
      const siren = tracks.hasSiren[row] as number
      if (ahead > aheadM || beside > aheadM || (ahead < -behindM && siren === 0)) continue
      const isStill = Math.abs(tracks.speedMps[row] as number) < stillMps
      const kind = tracks.kind[row] as number
      const afterS = walking[kind] === 1 ? walkerStandsS : parkedS
      const isWarning = isStill && ((tracks.lights[row] as number) & hazard) === hazard
      let parked = isWarning
      const modes = predictions.modeCount[row] as number
      for (let mode = 0; mode < modes && this.count < wayCapacity; mode++) {
        const probability = predictions.probability[row * predictionModes + mode] as number
        if (probability < leastProbability) continue
        const way = this.count
        if (!this.#walk(way, row, mode, input, own, ahead)) continue
        if (!isWarning && mode === 0) {
          const middleM =
            ((this.lMin[way * wayPoints] as number) + (this.lMax[way * wayPoints] as number)) / 2
          // What stands when it is first seen at the start has stood before, unless it may be the end of a queue.
          const hasStood = input.timeS < startS && (Math.abs(middleM) > asideM || !isQueue)
          parked = this.#parked(tracks.id[row] as number, isStill, input.timeS, afterS, hasStood)
        }
        this.row[way] = row
        this.probability[way] = probability
        this.isStill[way] = isStill ? 1 : 0
        this.isParked[way] = parked || kind === object ? 1 : 0
        const middle = ((this.lMin[way * wayPoints] as number) + (this.lMax[way * wayPoints] as number)) / 2
        this.mayWait[way] = isVehicle(kind) && !isWarning && Math.abs(middle) < asideM ? 1 : 0
        this.isVulnerable[way] = vulnerable[kind] as number
        this.isWalking[way] = walking[kind] as number
        this.hasSiren[way] = siren
        const at = way * wayPoints
        const rear = own.s + shape.centreX - shape.lengthM / 2
        const half = shape.widthM / 2 + 0.3
        this.isFollower[way] =
          (this.sMax[at] as number) < rear + 0.5 &&
          (this.lMin[at] as number) < own.lateral + half &&
          (this.lMax[at] as number) > own.lateral - half
            ? 1
            : 0
        this.count++
      }
    }
  }

  /** How many vehicles are ahead in the lane. */
  #inLane({ tracks, route }: PlanInput, own: Readonly<PathPoint>): number {
    let count = 0
    for (let row = 0; row < tracks.count; row++) {
      if (walking[tracks.kind[row] as number] === 1) continue
      route.project(tracks.x[row] as number, tracks.y[row] as number, -1, this.#place)
      const { s, lateral } = this.#place
      if (s > own.s && s < own.s + aheadM && Math.abs(lateral) <= asideM) count++
    }
    return count
  }

  #parked(id: number, isStill: boolean, timeS: number, afterS: number, hasStood: boolean): boolean {
    if (!isStill) {
      this.#stillSince.delete(id)
      return false
    }
    const since = this.#stillSince.get(id)
    if (since !== undefined) return timeS - since >= afterS
    this.#stillSince.set(id, hasStood ? timeS - afterS : timeS)
    return hasStood
  }

  /** Lays one way along the route; false where it never comes near. */
  #walk(
    way: number,
    row: number,
    mode: number,
    input: PlanInput,
    own: Readonly<PathPoint>,
    ahead: number,
  ): boolean {
    const { tracks, predictions, route } = input
    const place = this.#place
    const halfLength = (tracks.lengthM[row] as number) / 2
    const halfWidth = (tracks.widthM[row] as number) / 2
    let hint = clamp(own.index + Math.round(ahead / route.stepM), 0, route.count - 1)
    const from = (row * predictionModes + mode) * predictionPoints
    const at = way * wayPoints
    if (this.#comes(way, row, from, hint, input)) return true
    let isNear = false
    for (let point = 0; point < wayPoints; point++) {
      const p = from + point - 1
      const x = (point === 0 ? tracks.x[row] : predictions.x[p]) as number
      const y = (point === 0 ? tracks.y[row] : predictions.y[p]) as number
      const heading = (point === 0 ? tracks.heading[row] : predictions.heading[p]) as number
      route.project(x, y, hint, place)
      hint = place.index
      const angle = heading - (route.heading[hint] as number)
      const cos = Math.abs(Math.cos(angle))
      const sin = Math.abs(Math.sin(angle))
      const along = halfLength * cos + halfWidth * sin
      const across = halfLength * sin + halfWidth * cos
      this.sMin[at + point] = place.s - along
      this.sMax[at + point] = place.s + along
      this.lMin[at + point] = place.lateral - across
      this.lMax[at + point] = place.lateral + across
      if (point > 0)
        this.alongMps[at + point] =
          (place.s + along - (this.sMax[at + point - 1] as number)) / predictionStepS
      isNear ||= Math.abs(place.lateral) - across < besideM && place.s + along > own.s - behindM
    }
    this.alongMps[at] = this.alongMps[at + 1] as number
    return isNear || tracks.hasSiren[row] === 1
  }

  /** Lays the way of who drives the other way along the road of the route, at the pace that is predicted; false where it does not. */
  #comes(
    way: number,
    row: number,
    from: number,
    hint: number,
    { tracks, predictions, route, map }: PlanInput,
  ): boolean {
    const place = this.#place
    const speed = tracks.speedMps[row] as number
    if (speed < comesMps || vulnerable[tracks.kind[row] as number] === 1) return false
    let x = tracks.x[row] as number
    let y = tracks.y[row] as number
    route.project(x, y, hint, place)
    const against = (route.heading[place.index] as number) + Math.PI
    const angle = wrapAngle((tracks.heading[row] as number) - against)
    if (Math.abs(angle) > comesRad || Math.abs(place.lateral) > comesBesideM) return false
    if (map.isJunction[map.indexAt(place.s)] === 1) return false
    const halfLength = (tracks.lengthM[row] as number) / 2
    const halfWidth = (tracks.widthM[row] as number) / 2
    const at = way * wayPoints
    const { lateral } = place
    const sidewaysM = speed * Math.sin(angle) * sidewaysS
    let s = place.s
    for (let point = 0; point < wayPoints; point++) {
      const left = Math.exp((-point * predictionStepS) / sidewaysS)
      const l = lateral - sidewaysM * (1 - left)
      if (point > 0) {
        const nextX = predictions.x[from + point - 1] as number
        const nextY = predictions.y[from + point - 1] as number
        const step = Math.hypot(nextX - x, nextY - y) / Math.max(0.5, 1 - route.curvatureAt(s) * l)
        s -= step
        x = nextX
        y = nextY
        this.alongMps[at + point] = -step / predictionStepS
      }
      const sin = Math.abs(Math.sin(angle)) * left
      const along = halfLength + halfWidth * sin
      const across = halfWidth + halfLength * sin
      this.sMin[at + point] = s - along
      this.sMax[at + point] = s + along
      this.lMin[at + point] = l - across
      this.lMax[at + point] = l + across
    }
    this.alongMps[at] = this.alongMps[at + 1] as number
    return true
  }
}
