import type { MeasureInput, ReportProgress } from '@heavylift/core'
import { ConstantTurnPredictor } from '../../driver/prediction/constant-turn-predictor.ts'
import { ConstantVelocityPredictor } from '../../driver/prediction/constant-velocity-predictor.ts'
import { committedNet } from '../../driver/prediction/committed-net.ts'
import { calibrationError, reliabilityBins } from '../../driver/prediction/learn/reliability.ts'
import { figuresOf, fitSigma, scoreTowns } from '../../driver/prediction/learn/score-towns.ts'
import type { PredictionFigures } from '../../driver/prediction/learn/score-towns.ts'
import {
  learned,
  townSeconds,
  townSeeds,
  townVehicles,
} from '../../driver/prediction/learn/train-prediction.ts'
import { townTraffic } from '../../driver/prediction/learn/traffic-moments.ts'
import type { Predictor } from '../../driver/prediction/predictor.ts'

export interface PredictionResult {
  tracks: number
  own: PredictionFigures & { calibrationError: number }
  laneRules: PredictionFigures
  constantTurn: PredictionFigures
  constantVelocity: PredictionFigures
}

/** Scores the committed net on towns that it never saw, and beside it what it stands on. */
export function measurePrediction(
  seeds: readonly number[],
  signal: AbortSignal,
  report: ReportProgress = () => undefined,
  seconds = townSeconds,
): PredictionResult {
  const make = (seed: number) => townTraffic(seed, seconds, townVehicles)
  const towns = seeds.map((seed, index) => {
    signal.throwIfAborted()
    report({ stage: 'towns', done: index, total: seeds.length, unit: 'towns' })
    return make(seed)
  })
  const weights = committedNet()
  const own = scoreTowns(towns, (town, { signals, tracks }) => learned(town, signals, tracks.count, weights))
  const rules = scoreTowns(towns, (town, { signals, tracks }) => learned(town, signals, tracks.count, null))
  // How far off the baselines usually are is told to them, from towns to learn from.
  const seen = townSeeds.training.slice(0, 2).map(make)
  const oneWay = (predictor: (capacity: number) => Predictor) => {
    const sigma = fitSigma(seen, predictor)
    return figuresOf(
      scoreTowns(towns, (_, { tracks }) => ({ predictor: predictor(tracks.count), sigma })).errors,
    )
  }
  const bins = reliabilityBins(own.probabilities, own.happened)
  return {
    tracks: own.errors.length,
    own: { ...figuresOf(own.errors), calibrationError: calibrationError(bins) },
    laneRules: figuresOf(rules.errors),
    constantTurn: oneWay((capacity) => new ConstantTurnPredictor(capacity)),
    constantVelocity: oneWay((capacity) => new ConstantVelocityPredictor(capacity)),
  }
}

export async function runPredictionEval({ report, signal }: MeasureInput) {
  const { tracks, own, laneRules, constantTurn, constantVelocity } = measurePrediction(
    townSeeds.heldOut,
    signal,
    report,
  )
  return {
    n: tracks,
    metrics: { ...own },
    baseline: { ...constantVelocity },
    peers: { constantTurn: { ...constantTurn }, laneRules: { ...laneRules } },
  }
}
