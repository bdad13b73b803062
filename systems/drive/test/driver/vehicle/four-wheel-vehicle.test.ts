import { describe, expect, test } from 'vitest'
import { Actuator } from '../../../src/driver/vehicle/actuator.ts'
import { FourWheelVehicle, usualLimits } from '../../../src/driver/vehicle/four-wheel-vehicle.ts'
import { vehicleFor } from '../../../src/driver/vehicle/vehicle-for.ts'
import type { DriverCommand, VehicleState } from '../../../src/driver/vehicle.ts'
import { scenarioOf, file } from '../../support/scenario-file.ts'

const shape = { wheelbaseM: 3, lengthM: 5, widthM: 2, centreX: 1.5 }
const dtS = 0.01

function standing(speedMps = 0): VehicleState {
  return {
    x: 0,
    y: 0,
    heading: 0,
    speedMps,
    accelerationMps2: 0,
    yawRateRadps: 0,
    frontSteerRad: 0,
    rearSteerRad: 0,
  }
}

function steered(frontSteerRad: number, rearSteerRad: number): DriverCommand {
  return { accelerationMps2: 0, frontSteerRad, rearSteerRad }
}

/** Radius of the circle of the body's centre, from three of its places after the steering has come round. */
function centreRadius(front: number, rear: number): number {
  const vehicle = new FourWheelVehicle(shape, dtS)
  const state = standing(3)
  const places: { x: number; y: number }[] = []
  for (let step = 0; step < 600; step++) {
    vehicle.step(state, steered(front, rear), dtS, 1)
    if (step >= 200 && step % 130 === 0)
      places.push({
        x: state.x + shape.centreX * Math.cos(state.heading),
        y: state.y + shape.centreX * Math.sin(state.heading),
      })
  }
  const [a, b, c] = places as [(typeof places)[0], (typeof places)[0], (typeof places)[0]]
  const side = (p: typeof a, q: typeof a) => Math.hypot(p.x - q.x, p.y - q.y)
  const area = Math.abs((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)) / 2
  return (side(a, b) * side(b, c) * side(c, a)) / (4 * area)
}

describe('the four-wheel vehicle', () => {
  test('turns front-steered on the radius of its wheelbase over the tangent [DRIVE-VEHICLE-01]', () => {
    const steer = 0.3
    // The rear axle goes round on L / tan δ; the centre, half a wheelbase ahead, on the hypotenuse.
    expect(centreRadius(steer, 0)).toBeCloseTo(Math.hypot(3 / Math.tan(steer), 1.5), 2)
  })

  test('halves the radius when both axles steer against each other [DRIVE-VEHICLE-01]', () => {
    const steer = 0.3
    expect(centreRadius(steer, -steer)).toBeCloseTo(3 / (2 * Math.tan(steer)), 2)
  })

  test('crabs without turning when both axles steer alike [DRIVE-VEHICLE-01]', () => {
    const vehicle = new FourWheelVehicle(shape, dtS)
    const state = standing(5)
    for (let step = 0; step < 100; step++) vehicle.step(state, steered(0.2, 0.2), dtS, 1)
    const { x, y } = state
    for (let step = 0; step < 100; step++) vehicle.step(state, steered(0.2, 0.2), dtS, 1)
    expect(state.heading).toBeCloseTo(0, 10)
    expect(Math.atan2(state.y - y, state.x - x)).toBeCloseTo(0.2, 10)
    expect(Math.hypot(state.x - x, state.y - y)).toBeCloseTo(5, 10)
  })

  test('drives back as it drives ahead, mirrored [DRIVE-VEHICLE-01]', () => {
    const ahead = standing()
    const back = standing()
    const first = new FourWheelVehicle(shape, dtS)
    const second = new FourWheelVehicle(shape, dtS)
    for (let step = 0; step < 300; step++) {
      first.step(ahead, { accelerationMps2: 1, frontSteerRad: 0.1, rearSteerRad: -0.1 }, dtS, 1)
      second.step(
        back,
        { accelerationMps2: -1, frontSteerRad: 0.1, rearSteerRad: -0.1, direction: -1 },
        dtS,
        1,
      )
    }
    expect(back.speedMps).toBeCloseTo(-ahead.speedMps, 12)
    expect(back.heading).toBeCloseTo(-ahead.heading, 12)
    expect(ahead.speedMps).toBeGreaterThan(2.5)
  })

  test('stops by braking and stays, unless told to go back [DRIVE-VEHICLE-01]', () => {
    const vehicle = new FourWheelVehicle(shape, dtS)
    const state = standing(2)
    for (let step = 0; step < 300; step++)
      vehicle.step(state, { ...steered(0, 0), accelerationMps2: -3 }, dtS, 1)
    expect(state.speedMps).toBe(0)
  })

  test('ramps its acceleration at the jerk limit after the delay [DRIVE-VEHICLE-02]', () => {
    const vehicle = new FourWheelVehicle(shape, dtS)
    const state = standing(10)
    const seen: number[] = []
    for (let step = 0; step < 60; step++) {
      vehicle.step(state, { ...steered(0, 0), accelerationMps2: 2 }, dtS, 1)
      seen.push(state.accelerationMps2)
    }
    const delaySteps = Math.round(usualLimits.driveDelayS / dtS)
    for (const [step, acceleration] of seen.entries())
      expect(acceleration).toBeCloseTo(
        Math.min(2, Math.max(0, (step + 1 - delaySteps) * usualLimits.jerkMps3 * dtS)),
        9,
      )
  })

  test('brakes no harder than the road holds [DRIVE-VEHICLE-02]', () => {
    const vehicle = new FourWheelVehicle(shape, dtS)
    const state = standing(20)
    for (let step = 0; step < 100; step++)
      vehicle.step(state, { ...steered(0, 0), accelerationMps2: -9 }, dtS, 0.3)
    expect(state.accelerationMps2).toBeCloseTo(-0.3 * 9.81, 9)
  })

  test('turns no faster than the road holds [DRIVE-VEHICLE-02]', () => {
    const vehicle = new FourWheelVehicle(shape, dtS)
    const state = standing(20)
    for (let step = 0; step < 200; step++) vehicle.step(state, steered(0.5, 0), dtS, 0.5)
    expect(state.yawRateRadps * 20).toBeCloseTo(0.5 * 9.81, 9)
  })
})

describe('an actuator', () => {
  test('lets nothing through for exactly its delay [DRIVE-VEHICLE-02]', () => {
    const actuator = new Actuator({ delayS: 0.3, ratePerS: Infinity, min: -1, max: 1 }, 0.05)
    const values = Array.from({ length: 9 }, () => actuator.step(0.5))
    expect(values).toEqual([0, 0, 0, 0, 0, 0, 0.5, 0.5, 0.5])
  })

  test('keeps its range [DRIVE-VEHICLE-02]', () => {
    const actuator = new Actuator({ delayS: 0, ratePerS: 10, min: -0.2, max: 0.4 }, 0.1)
    expect([actuator.step(9), actuator.step(-9), actuator.step(-9)]).toEqual([0.4, -0.2, -0.2])
  })
})

test('a driver that asks for a vehicle that is not there is told which are [DRIVE-VEHICLE-01]', () => {
  const [entity] = scenarioOf(file({})).entities
  expect(() => vehicleFor({ kind: 'idm', parameters: { vehicle: 'boat' } }, entity!, 0.05)).toThrow(
    /bicycle, four-wheel/,
  )
})
