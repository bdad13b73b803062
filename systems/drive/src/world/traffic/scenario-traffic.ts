import type { Random } from '@heavylift/core/math'
import { createRandom } from '@heavylift/core/math'
import type {
  Scenario,
  StoryElement,
  TrafficArea,
  TrafficFlow,
  VehicleShares,
} from '../openscenario/scenario.ts'
import type { AgentSource } from '../scene/agent-source.ts'
import type { AgentTable } from '../scene/agent-table.ts'
import type { Scene } from '../scene/scene.ts'
import type { RunningFlow, Surroundings } from '../simulator/surroundings.ts'
import type { TrafficSimulation } from './traffic-simulation.ts'
import type { TrafficEntries, TrafficNetwork } from './traffic-source.ts'
import { TrafficSource } from './traffic-source.ts'
import { drawVehicle, usualMix } from './vehicle-mix.ts'

/** A source whose vehicles never leave holds so many of them at most. */
const mostOfSource = 60
/** How near to the scenario's entities no vehicle appears. */
const freeM = 25
/** Free places are looked for so often. */
const lookEveryS = 1
/** Once a swarm is there, others come into it where it ends: beyond this share of its half axes. */
const rimShare = 0.7
const triesPerStep = 8

/** A place on a lane where a vehicle may appear. */
interface LanePoint {
  lane: number
  s: number
}

/** Rows of the vehicles of one flow, and what is known of it while it runs. */
interface FlowRows {
  flow: TrafficFlow
  first: number
  count: number
  /** When it was seen first; NaN before. */
  sinceS: number
  /** Of a source or sink: vehicles that it has let in or taken out. */
  done: number
  points: LanePoint[]
  lookedAtS: number
}

function flowsOf({ init, stories }: Scenario): TrafficFlow[] {
  const below = (element: StoryElement): TrafficFlow[] => [
    ...(element.action?.content.kind === 'traffic' && element.action.content.flow
      ? [element.action.content.flow]
      : []),
    ...element.children.flatMap(below),
  ]
  const atFirst = init.flatMap(({ content }) =>
    content.kind === 'traffic' && content.flow ? [content.flow] : [],
  )
  return [...new Set([...atFirst, ...stories.flatMap(below)])]
}

function rowsNeeded(flow: TrafficFlow, maxTimeS: number): number {
  if (flow.kind === 'sink') return 0
  return flow.kind === 'source' ? Math.min(mostOfSource, Math.ceil(flow.perS * maxTimeS)) : flow.count
}

function mixOf(shares: VehicleShares) {
  return Object.values(shares).some((weight) => weight > 0) ? shares : usualMix
}

/**
 * Traffic that a scenario's storyboard begins and ends: swarms around an entity, sources, sinks and areas (OpenSCENARIO XML 1.3, TrafficAction). Its vehicles
 * drive as those of `TrafficSource`. One serves one run.
 */
export class ScenarioTraffic implements AgentSource, TrafficEntries {
  readonly capacity: number
  readonly #source: TrafficSource
  readonly #rows: FlowRows[]
  readonly #random: Random
  #flows: readonly RunningFlow[] = []

  /** Null for a scenario without traffic. */
  static of(
    scenario: Scenario,
    network: () => TrafficNetwork,
    seed: number,
    maxTimeS: number,
  ): ScenarioTraffic | null {
    const flows = flowsOf(scenario)
    return flows.length === 0 ? null : new ScenarioTraffic(flows, network(), seed, maxTimeS)
  }

