import { wrapAngle } from '@heavylift/core/math'
import type { Random } from '@heavylift/core/math'
import type { LaneGraph } from '../../world/lanes/lane-graph.ts'
import { AgentTable } from '../../world/scene/agent-table.ts'
import { bodyPose } from '../../world/traffic/body-pose.ts'
import { lateralOf } from '../../world/traffic/lateral.ts'
import { TrafficSimulation } from '../../world/traffic/traffic-simulation.ts'
import { vehicleOf } from '../../world/traffic/vehicle-mix.ts'
import type { DrivingManner, VehicleMix } from '../../world/traffic/vehicle-mix.ts'
import type { RecordedWindow, WindowAgent } from './recorded-window.ts'
import { pastSteps, stepS, Tracks } from './tracks.ts'

/** Who is turned further from a lane's direction, or further beside it, is not on it. */
const mostTurnRad = Math.PI / 4
const besideM = 0.5
/** How much more a turn counts than metres beside the centre when several lanes are possible. */
const turnWeightM = 4
/** Seconds after which a third of where somebody was beside the centre is left. */
const centreS = 5
const reachM = 0.3
/** Who has not moved in the past second, so far beside the centre of a lane, is parked. */
const parkedM = 0.75
const stillM = 0.1

/** Where a body's middle is on a lane. */
interface LaneSpot {
  lane: number
  s: number
  leftM: number
}

/**
 * The simulator's traffic, begun with where everybody was and how fast. Desired speed is what the manner draws, or the own speed where that is more; who is on no
 * lane (or is parked, walks, or cycles) keeps speed and heading, and is in the way of those who are. Beyond the end of the map everybody keeps speed and heading.
 */
export class LaneRollout {
  readonly #window: RecordedWindow
  readonly #simulation: TrafficSimulation
  /** Agents on lanes, by row of the simulation, and how far beside the centre they were. */
  readonly #rows: { agent: number; leftM: number }[] = []
  readonly #others: AgentTable
  readonly #tracks: Tracks
  readonly #pose = new Float64Array(3)

  constructor(window: RecordedWindow, manner: DrivingManner, random: Random) {
    this.#window = window
    const { agents, network, log } = window
    this.#tracks = new Tracks(log.agents, log.frames)
    this.#tracks.copyPast(log)
    this.#others = new AgentTable(agents.length)
    const spots: LaneSpot[] = []
    const vehicles = []
    for (const [agent, one] of agents.entries()) {
      const found = one.isScored ? spotOf(network.graph, one) : null
      const spot = found && !isParked(window, agent, found) ? found : null
      const row = this.#others.add({ ...one, name: `${agent}` })
      this.#others.isPresent[row] = spot ? 0 : 1
      this.#place(agent, one.now.x, one.now.y, one.now.heading, one.now.speedMps)
      if (!spot) continue
      spots.push(spot)
      this.#rows.push({ agent, leftM: spot.leftM })
      const { kind, lengthM, widthM } = one
      const vehicle = vehicleOf(kind as keyof VehicleMix, random, manner)
      vehicles.push({ ...vehicle, lengthM, widthM })
    }
    this.#simulation = new TrafficSimulation(network.graph, {
      seed: random.int(0, 2 ** 31),
      vehicles,
      conflicts: network.conflicts,
    })
    const { state } = this.#simulation
    for (const [row, { lane, s }] of spots.entries()) {
      const { now, lengthM } = agents[this.#rows[row]?.agent as number] as WindowAgent
      const factor = now.speedMps / (state.laneSpeed[lane] as number)
      state.speedFactor[row] = Math.max(state.speedFactor[row] as number, factor)
      this.#simulation.put(row, lane, s + lengthM / 2, now.speedMps)
    }
  }

  run(): Tracks {
    const { finder } = this.#window.network
    const { obstacles } = this.#simulation
    const others = this.#others
    for (let frame = pastSteps + 1; frame < this.#tracks.frames; frame++) {
      for (let row = 0; row < others.count; row++) {
        if (others.isPresent[row] === 0) continue
        if (this.#window.agents[row]?.kind === 'pedestrian') finder.addPedestrian(others, row, obstacles)
        else finder.addAgent(others, row, reachM, 0, obstacles)
      }
      this.#simulation.step(stepS)
      this.#moveOthers()
      this.#moveRows((frame - pastSteps) * stepS)
      for (let row = 0; row < others.count; row++)
        this.#tracks.put(
          row,
          frame,
          others.x[row] as number,
          others.y[row] as number,
          others.heading[row] as number,
        )
    }
    return this.#tracks
  }

  /** Those on lanes; who has come to the end of the map is one of the others from then on. */
  #moveRows(timeS: number): void {
    const { state } = this.#simulation
    for (const [row, { agent, leftM }] of this.#rows.entries()) {
      if (this.#others.isPresent[agent] === 1) continue
      if ((state.lane[row] as number) < 0) {
        this.#others.isPresent[agent] = 1
        this.#goOn(agent)
        continue
      }
      bodyPose(state, row, lateralOf(state, row) + leftM * Math.exp(-timeS / centreS), this.#pose)
      const [x = 0, y = 0, heading = 0] = this.#pose
      this.#place(agent, x, y, heading, state.v[row] as number)
    }
  }

  #moveOthers(): void {
    for (let row = 0; row < this.#others.count; row++) if (this.#others.isPresent[row] === 1) this.#goOn(row)
  }

  #goOn(row: number): void {
    const { x, y, heading, speedMps } = this.#others
    const way = (speedMps[row] as number) * stepS
    x[row] = (x[row] as number) + way * Math.cos(heading[row] as number)
    y[row] = (y[row] as number) + way * Math.sin(heading[row] as number)
  }

  #place(row: number, x: number, y: number, heading: number, speedMps: number): void {
    this.#others.x[row] = x
    this.#others.y[row] = y
    this.#others.heading[row] = heading
    this.#others.speedMps[row] = speedMps
  }
}

