import { createRandom } from '@heavylift/core/math'
import type { ReportProgress } from '@heavylift/core'
import { LanePredictor } from '../lane-predictor.ts'
import type { NetWeights } from '../mode-net.ts'
import { growingSigma } from '../prediction-metrics.ts'
import type { PredictionErrors } from '../prediction-metrics.ts'
import { examplesOf } from './prediction-examples.ts'
import { calibrationError, reliabilityBins, reliabilityPicture } from './reliability.ts'
import { figuresOf, scoreTowns } from './score-towns.ts'
import type { PredictionFigures, TownScores } from './score-towns.ts'
import { trainNet } from './train-net.ts'
import { townTraffic } from './traffic-moments.ts'
import type { TownTraffic } from './traffic-moments.ts'

/** Seeds of towns and their traffic. No town is in two parts. */
export const townSeeds = {
  training: Array.from({ length: 36 }, (_, index) => 1 + index),
  calibration: Array.from({ length: 4 }, (_, index) => 501 + index),
  heldOut: Array.from({ length: 10 }, (_, index) => 1001 + index),
}
export const townSeconds = 60
export const townVehicles = 90
const netSeed = 1

export interface TrainedPrediction {
  weights: NetWeights
  report: string
  picture: string
}

export interface TrainPredictionOptions {
  training?: readonly number[]
  calibration?: readonly number[]
  heldOut?: readonly number[]
  epochs?: number
  /** Of traffic in each town. */
  seconds?: number
  signal: AbortSignal
  report: ReportProgress
}

/** Trains the prediction net on made traffic: the same seeds give the same bytes. */
export function trainPrediction(options: TrainPredictionOptions): TrainedPrediction {
  const { signal, report, epochs = 14, seconds = townSeconds } = options
  const { training = townSeeds.training, calibration = townSeeds.calibration } = options
  const { heldOut = townSeeds.heldOut } = options
  const make = (seeds: readonly number[], stage: string) =>
    seeds.map((seed, index) => {
      signal.throwIfAborted()
      report({ stage, done: index, total: seeds.length, unit: 'towns' })
      return townTraffic(seed, seconds, townVehicles)
    })
  const examples = examplesOf(make(training, 'traffic to learn from'))
  const net = trainNet(examples, {
    seed: netSeed,
    epochs,
    report: (epoch) => {
      signal.throwIfAborted()
      report({ stage: 'training', done: epoch + 1, total: epochs, unit: 'epochs' })
    },
  })
  const layers = net.layers.map((layer) => [...layer].map((value) => Number(value.toPrecision(6))))
  const plain: NetWeights = { layout: 1, name: 'prediction', temperature: 1, layers }
  const weights = { ...plain, temperature: fitTemperature(make(calibration, 'calibration'), plain) }
  const towns = make(heldOut, 'held-out traffic')
  const scores = scoreTowns(towns, (town, moment) =>
    learned(town, moment.signals, moment.tracks.count, weights),
  )
  const rules = scoreTowns(towns, (town, moment) => learned(town, moment.signals, moment.tracks.count, null))
  const bins = reliabilityBins(scores.probabilities, scores.happened)
  return {
    weights,
    report: writeReport(scores, rules, calibrationError(bins), {
      examples: examples.nearest.length,
      epochs,
      seconds,
      temperature: weights.temperature,
      training,
      calibration,
      heldOut,
    }),
    picture: reliabilityPicture('Prediction: which way is taken', bins),
  }
}

export function learned(
  { network }: TownTraffic,
  signals: TownTraffic['signals'],
  capacity: number,
  weights: NetWeights | null,
) {
  const predictor = new LanePredictor(network, signals, capacity, weights)
  return { predictor, sigma: growingSigma(predictor.alongSigmaM, predictor.acrossSigmaM) }
}

