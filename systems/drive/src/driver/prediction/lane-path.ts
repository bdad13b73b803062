import { laneSigns, lanePoint } from '../../world/lanes/lane-graph.ts'
import type { LaneGraph } from '../../world/lanes/lane-graph.ts'
import { signalStates } from '../../world/scene/signal-table.ts'
import type { SignalTable } from '../../world/scene/signal-table.ts'
import type { LanePose } from './lane-index.ts'

const bendMps2 = 2.5
const mostPaths = 4

/** A way over lanes from where a body is. */
export interface LanePath {
  start: LanePose
  lanes: number[]
  /** From the body to the start of each lane, along the way; not above 0 for the first. */
  offsets: number[]
  lengthM: number
  /** How far its direction turns over its length, positive to the left. */
  turnRad: number
}

/** What of a road network prediction needs, made once. */
export class LaneRoads {
  readonly graph: LaneGraph
  /** Speed that a lane is driven at: its limit, less in bends. */
  readonly speedMps: Float64Array
  readonly #headOf: Int32Array

  constructor(graph: LaneGraph, signals: SignalTable) {
    this.graph = graph
    this.speedMps = Float64Array.from({ length: graph.count }, (_, lane) => speedOn(graph, lane))
    this.#headOf = Int32Array.from({ length: graph.count }, (_, lane) =>
      graph.sign[lane] === laneSigns.trafficLight
        ? signals.heads.findIndex(
            ({ road, direction, lanes }) =>
              road === graph.road[lane] &&
              direction === graph.direction[lane] &&
              (lanes.length === 0 || lanes.includes(graph.laneId[lane] as number)),
          )
        : -1,
    )
  }

  /** Whether the light of a lane, if there is one, tells to stop. */
  isClosed(lane: number, signals: SignalTable): boolean {
    const head = this.#headOf[lane] as number
    if (head < 0) return false
    const state = signals.state[head]
    return state === signalStates.red || state === signalStates.amber
  }

  /** Ways from a lane over what follows, `reachM` long or to a dead end; the first four that branch. */
  pathsFrom(start: LanePose, reachM: number): LanePath[] {
    const { graph } = this
    const { start: from, items } = graph.successors
    const done: LanePath[] = []
    const walk = (lanes: number[], offsets: number[], reachedM: number): void => {
      if (done.length === mostPaths) return
      const lane = lanes.at(-1) as number
      const first = from[lane] as number
      const end = from[lane + 1] as number
      if (reachedM >= reachM || first === end) {
        done.push({ start, lanes, offsets, lengthM: reachedM, turnRad: this.#turnOf(lanes, start) })
        return
      }
      for (let at = first; at < end; at++) {
        const next = items[at] as number
        walk([...lanes, next], [...offsets, reachedM], reachedM + (graph.lengthM[next] as number))
      }
    }
    walk([start.lane], [-start.s], (graph.lengthM[start.lane] as number) - start.s)
    return done
  }

  #turnOf(lanes: number[], start: LanePose): number {
    const { graph } = this
    let turn = -start.turnRad
    for (const lane of lanes) {
      const first = graph.sampleStart[lane] as number
      const last = (graph.sampleStart[lane + 1] as number) - 1
      turn += (graph.sampleHeading[last] as number) - (graph.sampleHeading[first] as number)
    }
    return turn
  }

  /** Writes x, y and heading `distance` metres along a way, `lateral` beside its centre, into `out`. Beyond the end it goes straight on. */
  pointOn(path: LanePath, distance: number, lateral: number, out: Float64Array): void {
    const { graph } = this
    let index = path.lanes.length - 1
    while (index > 0 && (path.offsets[index] as number) > distance) index--
    const lane = path.lanes[index] as number
    const s = distance - (path.offsets[index] as number)
    const length = graph.lengthM[lane] as number
    lanePoint(graph, lane, Math.min(s, length), lateral, out)
    if (s <= length) return
    out[0] = (out[0] as number) + (s - length) * Math.cos(out[2] as number)
    out[1] = (out[1] as number) + (s - length) * Math.sin(out[2] as number)
  }

  /** From the body to the next stop line of a way, and whether its light is closed; infinite without one within `reachM`. */
  stopOn(
    path: LanePath,
    reachM: number,
    signals: SignalTable,
  ): { distanceM: number; isClosed: boolean; sign: number } {
    for (const [index, lane] of path.lanes.entries()) {
      const offset = path.offsets[index] as number
      if (offset > reachM) break
      const distanceM = offset + (this.graph.stopM[lane] as number)
      if (Number.isNaN(distanceM) || distanceM < 0 || distanceM > reachM) continue
      return { distanceM, isClosed: this.isClosed(lane, signals), sign: this.graph.sign[lane] as number }
    }
    return { distanceM: Infinity, isClosed: false, sign: laneSigns.none }
  }
}

function speedOn(graph: LaneGraph, lane: number): number {
  const start = graph.sampleStart[lane] as number
  const end = (graph.sampleStart[lane + 1] as number) - 1
  const spacing = (graph.lengthM[lane] as number) / (end - start)
  let sharpest = 1e-6
  for (let at = start; at < end; at++)
    sharpest = Math.max(
      sharpest,
      Math.abs((graph.sampleHeading[at + 1] as number) - (graph.sampleHeading[at] as number)) / spacing,
    )
  return Math.min(graph.speedLimitMps[lane] as number, Math.sqrt(bendMps2 / sharpest))
}
