import { clamp } from '@heavylift/core/math'
import type { VehicleState } from '../vehicle.ts'

/**
 * Moves the middle of the rear axle for `dtS` at `mean` m/s along its course, and turns the body at the yaw rate that the steered axles give
 * (kinematic bicycle with two steered axles; Rajamani, Vehicle Dynamics and Control, 2.2), but not beyond `mostYawRadps`.
 */
export function advanceBicycle(
  state: VehicleState,
  wheelbaseM: number,
  mean: number,
  dtS: number,
  mostYawRadps = Infinity,
): void {
  const { frontSteerRad, rearSteerRad } = state
  const tanRear = Math.tan(rearSteerRad)
  const course = state.heading + rearSteerRad
  const free = (mean * Math.cos(rearSteerRad) * (Math.tan(frontSteerRad) - tanRear)) / wheelbaseM
  const yawRate = clamp(free, -mostYawRadps, mostYawRadps)
  const middle = course + (yawRate * dtS) / 2
  state.x += mean * Math.cos(middle) * dtS
  state.y += mean * Math.sin(middle) * dtS
  state.heading += yawRate * dtS
  state.yawRateRadps = yawRate
}