  constructor(flows: readonly TrafficFlow[], network: TrafficNetwork, seed: number, maxTimeS: number) {
    this.#random = createRandom(`scenario traffic ${seed}`)
    let first = 0
    this.#rows = flows.map((flow) => {
      const count = rowsNeeded(flow, maxTimeS)
      const rows = { flow, first, count, sinceS: NaN, done: 0, points: [], lookedAtS: -Infinity }
      first += count
      return rows
    })
    const vehicles = this.#rows.flatMap(({ flow, count }) =>
      Array.from({ length: count }, () => drawVehicle(mixOf(flow.shares), this.#random)),
    )
    this.#source = new TrafficSource({ network, seed, count: first, vehicles, entries: this })
    this.capacity = this.#source.capacity
  }

  heed(surroundings: Surroundings): void {
    this.#flows = surroundings.flows
  }

  start(agents: AgentTable, scene: Scene): void {
    this.#source.start(agents, scene)
  }

  step(scene: Scene, dtS: number): void {
    this.#source.step(scene, dtS)
  }

  /** Lets vehicles in and takes them out as the flows that run ask for. */
  enter(simulation: TrafficSimulation, scene: Scene, isAway: (row: number) => boolean): void {
    for (const running of this.#flows) {
      const rows = this.#rows.find(({ flow }) => flow === running.flow)
      if (!rows) continue
      if (Number.isNaN(rows.sinceS)) rows.sinceS = simulation.timeS
      this.#takeOut(running, rows, simulation, scene)
      this.#letIn(running, rows, simulation, scene, isAway)
    }
  }

  #takeOut(running: RunningFlow, rows: FlowRows, simulation: TrafficSimulation, scene: Scene): void {
    const { flow } = running
    if (flow.kind === 'source' || (flow.kind === 'area' && !flow.isContinuous)) return
    const { state, timeS } = simulation
    const [from, to] = flow.kind === 'sink' ? [0, state.rows] : [rows.first, rows.first + rows.count]
    const point = new Float64Array(3)
    for (let row = from; row < to; row++) {
      const lane = state.lane[row] as number
      if (lane < 0) continue
      simulation.pointOf(lane, state.s[row] as number, point)
      const isIn = isInside(running, scene, point[0] as number, point[1] as number)
      if (isIn !== (flow.kind === 'sink')) continue
      if (flow.kind === 'sink' && rows.done >= flow.perS * (timeS - rows.sinceS)) return
      rows.done++
      simulation.takeOut(row)
    }
  }

  #letIn(
    running: RunningFlow,
    rows: FlowRows,
    simulation: TrafficSimulation,
    scene: Scene,
    isAway: (row: number) => boolean,
  ): void {
    const { flow } = running
    const { timeS } = simulation
    if (flow.kind === 'sink') return
    const isFirst = timeS - rows.sinceS < 1e-9
    if (flow.kind === 'area' && !flow.isContinuous && !isFirst) return
    const due =
      flow.kind === 'source' ? Math.floor(flow.perS * (timeS - rows.sinceS) + 1e-9) - rows.done : rows.count
    let tries = isFirst ? rows.count * triesPerStep : triesPerStep
    let left = Math.min(due, rows.count)
    for (let row = rows.first; row < rows.first + rows.count && left > 0; row++) {
      if (simulation.state.lane[row] !== -1 || !isAway(row)) continue
      left--
      if (timeS - rows.lookedAtS >= lookEveryS) this.#look(running, rows, simulation, scene, isFirst)
      while (tries-- > 0 && rows.points.length > 0)
        if (this.#tryPlace(running, rows, row, simulation, scene)) {
          rows.done++
          break
        }
    }
  }

  #tryPlace(
    { flow }: RunningFlow,
    { points }: FlowRows,
    row: number,
    simulation: TrafficSimulation,
    scene: Scene,
  ): boolean {
    const { state } = simulation
    const { lane, s } = points[Math.floor(this.#random.next() * points.length)] as LanePoint
    if (flow.kind === 'swarm' && flow.sameWayShare !== null) {
      const isWantedSame = this.#random.next() < flow.sameWayShare
      if (isWantedSame !== isSameWay(simulation, scene, flow.entity, lane, s)) return false
    }
    const length = state.length[row] as number
    if (s < length) return false
    return simulation.place(row, lane, s, this.#speed(flow, state.desiredOn(row, lane)))
  }

  #speed(flow: TrafficFlow, desired: number): number {
    if (flow.kind === 'source') return flow.speedMps ?? desired
    if (flow.kind !== 'swarm' || !flow.speedMps) return 0.8 * desired
    const [least, most] = flow.speedMps
    return least + (most - least) * this.#random.next()
  }

  /** Finds where on lanes outside junctions vehicles of a flow may appear. */
  #look(
    running: RunningFlow,
    rows: FlowRows,
    { state, timeS }: TrafficSimulation,
    scene: Scene,
    isFirst: boolean,
  ): void {
    const { graph } = state
    rows.lookedAtS = timeS
    rows.points = []
    const share = isFirst ? 0 : rimShare
    for (let lane = 0; lane < graph.count; lane++) {
      if ((graph.junction[lane] as number) >= 0) continue
      const start = graph.sampleStart[lane] as number
      const last = (graph.sampleStart[lane + 1] as number) - 1
      for (let sample = start; sample <= last; sample++) {
        const s = ((graph.lengthM[lane] as number) * (sample - start)) / (last - start)
        if (s > (graph.stopM[lane] as number) - 2) break
        const x = graph.sampleX[sample] as number
        const y = graph.sampleY[sample] as number
        if (!isInside(running, scene, x, y, share) || isNearEntity(scene, this.#source.first, x, y)) continue
        rows.points.push({ lane, s })
      }
    }
  }
}

function isNearEntity({ agents }: Scene, entities: number, x: number, y: number): boolean {
  for (let row = 0; row < entities; row++)
    if (
      agents.isPresent[row] === 1 &&
      Math.hypot((agents.x[row] as number) - x, (agents.y[row] as number) - y) < freeM
    )
      return true
  return false
}

function isSameWay(
  { state }: TrafficSimulation,
  { agents }: Scene,
  entity: number,
  lane: number,
  s: number,
): boolean {
  const { graph } = state
  const start = graph.sampleStart[lane] as number
  const last = (graph.sampleStart[lane + 1] as number) - 1
  const sample = start + Math.round(((last - start) * s) / (graph.lengthM[lane] as number))
  return Math.cos((graph.sampleHeading[sample] as number) - (agents.heading[entity] as number)) > 0
}

/** Whether a point is where a flow has its vehicles; of a swarm, beyond a share of its half axes. */
function isInside(running: RunningFlow, scene: Scene, x: number, y: number, beyondShare = 0): boolean {
  const { flow, places } = running
  if (flow.kind === 'area') return isInArea(flow.area, places, scene, x, y)
  if (flow.kind !== 'swarm') {
    const [[placeX, placeY] = [NaN, NaN]] = places
    return Math.hypot(x - placeX, y - placeY) <= flow.radiusM
  }
  const { agents } = scene
  const heading = agents.heading[flow.entity] as number
  const dx = x - (agents.x[flow.entity] as number)
  const dy = y - (agents.y[flow.entity] as number)
  if (Math.hypot(dx, dy) < flow.innerM) return false
  const ahead = dx * Math.cos(heading) + dy * Math.sin(heading) - flow.aheadM
  const left = dy * Math.cos(heading) - dx * Math.sin(heading)
  const share = Math.hypot(ahead / flow.semiMajorM, left / flow.semiMinorM)
  return share <= 1 && share >= beyondShare
}

function isInArea(
  area: TrafficArea,
  corners: readonly (readonly [x: number, y: number])[],
  { network }: Scene,
  x: number,
  y: number,
): boolean {
  if (area.kind === 'polygon') return isWithin(corners, x, y)
  const found = network.nearest(x, y)
  const road = network.road(found.road)
  return area.pieces.some(
    ({ road: id, fromS, lengthM, lanes }) =>
      id === road.id &&
      found.s >= fromS &&
      found.s <= fromS + lengthM &&
      (lanes.length === 0 || lanes.includes(found.lane)),
  )
}

/** Whether a point lies within a polygon: a ray from it crosses its sides an odd number of times. */
function isWithin(corners: readonly (readonly [x: number, y: number])[], x: number, y: number): boolean {
  let isIn = false
  for (const [index, [toX, toY]] of corners.entries()) {
    const [fromX, fromY] = corners.at(index - 1) as readonly [number, number]
    if (fromY > y !== toY > y && x < fromX + ((y - fromY) / (toY - fromY)) * (toX - fromX)) isIn = !isIn
  }
  return isIn
}
