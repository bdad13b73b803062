/** Shape of a vehicle. Its reference point is the middle of the rear axle on the ground. */
export interface VehicleShape {
  wheelbaseM: number
  lengthM: number
  widthM: number
  /** From the reference point ahead to the centre of the body. */
  centreX: number
}

/** Motion of the vehicle under test, of its reference point. */
export interface VehicleState {
  x: number
  y: number
  heading: number
  /** Along the heading, negative in reverse. */
  speedMps: number
  accelerationMps2: number
  yawRateRadps: number
  frontSteerRad: number
  rearSteerRad: number
}

/** At rest at the origin, ahead along x. */
export const restingState: Readonly<VehicleState> = {
  x: 0,
  y: 0,
  heading: 0,
  speedMps: 0,
  accelerationMps2: 0,
  yawRateRadps: 0,
  frontSteerRad: 0,
  rearSteerRad: 0,
}

/** What a driver asks of the vehicle for one step. */
export interface DriverCommand {
  accelerationMps2: number
  frontSteerRad: number
  rearSteerRad: number
  /** Which way to go from a standstill, 1 (the default) ahead along the heading, −1 back. A vehicle that drives one way only ignores it. */
  direction?: 1 | -1
}

/** A vehicle's dynamics: advances `state` by `dtS`, in place. */
export interface VehicleModel {
  readonly shape: VehicleShape
  step(state: VehicleState, command: DriverCommand, dtS: number, friction: number): void
}
