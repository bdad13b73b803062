import { describe, expect, test } from 'vitest'
import { idmAcceleration } from '../../../src/world/traffic/idm.ts'
import { leastGap, plainCar, ringTraffic } from './ring-traffic.ts'

const inverseTwoRoot = 1 / (2 * Math.sqrt(0.73 * 1.67))

/** IDM with the parameters of table I: T 1.6 s, s0 2 m, a 0.73, b 1.67 m/s². */
function idm(speed: number, gap: number, closing: number): number {
  return idmAcceleration(speed, 120 / 3.6, gap, closing, 1.6, 2, 0.73, inverseTwoRoot)
}

describe('the intelligent driver model', () => {
  test('gives the accelerations of its equation [DRIVE-TRAFFIC-01]', () => {
    // By hand. v = 20, v0 = 33.33: (v/v0)^4 = 0.1296.
    expect(idm(20, Infinity, 0)).toBeCloseTo(0.73 * 0.8704, 10)
    // s* = 2 + 20 · 1.6 = 34; (34/50)^2 = 0.4624; 0.73 · (0.8704 − 0.4624) = 0.29784.
    expect(idm(20, 50, 0)).toBeCloseTo(0.29784, 10)
    // √(0.73 · 1.67) = 1.104129; s* = 34 + 20 · 5 / 2.208257 = 79.28456; (79.28456/60)^2 = 1.746122; 0.73 · (0.8704 − 1.746122) = −0.639277.
    expect(idm(20, 60, 5)).toBeCloseTo(-0.639277, 5)
    // Opening fast enough wants the standstill gap alone: 20 · (1.6 − 5 · …) < 0 needs Δv < −3.53.
    expect(idm(20, 50, -10)).toBeCloseTo(0.73 * (0.8704 - (2 / 50) ** 2), 10)
    expect(idm(30, 1, 20)).toBe(-9)
  })

  test('reaches the equilibrium gap of its equation behind one another on a ring [DRIVE-TRAFFIC-01]', () => {
    const simulation = ringTraffic({
      lengthM: 1000,
      lanes: 1,
      count: 25,
      limitMps: 120 / 3.6,
      startMps: 10,
      setup: { ...plainCar, accelerationMps2: 2 },
    })
    for (let step = 0; step < 6000; step++) simulation.step(0.1)
    const { state } = simulation
    const total = state.graph.lengthM.reduce((sum, length) => sum + length, 0)
    const speed = state.v[0] as number
    // s_e(v) = (s0 + v T) / √(1 − (v/v0)^4), paper's equation 5.
    const gap = (2 + speed * 1.6) / Math.sqrt(1 - (speed / (state.desired[0] as number)) ** 4)
    expect(gap).toBeCloseTo(total / 25 - 5, 1)
    expect(leastGap(simulation)).toBeCloseTo(gap, 1)
  })
})

describe('traffic on a ring', () => {
  /** Vehicles per hour past a place, at so many per kilometre and lane. */
  function flow(perKm: number): number {
    const simulation = ringTraffic({
      lengthM: 1500,
      lanes: 1,
      count: Math.round(perKm * 1.5),
      limitMps: 80 / 3.6,
      startMps: 5,
      seed: perKm,
    })
    for (let step = 0; step < 1500; step++) simulation.step(0.2)
    let sum = 0
    for (let step = 0; step < 300; step++) {
      simulation.step(0.2)
      sum += simulation.state.v.reduce((total, speed) => total + speed, 0) / simulation.present
    }
    return (sum / 300) * perKm * 3.6
  }

  test('has the fundamental diagram of traffic: flow rises with density, then falls [DRIVE-TRAFFIC-02]', () => {
    const [free, most, dense, jammed] = [8, 32, 70, 110].map(flow) as [number, number, number, number]
    // Free traffic drives at the slowest driver's speed: 0.9 to 1 of the limit.
    expect(free / 8).toBeGreaterThan(70)
    expect(free / 8).toBeLessThan(80)
    expect(most).toBeGreaterThan(1500)
    expect(most).toBeLessThan(2600)
    expect(dense).toBeLessThan(most)
    expect(jammed).toBeLessThan(dense)
    expect(jammed).toBeGreaterThan(100)
  })

  test('grows a stop-and-go wave out of a small disturbance where it is unstable, and none where it is free [DRIVE-TRAFFIC-02]', () => {
    const spread = (count: number) => {
      const simulation = ringTraffic({
        lengthM: 1500,
        lanes: 1,
        count,
        limitMps: 120 / 3.6,
        startMps: 8,
        setup: { ...plainCar, accelerationMps2: 0.4, timeGapS: 1 },
      })
      simulation.state.v[0] = 6
      for (let step = 0; step < 6000; step++) simulation.step(0.2)
      return Math.max(...simulation.state.v) - Math.min(...simulation.state.v)
    }
    expect(spread(60)).toBeGreaterThan(5)
    expect(spread(10)).toBeLessThan(0.5)
  })
})
