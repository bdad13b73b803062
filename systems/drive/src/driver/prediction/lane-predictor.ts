import { buildLaneGraph } from '../../world/lanes/lane-graph.ts'
import type { RoadNetwork } from '../../world/opendrive/road-network.ts'
import type { TrackTable } from '../perception/track-table.ts'
import type { SignalTable } from '../../world/scene/signal-table.ts'
import { LaneIndex } from './lane-index.ts'
import { LaneRoads } from './lane-path.ts'
import { ModeNet } from './mode-net.ts'
import type { NetWeights } from './mode-net.ts'
import { ModeSet } from './mode-set.ts'
import { PredictionTable, predictionModes, predictionPoints } from './prediction-table.ts'
import type { Predictor } from './predictor.ts'
import { scoreModes } from './score-modes.ts'

interface Roads {
  index: LaneIndex
  roads: LaneRoads
}

const known = new WeakMap<RoadNetwork, { signals: SignalTable; roads: Roads }>()

function roadsOf(network: RoadNetwork, signals: SignalTable): Roads {
  const before = known.get(network)
  if (before?.signals.heads === signals.heads) return before.roads
  const graph = buildLaneGraph(network)
  const roads = { index: new LaneIndex(graph), roads: new LaneRoads(graph, signals) }
  known.set(network, { signals, roads })
  return roads
}

/**
 * Six ways a track: along the lanes that follow (with the intelligent driver model behind leaders and before lights), held back at the next stop line, to
 * the lanes beside, and turning as now; on foot: on, turning, stopping, slower and to both sides. A small net says how likely each is, moves it a little, and says how far
 * off it may be; without weights rules of thumb do.
 */
export class LanePredictor implements Predictor {
  readonly predictions: PredictionTable
  /** Standard deviations along and across at the end of the horizon, by row and mode. */
  readonly alongSigmaM: Float64Array
  readonly acrossSigmaM: Float64Array
  readonly #modes: ModeSet
  readonly #net: ModeNet | null
  readonly #temperature: number

  constructor(network: RoadNetwork, signals: SignalTable, capacity: number, weights: NetWeights | null) {
    const { index, roads } = roadsOf(network, signals)
    this.predictions = new PredictionTable(capacity)
    this.alongSigmaM = new Float64Array(capacity * predictionModes)
    this.acrossSigmaM = new Float64Array(capacity * predictionModes)
    this.#modes = new ModeSet(index, roads, signals)
    this.#net = weights ? new ModeNet(weights.layers) : null
    this.#temperature = weights?.temperature ?? 1
  }

  predict(tracks: Readonly<TrackTable>): void {
    const { predictions } = this
    const lanes = this.#modes.lanesOf(tracks)
    for (let row = 0; row < tracks.count; row++) {
      const scored = scoreModes(this.#modes.modesOf(tracks, row, lanes), this.#net, this.#temperature)
      predictions.modeCount[row] = scored.length
      for (const [mode, one] of scored.entries()) {
        const way = row * predictionModes + mode
        predictions.probability[way] = one.probability
        this.alongSigmaM[way] = one.alongSigmaM
        this.acrossSigmaM[way] = one.acrossSigmaM
        predictions.x.set(one.x, way * predictionPoints)
        predictions.y.set(one.y, way * predictionPoints)
        predictions.heading.set(one.heading, way * predictionPoints)
      }
    }
  }
}
