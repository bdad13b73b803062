import { clamp } from '@heavylift/core/math'
import type { LaneGraph } from '../../world/lanes/lane-graph.ts'

const cellM = 10
/** Farther beside a lane's centre, or turned further from it, a vehicle is not on that lane. */
const mostLateralM = 3
const mostTurnRad = Math.PI / 3

/** Where a body is on a lane. */
export interface LanePose {
  lane: number
  s: number
  /** Left of the centre. */
  lateralM: number
  /** Heading of the body minus that of the lane. */
  turnRad: number
}

/** Finds the lanes that a body may be driving on, by a grid over the samples of their centres. */
export class LaneIndex {
  readonly graph: LaneGraph
  readonly #cells = new Map<number, number[]>()
  readonly #laneOfSample: Int32Array

  constructor(graph: LaneGraph) {
    this.graph = graph
    this.#laneOfSample = new Int32Array(graph.sampleX.length)
    for (let lane = 0; lane < graph.count; lane++)
      for (let at = graph.sampleStart[lane] as number; at < (graph.sampleStart[lane + 1] as number); at++) {
        this.#laneOfSample[at] = lane
        const cell = cellOf(graph.sampleX[at] as number, graph.sampleY[at] as number)
        const list = this.#cells.get(cell)
        if (list) list.push(at)
        else this.#cells.set(cell, [at])
      }
  }

  /** Lanes at (x, y) along `heading`, those nearest to the centre and the direction first, at most `most`. */
  find(x: number, y: number, heading: number, most: number): LanePose[] {
    const { graph } = this
    const nearest = new Map<number, { sample: number; square: number }>()
    for (let dx = -1; dx <= 1; dx++)
      for (let dy = -1; dy <= 1; dy++)
        for (const sample of this.#cells.get(cellOf(x + dx * cellM, y + dy * cellM)) ?? []) {
          const square =
            (x - (graph.sampleX[sample] as number)) ** 2 + (y - (graph.sampleY[sample] as number)) ** 2
          const lane = this.#laneOfSample[sample] as number
          const known = nearest.get(lane)
          if (known === undefined || square < known.square) nearest.set(lane, { sample, square })
        }
    const poses: (LanePose & { cost: number })[] = []
    for (const [lane, { sample }] of nearest) {
      const along = graph.sampleHeading[sample] as number
      const cos = Math.cos(along)
      const sin = Math.sin(along)
      const dx = x - (graph.sampleX[sample] as number)
      const dy = y - (graph.sampleY[sample] as number)
      const lateralM = dy * cos - dx * sin
      const turn = heading - along
      const turnRad = turn - 2 * Math.PI * Math.round(turn / (2 * Math.PI))
      if (Math.abs(lateralM) > mostLateralM || Math.abs(turnRad) > mostTurnRad) continue
      const start = graph.sampleStart[lane] as number
      const pieces = (graph.sampleStart[lane + 1] as number) - start - 1
      const length = graph.lengthM[lane] as number
      const s = ((sample - start) / pieces) * length + dx * cos + dy * sin
      if (s < -2 || s > length + 2) continue
      const cost = (lateralM / 1.2) ** 2 + (turnRad / 0.3) ** 2
      poses.push({ lane, s: clamp(s, 0, length), lateralM, turnRad, cost })
    }
    return poses.toSorted((a, b) => a.cost - b.cost || a.lane - b.lane).slice(0, most)
  }
}

function cellOf(x: number, y: number): number {
  return Math.floor(x / cellM) * 100_003 + Math.floor(y / cellM)
}
