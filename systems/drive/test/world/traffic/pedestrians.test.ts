import { describe, expect, test } from 'vitest'
import { laneAt, sectionIndexAt } from '../../../src/world/opendrive/road.ts'
import type { LaneSection } from '../../../src/world/opendrive/road.ts'
import { laneOf } from '../../../src/world/opendrive/road.ts'
import type { RoadNetwork } from '../../../src/world/opendrive/road-network.ts'
import { overlaps } from '../../../src/clearance/run/collision.ts'
import { AgentTable } from '../../../src/world/scene/agent-table.ts'
import { clearDay } from '../../../src/world/scene/environment.ts'
import type { Scene } from '../../../src/world/scene/scene.ts'
import { signalStates } from '../../../src/world/scene/signal-table.ts'
import { intersection } from '../../../src/world/town/intersection.ts'
import { signalsOf } from '../../../src/world/town/signal-plan.ts'
import { straightRoad } from '../../../src/world/town/single-road.ts'
import { town } from '../../../src/world/town/town.ts'
import { PedestrianSource } from '../../../src/world/traffic/pedestrian-source.ts'
import { TrafficSource, trafficNetwork } from '../../../src/world/traffic/traffic-source.ts'

function world(network: RoadNetwork, rows: number) {
  const { signals, program } = signalsOf(network)
  const scene: Scene = {
    timeS: 0,
    network,
    agents: new AgentTable(rows),
    signals,
    environment: clearDay,
    ego: -1,
  }
  program.step(signals, 0)
  const tick = (sources: { step(scene: Scene, dtS: number): void }[]) => {
    for (const source of sources) source.step(scene, 0.05)
    scene.timeS += 0.05
    program.step(signals, scene.timeS)
  }
  return { scene, agents: scene.agents, tick }
}

/** Type of the lane under a row. */
function ground(network: RoadNetwork, agents: AgentTable, row: number): string {
  const place = network.nearest(agents.x[row] as number, agents.y[row] as number)
  const road = network.road(place.road)
  const section = road.sections[sectionIndexAt(road, place.s)] as LaneSection
  return laneOf(section, laneAt(road, place.s, place.t))?.type ?? 'none'
}

describe('pedestrians', () => {
  test('walk on sidewalks at their own speeds, and cross the road at crosswalks alone [DRIVE-PEDESTRIAN-01]', () => {
    const network = straightRoad({ lengthM: 120, lanes: 1, hasSidewalks: true, crosswalksAtM: [60] })
    const { scene, agents, tick } = world(network, 12)
    const source = new PedestrianSource({ network, seed: 3, count: 12 })
    source.start(agents, scene)
    let onRoad = 0
    let walked = 0
    for (let step = 0; step < 3000; step++) {
      tick([source])
      for (let row = 0; row < 12; row++) {
        walked += (agents.speedMps[row] as number) * 0.05
        if (ground(network, agents, row) !== 'driving') continue
        onRoad++
        expect(Math.abs((agents.x[row] as number) - 60)).toBeLessThan(2)
      }
    }
    expect(onRoad).toBeGreaterThan(100)
    expect(walked / 12 / 150).toBeGreaterThan(0.7)
    expect(walked / 12 / 150).toBeLessThan(1.6)
  })

  test('do not step in front of a car that could not stop with ease [DRIVE-PEDESTRIAN-01]', () => {
    const network = straightRoad({ lengthM: 120, lanes: 1, hasSidewalks: true, crosswalksAtM: [60] })
    const run = (distance: number, mps: number) => {
      const { scene, agents, tick } = world(network, 21)
      const car = agents.add({ name: 'car', kind: 'car', lengthM: 4.5, widthM: 1.8 })
      agents.x[car] = 60 - distance
      agents.y[car] = -1.75
      agents.speedMps[car] = mps
      const source = new PedestrianSource({ network, seed: 3, count: 20, crossing: 1 })
      source.start(agents, scene)
      let crossed = 0
      // The car is held where it is: they see it come and come.
      for (let step = 0; step < 800; step++) {
        tick([source])
        for (let row = 1; row <= 20; row++) if (Math.abs(agents.y[row] as number) < 3) crossed++
      }
      return crossed
    }
    expect(run(20, 13)).toBe(0)
    expect(run(50, 8)).toBeGreaterThan(0)
  })

  test('start over a street with lights only while its traffic has red [DRIVE-PEDESTRIAN-01]', () => {
    const network = intersection({ control: 'signals', armLengthM: 60 })
    const { scene, agents, tick } = world(network, 30)
    const source = new PedestrianSource({ network, seed: 2, count: 30, crossing: 0.8 })
    source.start(agents, scene)
    let starts = 0
    const was = new Uint8Array(30)
    for (let step = 0; step < 3000; step++) {
      const states = Uint8Array.from(scene.signals.state)
      tick([source])
      for (let row = 0; row < 30; row++) {
        // On the western arm's crosswalk, outside of its sidewalks.
        const isOn = Math.abs(agents.y[row] as number) < 3.4 && (agents.x[row] as number) < -13 ? 1 : 0
        if (isOn === 1 && was[row] === 0) {
          starts++
          expect(states[0]).toBe(signalStates.red)
        }
        was[row] = isOn
      }
    }
    expect(starts).toBeGreaterThan(0)
  })

  test('and traffic let one another live in a town [DRIVE-PEDESTRIAN-02]', () => {
    for (const seed of [1, 2]) {
      const network = town({ seed, columns: 3, rows: 3 })
      const { scene, agents, tick } = world(network, 80)
      const cars = new TrafficSource({ network: trafficNetwork(network), seed, count: 30 })
      const people = new PedestrianSource({ network, seed, count: 50 })
      cars.start(agents, scene)
      people.start(agents, scene)
      let driven = 0
      for (let step = 0; step < 1200; step++) {
        tick([cars, people])
        for (let row = 0; row < 30; row++) {
          if (agents.isPresent[row] === 0) continue
          driven += (agents.speedMps[row] as number) * 0.05
          for (let other = 30; other < 80; other++)
            if (overlaps(agents, row, other))
              throw new Error(
                `${agents.names[row]} has hit ${agents.names[other]} at ${scene.timeS.toFixed(2)} s`,
              )
        }
      }
      expect(driven / 30 / 60).toBeGreaterThan(1)
    }
  })
})
