import { clamp } from '@heavylift/core/math'
import { advanceBicycle } from './advance-bicycle.ts'
import type { DriverCommand, VehicleModel, VehicleShape, VehicleState } from '../vehicle.ts'

const gravityMps2 = 9.81

/**
 * Kinematic bicycle with front and rear steering about the middle of the rear axle; commands act at once, within what the tyres hold
 * and, where one is given, a limit on how fast the wheels turn
 * (Rajamani, Vehicle Dynamics and Control, 2.2).
 */
export class KinematicBicycle implements VehicleModel {
  readonly shape: VehicleShape

  readonly #steerRateRadps: number

  constructor(shape: VehicleShape, steerRateRadps = Infinity) {
    this.shape = shape
    this.#steerRateRadps = steerRateRadps
  }

  step(state: VehicleState, command: DriverCommand, dtS: number, friction: number): void {
    const grip = friction * gravityMps2
    const wanted = clamp(command.accelerationMps2, -grip, grip)
    const before = state.speedMps
    // Brakes stop a vehicle; they never drive it backwards.
    const speed = wanted < 0 && before >= 0 ? Math.max(0, before + wanted * dtS) : before + wanted * dtS
    const turn = this.#steerRateRadps * dtS
    state.frontSteerRad = clamp(command.frontSteerRad, state.frontSteerRad - turn, state.frontSteerRad + turn)
    state.rearSteerRad = clamp(command.rearSteerRad, state.rearSteerRad - turn, state.rearSteerRad + turn)
    advanceBicycle(state, this.shape.wheelbaseM, (before + speed) / 2, dtS)
    state.accelerationMps2 = dtS > 0 ? (speed - before) / dtS : 0
    state.speedMps = speed
  }
}
