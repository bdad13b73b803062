import { describe, expect, test } from 'vitest'
import { intersection } from '../../../src/world/town/intersection.ts'
import { straightRoad } from '../../../src/world/town/single-road.ts'
import { buildLaneGraph } from '../../../src/world/lanes/lane-graph.ts'
import { town } from '../../../src/world/town/town.ts'
import { TrafficSimulation } from '../../../src/world/traffic/traffic-simulation.ts'
import { vehicleOf } from '../../../src/world/traffic/vehicle-mix.ts'
import { createRandom } from '@heavylift/core/math'
import { SourceWorld } from './source-world.ts'

const random = createRandom('emergency')
const car = { ...vehicleOf('car', random), speedFactor: 1 }
const ambulance = vehicleOf('emergency', random)

describe('an emergency vehicle', () => {
  test('is let by: those ahead of it roll to the parking lane and stand until it is past [DRIVE-TRAFFIC-07]', () => {
    const network = straightRoad({ lengthM: 900, lanes: 1, hasParking: true, speedLimitMps: 12 })
    const graph = buildLaneGraph(network)
    const lane = graph.find(0, 0, -1)
    const simulation = new TrafficSimulation(graph, { seed: 1, vehicles: [car, car, ambulance] })
    const { state, emergency } = simulation
    simulation.place(0, lane, 140, 8)
    simulation.place(1, lane, 110, 8)
    simulation.place(2, lane, 60, 14)
    let furthestAside = 0
    for (let step = 0; step < 700 && state.lane[2] === lane; step++) {
      simulation.step(0.05)
      furthestAside = Math.min(furthestAside, emergency.shift[0] as number)
      for (const other of [0, 1]) {
        if (state.lane[other] !== lane || state.lane[2] !== lane) continue
        const isBeside =
          (state.s[2] as number) > (state.s[other] as number) - (state.length[other] as number) &&
          (state.s[2] as number) - (state.length[2] as number) < (state.s[other] as number)
        const apart =
          (emergency.shift[2] as number) -
          (emergency.shift[other] as number) -
          ((state.width[2] as number) + (state.width[other] as number)) / 2
        if (isBeside) expect(apart).toBeGreaterThan(0.1)
      }
    }
    expect(furthestAside).toBeLessThan(-1.9)
    expect(state.s[2]).toBeGreaterThan(state.s[0] as number)
    for (let step = 0; step < 400; step++) simulation.step(0.05)
    // Back in their lane and on their way.
    expect(emergency.shift[1]).toBeCloseTo(0, 5)
  })

  test('goes at red, with its siren on, and nobody hits it [DRIVE-TRAFFIC-07]', () => {
    const world = new SourceWorld(intersection({ control: 'signals' }), {
      seed: 2,
      count: 1,
      mix: { emergency: 1 },
    }).start()
    const { agents } = world.scene
    const simulation = world.source.simulation as TrafficSimulation
    const { state } = simulation
    state.remove(0)
    const { graph } = state
    const south = graph.find(graph.network.indexOf('2'), 0, -1)
    simulation.place(0, south, 120, 15)
    let enteredS = Infinity
    for (let step = 0; step < 400; step++) {
      world.step()
      if ((graph.junction[state.lane[0] as number] ?? -1) >= 0)
        enteredS = Math.min(enteredS, world.scene.timeS)
    }
    // South has red from 0 to 25 s.
    expect(enteredS).toBeLessThan(15)
    expect(agents.hasSiren[0]).toBe(1)
  })

  test('lives in the traffic of a town without overlaps [DRIVE-TRAFFIC-07]', () => {
    const world = new SourceWorld(town({ seed: 2, columns: 3, rows: 3 }), {
      seed: 2,
      count: 35,
      mix: { car: 0.9, truck: 0.05, emergency: 0.08 },
    }).start()
    for (let step = 0; step < 1600; step++) {
      world.step()
      if (step % 4 === 0) expect(world.overlapping()).toBeNull()
    }
    expect(world.source.simulation?.emergency.rows.length).toBeGreaterThan(0)
  })
})
