import { clamp } from '@heavylift/core/math'
import { Actuator } from './actuator.ts'
import { advanceBicycle } from './advance-bicycle.ts'
import type { DriverCommand, VehicleModel, VehicleShape, VehicleState } from '../vehicle.ts'

const gravityMps2 = 9.81

export interface FourWheelLimits {
  /** Between a command of the drive or the brakes and its effect. */
  driveDelayS: number
  steerDelayS: number
  /** Of drive and service brakes, and of hydraulic brakes when more than `serviceBrakingMps2` is asked for. */
  jerkMps3: number
  emergencyJerkMps3: number
  serviceBrakingMps2: number
  accelerationMps2: number
  brakingMps2: number
  steerRad: number
  steerRateRadps: number
}

export const usualLimits: FourWheelLimits = {
  driveDelayS: 0.1,
  steerDelayS: 0.05,
  jerkMps3: 10,
  emergencyJerkMps3: 40,
  serviceBrakingMps2: 4.5,
  accelerationMps2: 4,
  brakingMps2: 9,
  steerRad: 0.6,
  steerRateRadps: 0.8,
}

/**
 * A symmetrical vehicle that steers both axles alike (counter-phase for tight turns, in phase for crab) and drives as well either way. Drive,
 * brakes and both axles come with delay and at a limited rate: a jerk for acceleration, radians a second for steering. Grip bounds what
 * reaches the ground. The vehicle stops where brakes are on; it goes beyond a standstill only into `command.direction`.
 */
export class FourWheelVehicle implements VehicleModel {
  readonly shape: VehicleShape
  readonly #limits: FourWheelLimits
  readonly #drive: Actuator
  readonly #front: Actuator
  readonly #rear: Actuator

  constructor(shape: VehicleShape, stepS: number, limits: FourWheelLimits = usualLimits) {
    this.shape = shape
    this.#limits = limits
    const most = Math.max(limits.accelerationMps2, limits.brakingMps2)
    this.#drive = new Actuator(
      { delayS: limits.driveDelayS, ratePerS: limits.jerkMps3, min: -most, max: most },
      stepS,
    )
    const steer = {
      delayS: limits.steerDelayS,
      ratePerS: limits.steerRateRadps,
      min: -limits.steerRad,
      max: limits.steerRad,
    }
    this.#front = new Actuator(steer, stepS)
    this.#rear = new Actuator(steer, stepS)
  }

  /** `dtS` has to be the step that the vehicle was made with. */
  step(state: VehicleState, command: DriverCommand, dtS: number, friction: number): void {
    const limits = this.#limits
    const before = state.speedMps
    const direction = command.direction ?? 1
    const way = before === 0 ? direction : Math.sign(before)
    // Drive against the way is braking.
    const along = command.accelerationMps2 * way
    const asked = way * clamp(along, -limits.brakingMps2, limits.accelerationMps2)
    const isHard = along < -limits.serviceBrakingMps2
    const grip = friction * gravityMps2
    const real = this.#drive.step(asked, isHard ? limits.emergencyJerkMps3 : limits.jerkMps3)
    const held = clamp(real, -grip, grip)
    let speed = before + held * dtS
    const crosses = before === 0 ? speed * direction < 0 : speed * before < 0
    if (crosses && (before === 0 || Math.sign(speed) !== direction)) speed = 0
    state.frontSteerRad = this.#front.step(command.frontSteerRad)
    state.rearSteerRad = this.#rear.step(command.rearSteerRad)
    const mean = (before + speed) / 2
    advanceBicycle(state, this.shape.wheelbaseM, mean, dtS, grip / Math.max(Math.abs(mean), 0.1))
    state.accelerationMps2 = dtS > 0 ? (speed - before) / dtS : 0
    state.speedMps = speed
  }
}
