import { createRandom, wrapAngle } from '@heavylift/core/math'
import type { Random } from '@heavylift/core/math'
import { junctionConflicts } from '../lanes/junction-conflicts.ts'
import type { Conflict } from '../lanes/junction-conflicts.ts'
import { buildLaneGraph } from '../lanes/lane-graph.ts'
import type { LaneGraph } from '../lanes/lane-graph.ts'
import type { RoadNetwork } from '../opendrive/road-network.ts'
import type { AgentSource } from '../scene/agent-source.ts'
import { agentKinds, agentKindNumber, agentLights } from '../scene/agent-table.ts'
import type { AgentTable } from '../scene/agent-table.ts'
import type { Scene } from '../scene/scene.ts'
import { LaneFinder } from './lane-finder.ts'
import { bodyPose } from './body-pose.ts'
import { lateralOf, lateralSlopeOf } from './lateral.ts'
import { placeVehicles } from './place-vehicles.ts'
import { TrafficSimulation } from './traffic-simulation.ts'
import type { TrafficState } from './traffic-state.ts'
import { drawVehicle, usualMix } from './vehicle-mix.ts'
import type { DrivingManner, VehicleMix, VehicleSetup } from './vehicle-mix.ts'

/** What of a road network traffic needs, made once for all runs on it. */
export interface TrafficNetwork {
  graph: LaneGraph
  conflicts: Conflict[][]
  finder: LaneFinder
}

export function trafficNetwork(network: RoadNetwork): TrafficNetwork {
  const graph = buildLaneGraph(network)
  return { graph, conflicts: junctionConflicts(graph), finder: new LaneFinder(graph) }
}

/** Who says where vehicles come in and leave, in place of the ends of roads. */
export interface TrafficEntries {
  /** Called at the start and after each step. `isAway`: the row's vehicle is off the roads, and has been shown so. */
  enter(simulation: TrafficSimulation, scene: Scene, isAway: (row: number) => boolean): void
}

export interface TrafficSourceOptions {
  network: TrafficNetwork
  seed: number
  /** Vehicles in all; those for which there is no room at first come in later where roads begin. */
  count: number
  mix?: VehicleMix
  /** How they drive; `usualManner` by default. */
  manner?: DrivingManner
  /** Least time between two vehicles that come in at the same place, where roads begin. Default 6 s. */
  entryS?: number
  /** The vehicles themselves, `count` of them, in place of a mix. */
  vehicles?: VehicleSetup[]
  entries?: TrafficEntries
}

/** A body counts as in a lane when it reaches into it by this much. */
const reachM = 0.3
/** Other agents nearer than this are in the way of rolling aside. */
const boxedInM = 20
const pedestrian = agentKindNumber('pedestrian')

/**
 * Traffic around the vehicle under test: cars, trucks, buses, motorcycles and cyclists that keep to lanes, lights, signs and right of way, and take every other agent on
 * the lanes for an obstacle. Where roads begin and end vehicles come in and leave; elsewhere they drive round. One source serves one run.
 */
export class TrafficSource implements AgentSource {
  readonly capacity: number
  /** Null before `start`. */
  simulation: TrafficSimulation | null = null
  readonly #options: TrafficSourceOptions
  readonly #vehicles: VehicleSetup[]
  readonly #random: Random
  readonly #entries: number[]
  readonly #lastEntryS: Float64Array
  readonly #out = new Float64Array(3)
  #first = 0
  #nextRow = 0

  constructor(options: TrafficSourceOptions) {
    this.#options = options
    this.capacity = options.count
    this.#random = createRandom(`traffic source ${options.seed}`)
    this.#vehicles =
      options.vehicles ??
      Array.from({ length: options.count }, () =>
        drawVehicle(options.mix ?? usualMix, this.#random, options.manner),
      )
    const { graph } = options.network
    const { start } = graph.predecessors
    this.#entries = Array.from({ length: graph.count }, (_, lane) => lane).filter(
      (lane) => start[lane] === start[lane + 1] && (graph.lengthM[lane] as number) > 50,
    )
    this.#lastEntryS = new Float64Array(this.#entries.length).fill(-Infinity)
  }

  /** The row of its first vehicle. */
  get first(): number {
    return this.#first
  }

