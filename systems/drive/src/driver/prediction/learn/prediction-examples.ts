import { buildLaneGraph } from '../../../world/lanes/lane-graph.ts'
import { LaneIndex } from '../lane-index.ts'
import { LaneRoads } from '../lane-path.ts'
import { featureCount } from '../motion-mode.ts'
import { ModeSet } from '../mode-set.ts'
import { predictionPoints } from '../prediction-table.ts'
import { isScored } from './traffic-moments.ts'
import type { TownTraffic } from './traffic-moments.ts'

/** Points of the horizon that a net learns from: whole seconds. */
export const learnedPoints = [4, 9, 14, 19, 24, 29] as const

/** Tracks to learn from: all modes of each, and how far each is off the truth, along and across itself. */
export interface PredictionExamples {
  /** First mode of each track; one more at the end. */
  start: Int32Array
  features: Float64Array
  /** By mode, then learned point: along, across in metres. */
  residuals: Float64Array
  /** By track: the mode that stays nearest on average. */
  nearest: Int32Array
  groups: string[]
}

export function examplesOf(towns: readonly TownTraffic[]): PredictionExamples {
  const start = [0]
  const features: number[] = []
  const residuals: number[] = []
  const nearest: number[] = []
  const groups: string[] = []
  for (const { name, network, signals, moments } of towns) {
    const graph = buildLaneGraph(network)
    const index = new LaneIndex(graph)
    const roads = new LaneRoads(graph, signals)
    for (const moment of moments) {
      const set = new ModeSet(index, roads, moment.signals)
      const lanes = set.lanesOf(moment.tracks)
      for (let row = 0; row < moment.tracks.count; row++) {
        if (!isScored(moment, row)) continue
        let best = 0
        let least = Infinity
        const modes = set.modesOf(moment.tracks, row, lanes)
        for (const [number, mode] of modes.entries()) {
          let sum = 0
          for (const point of learnedPoints) {
            const at = 2 * (row * predictionPoints + point)
            const cos = Math.cos(mode.heading[point] as number)
            const sin = Math.sin(mode.heading[point] as number)
            const dx = (moment.future[at] as number) - (mode.x[point] as number)
            const dy = (moment.future[at + 1] as number) - (mode.y[point] as number)
            residuals.push(dx * cos + dy * sin, dy * cos - dx * sin)
            sum += Math.hypot(dx, dy)
          }
          if (sum < least) {
            least = sum
            best = number
          }
          features.push(...mode.features)
        }
        nearest.push(best)
        groups.push(name)
        start.push(features.length / featureCount)
      }
    }
  }
  return {
    start: Int32Array.from(start),
    features: Float64Array.from(features),
    residuals: Float64Array.from(residuals),
    nearest: Int32Array.from(nearest),
    groups,
  }
}
