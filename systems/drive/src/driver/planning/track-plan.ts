import { clamp } from '@heavylift/core/math'
import type { DriverCommand, VehicleShape, VehicleState } from '../vehicle.ts'
import { planPoints, planStepS } from './plan.ts'
import type { Plan } from './plan.ts'

/** How far ahead steering aims, in seconds and at least and at most metres. */
const aimS = 0.75
const nearestM = 3
const furthestM = 14
const speedGain = 0.6
const holdMps2 = -1
/** Braking and drive of who goes back: from one to the other at once is not felt. */
const backMps2 = 0.7
/** Slower than this it may be sent back. */
const standsMps = 0.1
const backGain = 2
const turnGain = 1.5
/** No more curvature than this is asked of the front axle alone; the rear one takes what is beyond. */
const frontSteerRad = 0.55

/** What to do to follow a plan that was made `ageS` ago: pure pursuit of its points, its acceleration, and a correction of speed. */
export function trackPlan(
  plan: Plan,
  ageS: number,
  state: Readonly<VehicleState>,
  shape: VehicleShape,
  command: DriverCommand,
): void {
  if (plan.backMps > 0 && state.speedMps < standsMps) {
    command.direction = -1
    command.accelerationMps2 = clamp((-plan.backMps - state.speedMps) * backGain, -backMps2, backMps2)
    // Going back, wheels turned towards the turn take it away.
    command.frontSteerRad = clamp(turnGain * plan.turnRad, -frontSteerRad, frontSteerRad)
    command.rearSteerRad = 0
    return
  }
  command.direction = 1
  if (state.speedMps < 0) {
    command.accelerationMps2 = backMps2
    command.frontSteerRad = 0
    command.rearSteerRad = 0
    return
  }
  const now = ageS / planStepS
  const wantedMps = between(plan.speedMps, now)
  const later = between(plan.speedMps, now + 5)
  command.accelerationMps2 =
    later < 0.05 && state.speedMps < 0.3
      ? holdMps2
      : between(plan.accelerationMps2, now) + speedGain * (wantedMps - state.speedMps)
  const aim = clamp(aimS * Math.abs(state.speedMps), nearestM, furthestM)
  let x = plan.x[0] as number
  let y = plan.y[0] as number
  let index = 1
  let square = 0
  for (; index < planPoints; index++) {
    x = plan.x[index] as number
    y = plan.y[index] as number
    square = (x - state.x) ** 2 + (y - state.y) ** 2
    if (square >= aim * aim) break
  }
  if (index === planPoints) {
    // A plan that ends before the aim goes straight on.
    const rest = aim - Math.sqrt(square)
    const heading = plan.heading[planPoints - 1] as number
    x += rest * Math.cos(heading)
    y += rest * Math.sin(heading)
  }
  const dx = x - state.x
  const dy = y - state.y
  const beside = dy * Math.cos(state.heading) - dx * Math.sin(state.heading)
  const wanted = Math.atan((2 * shape.wheelbaseM * beside) / Math.max(1, dx * dx + dy * dy))
  command.frontSteerRad = clamp(wanted, -frontSteerRad, frontSteerRad)
  command.rearSteerRad = clamp(command.frontSteerRad - wanted, -frontSteerRad, frontSteerRad)
}

function between(values: Float64Array, place: number): number {
  const index = Math.min(Math.floor(place), planPoints - 2)
  const share = Math.min(place - index, 1)
  const from = values[index] as number
  return from + ((values[index + 1] as number) - from) * share
}