  start(agents: AgentTable, scene: Scene): void {
    const { network, seed } = this.#options
    const others: number[] = []
    for (let row = 0; row < agents.count; row++)
      if (agents.isPresent[row] === 1) others.push(agents.x[row] as number, agents.y[row] as number)
    this.#first = agents.count
    for (const [index, vehicle] of this.#vehicles.entries())
      agents.add({ ...vehicle, name: `${vehicle.kind} ${index + 1}` })
    this.simulation = new TrafficSimulation(network.graph, {
      seed,
      vehicles: this.#vehicles,
      conflicts: network.conflicts,
      signals: scene.signals.heads.length === 0 ? null : scene.signals,
    })
    const { entries } = this.#options
    if (entries) entries.enter(this.simulation, scene, () => true)
    else placeVehicles(this.simulation, this.#random, others)
    this.#write(agents, 0)
  }

  step(scene: Scene, dtS: number): void {
    const simulation = this.simulation as TrafficSimulation
    const { agents } = scene
    const last = this.#first + this.capacity
    const { finder } = this.#options.network
    simulation.emergency.isBoxedIn.fill(0)
    for (let row = 0; row < agents.count; row++) {
      if (agents.isPresent[row] === 0 || (row >= this.#first && row < last)) continue
      if (agents.kind[row] === pedestrian) finder.addPedestrian(agents, row, simulation.obstacles)
      else {
        finder.addAgent(agents, row, reachM, 0, simulation.obstacles)
        this.#boxIn(agents, row, simulation)
      }
    }
    simulation.step(dtS)
    const { entries } = this.#options
    if (entries) entries.enter(simulation, scene, (row) => this.#isShownAway(row))
    else this.#comeIn(simulation)
    this.#write(agents, dtS)
  }

  /** Keeps vehicles near another agent in their lane when they would roll aside for a siren. */
  #boxIn(agents: AgentTable, other: number, { emergency }: TrafficSimulation): void {
    if (emergency.rows.length === 0) return
    for (let index = 0; index < this.capacity; index++) {
      const row = this.#first + index
      const dx = (agents.x[row] as number) - (agents.x[other] as number)
      const dy = (agents.y[row] as number) - (agents.y[other] as number)
      if (dx * dx + dy * dy < boxedInM * boxedInM) emergency.isBoxedIn[index] = 1
    }
  }

  /** Lets vehicles that are off the roads in where roads begin. */
  #comeIn(simulation: TrafficSimulation): void {
    const { state, timeS } = simulation
    const { entryS = 6 } = this.#options
    if (simulation.present === this.capacity) return
    for (let i = 0; i < this.#entries.length; i++) {
      if (timeS - (this.#lastEntryS[i] as number) < entryS) continue
      const row = this.#absentRow(simulation)
      if (row < 0) return
      const lane = this.#entries[i] as number
      const s = state.length[row] as number
      const last = state.at(lane, 0)
      const speed = Math.min(state.desiredOn(row, lane), last < 0 ? Infinity : (state.v[last] as number))
      const gap = last < 0 ? Infinity : (state.s[last] as number) - (state.length[last] as number) - s
      if (gap < 2 + speed * (state.timeGap[row] as number)) continue
      if (simulation.place(row, lane, s, speed)) this.#lastEntryS[i] = timeS
    }
  }

  /** The next row that is off the roads and has been shown as away for a step, in turn; −1 where there is none. */
  #absentRow({ state }: TrafficSimulation): number {
    for (let i = 0; i < this.capacity; i++) {
      const row = (this.#nextRow + i) % this.capacity
      if (state.lane[row] !== -1 || !this.#isShownAway(row)) continue
      this.#nextRow = row + 1
      return row
    }
    return -1
  }

  #shown: Uint8Array | null = null

  #isShownAway(row: number): boolean {
    return this.#shown?.[this.#first + row] === 0
  }

  #write(agents: AgentTable, dtS: number): void {
    const simulation = this.simulation as TrafficSimulation
    const { state } = simulation
    this.#shown = agents.isPresent
    for (let index = 0; index < this.capacity; index++) {
      const row = this.#first + index
      const lane = state.lane[index] as number
      const wasPresent = agents.isPresent[row] === 1
      agents.isPresent[row] = lane < 0 ? 0 : 1
      if (lane < 0) continue
      this.#pose(state, index)
      const heading = this.#out[2] as number
      const speed = state.v[index] as number
      agents.yawRateRadps[row] =
        dtS > 0 && wasPresent ? wrapAngle(heading - (agents.heading[row] as number)) / dtS : 0
      agents.x[row] = this.#out[0] as number
      agents.y[row] = this.#out[1] as number
      agents.heading[row] = heading
      agents.speedMps[row] = speed
      agents.accelerationMps2[row] = state.a[index] as number
      const isEmergency = agentKinds[state.kind[index] as number] === 'emergency'
      agents.hasSiren[row] = isEmergency ? 1 : 0
      agents.lights[row] = this.#lights(simulation, index) | (isEmergency ? agentLights.emergency : 0)
    }
  }

  #pose(state: TrafficState, row: number): void {
    bodyPose(state, row, lateralOf(state, row) + this.#shiftOf(row), this.#out)
  }

  #shiftOf(row: number): number {
    return this.simulation?.emergency.shift[row] ?? 0
  }

  #lights({ state }: TrafficSimulation, row: number): number {
    const { graph } = state
    let lights = (state.a[row] as number) < -1 ? agentLights.brake : 0
    if (state.changeFrom[row] !== -1) {
      const isToLeft = lateralSlopeOf(state, row) > 0
      lights |= isToLeft ? agentLights.left : agentLights.right
    }
    const lane = state.lane[row] as number
    const way = (graph.junction[lane] as number) >= 0 ? lane : (state.next[row] as number)
    if (way < 0 || (graph.junction[way] as number) < 0) return lights
    if (way !== lane && (graph.lengthM[lane] as number) - (state.s[row] as number) > 40) return lights
    const first = graph.sampleStart[way] as number
    const turn =
      (graph.sampleHeading[(graph.sampleStart[way + 1] as number) - 1] as number) -
      (graph.sampleHeading[first] as number)
    if (turn > Math.PI / 4) lights |= agentLights.left
    if (turn < -Math.PI / 4) lights |= agentLights.right
    return lights
  }
}
