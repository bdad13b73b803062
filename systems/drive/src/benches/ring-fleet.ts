import { createRandom } from '@heavylift/core/math'
import { buildLaneGraph } from '../world/lanes/lane-graph.ts'
import { ring } from '../world/town/ring.ts'
import { TrafficSimulation } from '../world/traffic/traffic-simulation.ts'
import { drawVehicle } from '../world/traffic/vehicle-mix.ts'
import type { VehicleSetup } from '../world/traffic/vehicle-mix.ts'

/** A motorway of rings: what both simulators are given. */
export interface RingFleet {
  rings: number
  /** Roads that a ring is made of. */
  pieces: number
  lanes: number
  limitMps: number
  pieceM: number
  vehicles: VehicleSetup[]
  /** Where each vehicle begins: road counted over all rings, lane from the right, front bumper, speed. */
  starts: { piece: number; lane: number; s: number; mps: number }[]
}

export function ringFleet(count: number): RingFleet {
  const random = createRandom('drive.steps')
  const rings = 20
  const pieces = 4
  const lanes = 3
  const perKmAndLane = 18
  const pieceM = Math.round((count / (perKmAndLane * lanes) / rings / pieces) * 1000)
  const vehicles = Array.from({ length: count }, () => ({
    ...drawVehicle({ car: 0.85, truck: 0.12, motorcycle: 0.03 }, random),
  }))
  const places = rings * pieces * lanes
  const perLane = Math.ceil(count / places)
  const starts = vehicles.map((_, index) => {
    const place = Math.floor(index / perLane)
    const s = (((index % perLane) + 0.5) / perLane) * pieceM
    return { piece: Math.floor(place / lanes), lane: place % lanes, s, mps: 20 }
  })
  return { rings, pieces, lanes, limitMps: 120 / 3.6, pieceM, vehicles, starts }
}

export function fleetSimulation(fleet: RingFleet): TrafficSimulation {
  const { rings, pieces, lanes, limitMps, pieceM, vehicles, starts } = fleet
  const network = ring({ lengthM: pieces * pieceM, lanes, speedLimitMps: limitMps, pieces, rings })
  const graph = buildLaneGraph(network)
  const simulation = new TrafficSimulation(graph, { seed: 1, vehicles })
  for (const [row, { piece, lane, s, mps }] of starts.entries()) {
    const on = graph.find(network.indexOf(String(piece + 1)), 0, -(lanes - lane))
    simulation.place(row, on, Math.min(s, (graph.lengthM[on] as number) - 1), mps)
  }
  return simulation
}