function isParked({ log }: RecordedWindow, agent: number, { leftM }: LaneSpot): boolean {
  const now = agent * log.frames + pastSteps
  const past = Array.from({ length: pastSteps }, (_, step) => now - 1 - step)
  return (
    Math.abs(leftM) >= parkedM &&
    past.every(
      (at) =>
        log.isThere[at] === 0 ||
        Math.hypot(
          (log.x[at] as number) - (log.x[now] as number),
          (log.y[at] as number) - (log.y[now] as number),
        ) < stillM,
    )
  )
}

/** The lane that somebody is on, the best by place and heading; null beside all. */
function spotOf(graph: LaneGraph, { now }: WindowAgent): LaneSpot | null {
  let best: LaneSpot | null = null
  let least = Infinity
  for (let lane = 0; lane < graph.count; lane++) {
    const start = graph.sampleStart[lane] as number
    const pieces = (graph.sampleStart[lane + 1] as number) - start - 1
    let nearest = start
    let square = Infinity
    for (let i = start; i <= start + pieces; i++) {
      const [dx, dy] = [now.x - (graph.sampleX[i] as number), now.y - (graph.sampleY[i] as number)]
      if (dx * dx + dy * dy >= square) continue
      square = dx * dx + dy * dy
      nearest = i
    }
    const heading = graph.sampleHeading[nearest] as number
    const turn = Math.abs(wrapAngle(now.heading - heading))
    if (turn > mostTurnRad) continue
    const [cos, sin] = [Math.cos(heading), Math.sin(heading)]
    const [dx, dy] = [now.x - (graph.sampleX[nearest] as number), now.y - (graph.sampleY[nearest] as number)]
    const leftM = dy * cos - dx * sin
    const length = graph.lengthM[lane] as number
    const s = ((nearest - start) / pieces) * length + dx * cos + dy * sin
    if (Math.abs(leftM) > (graph.widthM[lane] as number) / 2 + besideM || s < 0 || s > length) continue
    const cost = Math.abs(leftM) + turnWeightM * turn
    if (cost >= least) continue
    least = cost
    best = { lane, s, leftM }
  }
  return best
}
