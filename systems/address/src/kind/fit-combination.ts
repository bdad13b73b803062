import { softmax } from '@heavylift/core/math'
import { sources } from '../domain/evidence.ts'
import type { Observation, Source } from '../domain/evidence.ts'
import { addScores } from './linear-kinds.ts'
import type { LinearKinds } from './linear-kinds.ts'
import { boundedLogOdds } from './combine.ts'
import type { Combination } from './combine.ts'

/** An address with its documents and the kind that it turned out to be. */
export interface LabelledCase {
  observations: readonly Observation[]
  /** Index of the kind. */
  label: number
}

const dayMs = 86_400_000
const reliabilities = [0.3, 0.5, 0.65, 0.75, 0.82, 0.88, 0.92, 0.95, 0.97, 0.985, 0.995]
const gains = [0.3, 0.5, 0.75, 1, 1.4, 2, 3]
const halfLives = [60, 120, 250, 500, 1000, 2000, 4000, 1e9]
const temperatures = [0.7, 0.8, 0.9, 1, 1.15, 1.35, 1.6, 2, 2.5]

export const neutralTrust = (): Combination['trust'] =>
  Object.fromEntries(sources.map((source) => [source, { reliability: 0.9, gain: 1 }])) as Combination['trust']

/** How far sources are believed, without what is usual. */
export type Trust = Omit<Combination, 'priors'>

/**
 * Reliabilities, gains, half-life and temperature that make the labels of these cases likeliest (coordinate search over a grid,
 * two rounds). Their scores must come from weights that were trained on other cases. Each case is judged with the shares of kinds of its own
 * source: what is usual in a town is no fault and no merit of its documents.
 */
export function fitTrust(scored: readonly ScoredCase[]): Trust {
  const combination: Trust = { trust: neutralTrust(), halfLifeDays: 500, temperature: 1 }
  const seen = sources.filter((source) =>
    scored.some(({ documents }) => documents.some((one) => one.source === source)),
  )
  let best = logLoss(scored, combination)
  const tryOut = (set: () => void, undo: () => void): boolean => {
    set()
    const loss = logLoss(scored, combination)
    if (loss < best - 1e-6) {
      best = loss
      return true
    }
    undo()
    return false
  }
  for (let round = 0; round < 2; round++) {
    for (const source of seen) {
      const trust = combination.trust[source]
      for (const value of reliabilities) {
        const was = trust.reliability
        tryOut(
          () => (trust.reliability = value),
          () => (trust.reliability = was),
        )
      }
      for (const value of gains) {
        const was = trust.gain
        tryOut(
          () => (trust.gain = value),
          () => (trust.gain = was),
        )
      }
    }
    for (const value of halfLives) {
      const was = combination.halfLifeDays
      tryOut(
        () => (combination.halfLifeDays = value),
        () => (combination.halfLifeDays = was),
      )
    }
    for (const value of temperatures) {
      const was = combination.temperature
      tryOut(
        () => (combination.temperature = value),
        () => (combination.temperature = was),
      )
    }
  }
  return combination
}

/** A case with the score that weights give each of its documents. */
export interface ScoredCase {
  label: number
  /** Log of each kind's share in the case's source. */
  usual: Float64Array
  documents: { source: Source; ageDays: number; scores: Float64Array }[]
}

export function scoreCase(
  linear: LinearKinds,
  { observations, label }: LabelledCase,
  usual: Float64Array,
): ScoredCase {
  const newestMs = Math.max(...observations.map(({ dateMs }) => dateMs ?? -Infinity))
  return {
    label,
    usual,
    documents: observations.map(({ source, dateMs, statements }) => {
      const scores = new Float64Array(linear.width)
      for (const { features } of statements) addScores(linear, features, scores)
      return { source, scores, ageDays: dateMs === null ? 0 : (newestMs - dateMs) / dayMs }
    }),
  }
}

/** Mean of −log of the probability of what each case is, with what is usual in its source as prior. */
export function logLoss(cases: readonly ScoredCase[], trust: Trust): number {
  let loss = 0
  for (const one of cases)
    loss -= Math.log(Math.max(probabilitiesOf(one, one.usual, trust)[one.label]!, 1e-9))
  return loss / Math.max(cases.length, 1)
}

/** Probabilities of the kinds, with a prior. */
export function probabilitiesOf(
  { documents }: ScoredCase,
  prior: Float64Array,
  { trust, halfLifeDays, temperature }: Trust,
): Float64Array {
  const total = Float64Array.from(prior)
  for (const { source, ageDays, scores } of documents) {
    const { reliability, gain } = trust[source]
    const logOdds = boundedLogOdds(scores, gain, reliability * 2 ** (-ageDays / halfLifeDays))
    for (let kind = 0; kind < total.length; kind++) total[kind]! += logOdds[kind]! / temperature
  }
  return softmax(total)
}
