import type { PlanInput } from '../planning/planner.ts'
import type { DriverCommand } from '../vehicle.ts'

const stepS = 0.1
const gravityMps2 = 9.81
/** Brakes, when an emergency needs them. */
const brakingMps2 = 9
/** Until the brakes bite, and to spare. */
const responseS = 0.3
/** It looks no further ahead than this. */
const longestS = 2
/** Room that counts as a hit already. */
const roomM = 0.1
/** Once on, it stays on at least so long. */
const holdS = 0.3
const lookM = 60
/** A slower change of speed than this is not counted on. */
const leastSlowingMps2 = 1
/** A track that has been there for less is not braked for, longer where it is not sure: sensors see what is not there, and lose it again. */
const believedAbove = 0.6
const sureAbove = 0.95
const believedS = 0.25
const sureS = 0.1
/** Cosine of the angle within which two go the same way. */
const sameWay = 0.7

/**
 * Brakes as hard as the road allows when a collision ahead is so near that later braking could not stop in time any more. Both bodies
 * are carried on as they move: the vehicle along its present arc, the others along theirs.
 */
export class EmergencyBrake {
  /** Row of the track that it brakes for; −1 while it does not. */
  row = -1
  timeToCollisionS = Infinity
  #untilS = -Infinity
  #isNew = true
  /** When each track was first believed in, by id, and those of this step. */
  #believedSinceS = new Map<number, number>()
  #believed = new Map<number, number>()

  respond(input: PlanInput, command: DriverCommand): void {
    const { ego, tracks, environment, timeS } = input
    const braking = Math.min(brakingMps2, environment.friction * gravityMps2)
    this.timeToCollisionS = Infinity
    const isHeld = timeS < this.#untilS && ego.speedMps > 0.1
    if (!isHeld) this.row = -1
    this.#believe(input)
    if (ego.speedMps > 0.3) {
      for (let row = 0; row < tracks.count; row++) {
        const sinceS = this.#believedSinceS.get(tracks.id[row] as number)
        if (sinceS === undefined) continue
        const isSure = (tracks.existence[row] as number) >= sureAbove
        if (timeS - sinceS < (isSure ? sureS : believedS) - 1e-9) continue
        // It would be hit, and would be hit as well if the brakes bit later.
        const time = timeToFrontHit(input, row, longestS, Infinity, braking)
        if (time >= this.timeToCollisionS) continue
        if (timeToFrontHit(input, row, responseS + ego.speedMps / braking, responseS, braking) === Infinity)
          continue
        this.timeToCollisionS = time
        this.row = row
        this.#untilS = timeS + holdS
      }
    }
    if (this.row < 0) return
    command.accelerationMps2 = Math.min(command.accelerationMps2, -braking)
  }

  /** Notes since when each track has been there without a break. */
  #believe({ tracks, timeS }: PlanInput): void {
    this.#believed.clear()
    for (let row = 0; row < tracks.count; row++) {
      if ((tracks.existence[row] as number) < believedAbove) continue
      const id = tracks.id[row] as number
      // What is there when it first looks was there before.
      this.#believed.set(id, this.#believedSinceS.get(id) ?? (this.#isNew ? -Infinity : timeS))
    }
    this.#isNew = false
    const before = this.#believedSinceS
    this.#believedSinceS = this.#believed
    this.#believed = before
  }
}

/** Seconds until the front half of the vehicle, braking from `brakesAtS` on, meets a track that goes on as it does; infinite if not within `withinS`. */
function timeToFrontHit(
  { ego, shape, tracks }: PlanInput,
  row: number,
  withinS: number,
  brakesAtS: number,
  brakingMps2: number,
): number {
  const dx0 = (tracks.x[row] as number) - ego.x
  const dy0 = (tracks.y[row] as number) - ego.y
  let otherSpeed = tracks.speedMps[row] as number
  const halfLength = (tracks.lengthM[row] as number) / 2
  const halfWidth = (tracks.widthM[row] as number) / 2
  const reach = halfLength + halfWidth + shape.lengthM + (ego.speedMps + Math.abs(otherSpeed)) * withinS
  const square = dx0 * dx0 + dy0 * dy0
  if (square > reach * reach || square > lookM * lookM) return Infinity
  // Who comes up from behind the same way is not met by braking, but hit by it.
  const turn0 = (tracks.heading[row] as number) - ego.heading
  const ahead0 = dx0 * Math.cos(ego.heading) + dy0 * Math.sin(ego.heading) - shape.centreX
  if (ahead0 < 0 && Math.cos(turn0) > sameWay && otherSpeed * Math.cos(turn0) > ego.speedMps) return Infinity
  const curvature = Math.tan(ego.frontSteerRad) / shape.wheelbaseM
  const yawRate = tracks.yawRateRadps[row] as number
  let x = ego.x
  let y = ego.y
  let heading = ego.heading
  let otherX = tracks.x[row] as number
  let otherY = tracks.y[row] as number
  let otherHeading = tracks.heading[row] as number
  const steps = Math.ceil(withinS / stepS)
  const slowing = tracks.accelerationMps2[row] as number
  // Who brakes goes on braking.
  const change = slowing * otherSpeed < 0 && Math.abs(slowing) > leastSlowingMps2 ? slowing * stepS : 0
  let speed = ego.speedMps
  for (let step = 0; step <= steps; step++) {
    const cos = Math.cos(heading)
    const sin = Math.sin(heading)
    const dx = otherX - x - shape.centreX * cos
    const dy = otherY - y - shape.centreX * sin
    const ahead = dx * cos + dy * sin
    const beside = dy * cos - dx * sin
    const turn = otherHeading - heading
    const along = Math.abs(Math.cos(turn))
    const across = Math.abs(Math.sin(turn))
    const beyond = Math.abs(ahead) - shape.lengthM / 2 - halfLength * along - halfWidth * across
    const aside = Math.abs(beside) - shape.widthM / 2 - halfLength * across - halfWidth * along
    if (
      beyond < roomM &&
      aside < roomM &&
      ahead > 0 &&
      overlapsIn(ahead, beside, turn, shape, halfLength, halfWidth)
    )
      return step * stepS
    const way = speed * stepS
    if ((step + 1) * stepS > brakesAtS) speed = Math.max(0, speed - brakingMps2 * stepS)
    heading += way * curvature
    x += way * Math.cos(heading)
    y += way * Math.sin(heading)
    otherHeading += yawRate * stepS
    otherSpeed = Math.abs(change) > Math.abs(otherSpeed) ? 0 : otherSpeed + change
    otherX += otherSpeed * stepS * Math.cos(otherHeading)
    otherY += otherSpeed * stepS * Math.sin(otherHeading)
  }
  return Infinity
}

/** The other rectangle's two axes: the vehicle's own have been looked at. */
function overlapsIn(
  ahead: number,
  beside: number,
  turn: number,
  shape: { lengthM: number; widthM: number },
  halfLength: number,
  halfWidth: number,
): boolean {
  const cos = Math.cos(turn)
  const sin = Math.sin(turn)
  const along = Math.abs(ahead * cos + beside * sin)
  const across = Math.abs(beside * cos - ahead * sin)
  return (
    along < halfLength + roomM + (shape.lengthM * Math.abs(cos) + shape.widthM * Math.abs(sin)) / 2 &&
    across < halfWidth + roomM + (shape.lengthM * Math.abs(sin) + shape.widthM * Math.abs(cos)) / 2
  )
}
