import { createRandom } from '@heavylift/core/math'
import { buildLaneGraph } from '../../../src/world/lanes/lane-graph.ts'
import { ring } from '../../../src/world/town/ring.ts'
import { TrafficSimulation } from '../../../src/world/traffic/traffic-simulation.ts'
import type { VehicleMix, VehicleSetup } from '../../../src/world/traffic/vehicle-mix.ts'
import { drawVehicle } from '../../../src/world/traffic/vehicle-mix.ts'

/** A car as in table I of Treiber et al. 2000 without its lane changes. */
export const plainCar: VehicleSetup = {
  kind: 'car',
  lengthM: 5,
  widthM: 1.8,
  heightM: 1.5,
  speedFactor: 1,
  maxSpeedMps: 100,
  timeGapS: 1.6,
  standstillM: 2,
  accelerationMps2: 0.73,
  brakingMps2: 1.67,
  politeness: 0.2,
  imperfectionMps2: 0,
}

/** A ring with vehicles evenly over its lanes. */
export function ringTraffic(options: {
  lengthM: number
  lanes: number
  count: number
  limitMps: number
  startMps: number
  seed?: number
  mix?: VehicleMix
  setup?: VehicleSetup
}): TrafficSimulation {
  const { lengthM, lanes, count, limitMps, startMps, seed = 1, mix = { car: 1 } } = options
  const graph = buildLaneGraph(ring({ lengthM, lanes, speedLimitMps: limitMps, pieces: 3 }))
  const random = createRandom(`mix ${seed}`)
  const vehicles = Array.from({ length: count }, () => options.setup ?? drawVehicle(mix, random))
  const simulation = new TrafficSimulation(graph, { seed, vehicles })
  const total = graph.lengthM.reduce((sum, length) => sum + length, 0)
  for (let row = 0; row < count; row++) {
    let s = ((row + 0.5) / count) * total
    let lane = 0
    while (s > (graph.lengthM[lane] as number)) s -= graph.lengthM[lane++] as number
    simulation.place(row, lane, s, startMps)
  }
  return simulation
}

/** Least gap between vehicles that follow one another, over lane ends too. */
export function leastGap({ state }: TrafficSimulation): number {
  let least = Infinity
  for (let lane = 0; lane < state.graph.count; lane++) {
    const count = state.laneCount[lane] as number
    for (let slot = 0; slot < count; slot++) {
      const row = state.at(lane, slot)
      let leader = state.at(lane, slot + 1)
      let ahead = 0
      if (leader < 0) {
        const next = state.next[row] as number
        if (next < 0) continue
        leader = state.at(next, 0)
        ahead = state.graph.lengthM[lane] as number
      }
      if (leader < 0 || leader === row) continue
      const gap =
        ahead + (state.s[leader] as number) - (state.length[leader] as number) - (state.s[row] as number)
      least = Math.min(least, gap)
    }
  }
  return least
}
