import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildLaneGraph } from '../../../src/world/lanes/lane-graph.ts'
import { onRamp } from '../../../src/world/town/on-ramp.ts'
import { straightRoad } from '../../../src/world/town/single-road.ts'
import { TrafficSimulation } from '../../../src/world/traffic/traffic-simulation.ts'
import type { VehicleSetup } from '../../../src/world/traffic/vehicle-mix.ts'
import { leastGap, plainCar, ringTraffic } from './ring-traffic.ts'

/** Vehicles on a straight road of two lanes; lane 0 of the graph is the left one (−1), 1 the right one (−2). */
function onTwoLanes(vehicles: { setup?: Partial<VehicleSetup>; lane: number; s: number; mps: number }[]) {
  const graph = buildLaneGraph(straightRoad({ lengthM: 3000, lanesAgainst: 0, speedLimitMps: 30 }))
  const setups = vehicles.map(({ setup }) => ({ ...plainCar, ...setup }))
  const simulation = new TrafficSimulation(graph, { seed: 1, vehicles: setups })
  for (const [row, { lane, s, mps }] of vehicles.entries()) simulation.place(row, lane, s, mps)
  return simulation
}

const slow = { maxSpeedMps: 10 }

describe('a lane change', () => {
  test('overtakes a slower vehicle, by the left lane [DRIVE-TRAFFIC-03]', () => {
    const simulation = onTwoLanes([
      { lane: 1, s: 100, mps: 10, setup: slow },
      { lane: 1, s: 60, mps: 15 },
    ])
    simulation.step(0.1)
    expect(simulation.state.lane[1]).toBe(0)
    expect(simulation.state.changeFrom[1]).toBe(1)
  })

  test('is not made where the one behind in the other lane would have to brake harder than is safe [DRIVE-TRAFFIC-03]', () => {
    const changed = (behindAt: number, behindMps: number) => {
      const simulation = onTwoLanes([
        { lane: 1, s: 100, mps: 10, setup: slow },
        { lane: 1, s: 60, mps: 15 },
        { lane: 0, s: behindAt, mps: behindMps },
      ])
      simulation.step(0.1)
      return simulation.state.lane[1] === 0
    }
    // s* = 2 + 28 · 1.6 + 28 · 13 / 2.208 = 211.6 m; within 95 m that asks for more than 4 m/s²; 0.73 · (0.24 − (211.6/90)²) = −3.9 at 90 m.
    expect(changed(0, 28)).toBe(false)
    expect(changed(40, 15)).toBe(true)
    expect(changed(53, 15)).toBe(false)
  })

  test('is not made where it costs others more than it gains, as politeness weighs it [DRIVE-TRAFFIC-03]', () => {
    const changed = (politeness: number) => {
      const simulation = onTwoLanes([
        { lane: 1, s: 130, mps: 14, setup: { maxSpeedMps: 14 } },
        { lane: 1, s: 90, mps: 15, setup: { politeness } },
        { lane: 0, s: 60, mps: 17 },
      ])
      simulation.step(0.1)
      return simulation.state.lane[1] === 0
    }
    expect(changed(0)).toBe(true)
    expect(changed(1)).toBe(false)
  })

  test('is not begun again at once, so that nobody weaves [DRIVE-TRAFFIC-03]', () => {
    const simulation = ringTraffic({
      lengthM: 2000,
      lanes: 3,
      count: 150,
      limitMps: 30,
      startMps: 15,
      mix: { car: 0.8, truck: 0.2 },
    })
    const last = new Map<number, number>()
    for (let step = 0; step < 600; step++) {
      const before = Float64Array.from(simulation.state.changeTime)
      simulation.step(0.1)
      for (const [row, time] of simulation.state.changeTime.entries()) {
        if (time === before[row]) continue
        expect(time - (last.get(row) ?? -100)).toBeGreaterThan(5.9)
        last.set(row, time)
      }
    }
    expect(simulation.changes.total).toBeGreaterThan(5)
  })

  test('leaves a lane that ends, before its end [DRIVE-TRAFFIC-03]', () => {
    const graph = buildLaneGraph(onRamp())
    const ramp = graph.find(graph.network.indexOf('4'), 0, -1)
    const closing = graph.find(graph.network.indexOf('2'), 0, -3)
    const simulation = new TrafficSimulation(graph, { seed: 1, vehicles: [plainCar, plainCar, plainCar] })
    for (const row of [0, 1, 2]) simulation.place(row, ramp, 150 - 30 * row, 15)
    let furthest = 0
    for (let step = 0; step < 900 && simulation.present > 0; step++) {
      simulation.step(0.1)
      for (const row of [0, 1, 2])
        if (simulation.state.lane[row] === closing)
          furthest = Math.max(furthest, simulation.state.s[row] as number)
    }
    expect(simulation.present).toBe(0)
    expect(furthest).toBeGreaterThan(15)
    expect(furthest).toBeLessThan(graph.lengthM[closing] as number)
    expect(simulation.changes.total).toBeGreaterThanOrEqual(3)
  })
})

describe('traffic of any density and mix', () => {
  test('never has a negative gap or a speed that is negative [DRIVE-TRAFFIC-04]', () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.integer({ min: 1, max: 1e6 }),
          lanes: fc.integer({ min: 1, max: 4 }),
          perKm: fc.integer({ min: 5, max: 110 }),
          truck: fc.double({ min: 0, max: 0.5, noNaN: true }),
          stepS: fc.constantFrom(0.05, 0.1, 0.25),
        }),
        ({ seed, lanes, perKm, truck, stepS }) => {
          const lengthM = 1200
          const simulation = ringTraffic({
            lengthM,
            lanes,
            count: Math.round((perKm * lanes * lengthM) / 1000 / (1 + truck)),
            limitMps: 25,
            startMps: 3,
            seed,
            mix: { car: 1 - truck, truck, motorcycle: 0.1, bicycle: 0.05 },
          })
          for (let step = 0; step < 300; step++) {
            simulation.step(stepS)
            expect(leastGap(simulation)).toBeGreaterThan(0)
            expect(Math.min(...simulation.state.v)).toBeGreaterThanOrEqual(0)
          }
        },
      ),
      { numRuns: 12, seed: 7 },
    )
  })
})