/** One number that all scores are divided by (Guo et al. 2017): that under which what happened was likeliest. */
function fitTemperature(towns: readonly TownTraffic[], weights: NetWeights): number {
  let best = 1
  let least = Infinity
  for (let temperature = 0.6; temperature < 2; temperature *= 1.08) {
    const told = scoreTowns(towns, (town, moment) =>
      learned(town, moment.signals, moment.tracks.count, { ...weights, temperature }),
    )
    const loss = told.probabilities.reduce(
      (sum, probability, index) =>
        sum - (told.happened[index] === 1 ? Math.log(Math.max(probability, 1e-9)) : 0),
      0,
    )
    if (loss >= least) continue
    least = loss
    best = temperature
  }
  return Number(best.toPrecision(6))
}

/** 95 % percentile bootstrap over towns (Efron and Tibshirani 1993, ch. 13). */
function interval(scores: TownScores, name: keyof PredictionFigures): [number, number] {
  const byTown = new Map<string, PredictionErrors[]>()
  for (const [index, group] of scores.groups.entries())
    byTown.set(group, [...(byTown.get(group) ?? []), scores.errors[index] as PredictionErrors])
  const towns = [...byTown.values()]
  const random = createRandom('bootstrap-prediction')
  const draws = Array.from(
    { length: 500 },
    () => figuresOf(towns.flatMap(() => towns[Math.floor(random.next() * towns.length)] ?? []))[name],
  ).toSorted((a, b) => a - b)
  return [draws[12] as number, draws[487] as number]
}

interface Told {
  examples: number
  epochs: number
  seconds: number
  temperature: number
  training: readonly number[]
  calibration: readonly number[]
  heldOut: readonly number[]
}

function writeReport(scores: TownScores, rules: TownScores, error: number, told: Told): string {
  const own = figuresOf(scores.errors)
  const other = figuresOf(rules.errors)
  const names: [keyof PredictionFigures, string][] = [
    ['minAde6', 'minADE of 6, m'],
    ['minFde6', 'minFDE of 6, m'],
    ['missRate', 'miss rate (2 m)'],
    ['brier', 'brier-minFDE'],
    ['nll', 'NLL, nats'],
  ]
  const rows = names.map(([name, title]) => {
    const [low, high] = interval(scores, name)
    return `| ${title} | ${own[name].toFixed(3)} | ${low.toFixed(3)} – ${high.toFixed(3)} | ${other[name].toFixed(3)} |`
  })
  const seeds = (list: readonly number[]) => `${list[0]} to ${list.at(-1)}`
  return (
    [
      '# Prediction',
      'How likely each of six ways of a road user is, how far each is moved along and across, and how far off it may be, six seconds ahead.',
      '## Data',
      `Made traffic, ${told.seconds} s of ${townVehicles} vehicles in each of ${told.training.length + told.calibration.length + told.heldOut.length} made towns, seen every three seconds as it truly was: towns ${seeds(told.training)} to learn from (${told.examples.toLocaleString('en')} tracks), ${seeds(told.calibration)} for the temperature of the probabilities, ${seeds(told.heldOut)} held out. Vehicles and cyclists that move or will, and stay for six seconds.`,
      `${told.epochs} epochs of Adam; temperature ${told.temperature}.`,
      '## Measured',
      `On the held-out towns: ${scores.errors.length.toLocaleString('en')} tracks. Intervals are the 95 % percentile bootstrap over towns. Rules: the same ways with likelihoods by rules of thumb.`,
      ['| figure | net | interval | rules |', '| --- | --- | --- | --- |', ...rows].join('\n'),
      `Expected calibration error of the probabilities: ${error.toFixed(4)}.`,
      '![Reliability of the probabilities](prediction.svg)',
      '## Limits',
      'The traffic is made by the intelligent driver model and MOBIL, whose drivers signal their turns 40 m ahead and never blunder: on real roads figures are worse. Tracks are the true ones; with tracks of sensors they are worse too. People on foot are predicted by the same net but were not in the traffic that it learned from.',
    ].join('\n\n') + '\n'
  )
}
