import { createHash } from 'node:crypto'
import { softmax } from '@heavylift/core/math'
import { evidentKinds } from '../domain/kinds.ts'
import { boundedLogOdds } from '../kind/combine.ts'
import type { Combination } from '../kind/combine.ts'
import { fitCombination, scoreCase } from '../kind/fit-combination.ts'
import type { LabelledCase, ScoredCase } from '../kind/fit-combination.ts'
import type { LinearKinds } from '../kind/linear-kinds.ts'
import { trainLinear } from '../kind/train-linear.ts'
import type { LabelledBag, LinearOptions } from '../kind/train-linear.ts'
import type { KindModel } from '../kind/model.ts'

/** Cases of one source (a town, a borough): sources are never split. */
export interface CaseSource {
  name: string
  cases: readonly LabelledCase[]
  /** That its shares of kinds are those of no list of deliveries (a register of licences): they do not enter the prior. */
  isSelected?: boolean
}

export interface LearnOptions extends LinearOptions {
  /** Statements with a kind, without an address: descriptions of uses and the like. */
  extra?: readonly LabelledBag[]
  /** Error that decided cases may have in validation. */
  mostError?: number
}

const width = evidentKinds.length

/**
 * Learns weights from all sources, and what is fitted after them (reliabilities, temperature, threshold) on predictions for sources
 * that the weights had not seen: each source is predicted by weights of the others. With one source its cases are halved by turns.
 */
export function learnModel(sources: readonly CaseSource[], options: LearnOptions = {}): KindModel {
  const parts = sources.length > 1 ? sources : halves(sources[0]?.cases ?? [])
  const scored = parts.flatMap((held) => {
    const linear = trainOn(
      parts.filter((one) => one !== held),
      options,
    )
    return everyNth(held.cases, 800).map((one) => scoreCase(linear, one))
  })
  const prior = priorOf(
    sources.some(({ isSelected }) => isSelected !== true)
      ? sources.filter(({ isSelected }) => isSelected !== true)
      : sources,
  )
  const combination = fitCombination(scored, prior)
  const linear = trainOn(sources, options)
  return {
    version: versionOf(linear, combination),
    linear,
    combination,
    threshold: thresholdFor(scored, combination, options.mostError ?? 0.02),
  }
}

/** At most `most` cases, evenly over all. */
function everyNth<Item>(items: readonly Item[], most: number): Item[] {
  const step = Math.max(1, items.length / most)
  return Array.from({ length: Math.min(items.length, most) }, (_, at) => items[Math.floor(at * step)]!)
}

function halves(cases: readonly LabelledCase[]): CaseSource[] {
  return [0, 1].map((half) => ({ name: `half ${half}`, cases: cases.filter((_, at) => at % 2 === half) }))
}

/** A bag a document, each source counting the same. */
function trainOn(sources: readonly CaseSource[], options: LearnOptions): LinearKinds {
  const bags = sources.flatMap(({ cases }) =>
    cases.flatMap(({ observations, label }) =>
      observations.map(({ statements }): LabelledBag => ({
        statements: statements.map(({ features }) => features),
        label,
        weight: 1 / Math.sqrt(cases.length),
      })),
    ),
  )
  return trainLinear([...bags, ...(options.extra ?? [])], width, options)
}

/** Shares of kinds over sources, each source counting the same, with half a case of each kind added. */
function priorOf(sources: readonly CaseSource[]): Float64Array {
  const shares = new Float64Array(width)
  for (const { cases } of sources) for (const { label } of cases) shares[label]! += 1 / cases.length
  const total = shares.reduce((sum, share) => sum + share, 0)
  const floor = 0.002
  return shares.map((share) => Math.log((share / total + floor) / (1 + floor * width)))
}

/** Least confidence from which on at most `mostError` of these cases are wrong. */
function thresholdFor(scored: readonly ScoredCase[], combination: Combination, mostError: number): number {
  const decided = scored
    .map((one) => {
      const probabilities = probabilitiesOf(one, combination)
      const best = indexOfMost(probabilities)
      return { confidence: probabilities[best]!, isRight: best === one.label }
    })
    .sort((a, b) => b.confidence - a.confidence)
  let wrong = 0
  let threshold = decided[0]?.confidence ?? 1
  decided.forEach(({ confidence, isRight }, at) => {
    if (!isRight) wrong++
    if (wrong / (at + 1) <= mostError) threshold = confidence
  })
  return threshold
}

function probabilitiesOf(
  { documents }: ScoredCase,
  { prior, trust, halfLifeDays, temperature }: Combination,
): Float64Array {
  const total = Float64Array.from(prior)
  for (const { source, ageDays, scores } of documents) {
    const logOdds = boundedLogOdds(
      scores,
      trust[source].gain,
      trust[source].reliability * 2 ** (-ageDays / halfLifeDays),
    )
    for (let kind = 0; kind < total.length; kind++) total[kind]! += logOdds[kind]!
  }
  return softmax(total.map((one) => one / temperature))
}

export function indexOfMost(values: ArrayLike<number>): number {
  let best = 0
  for (let at = 1; at < values.length; at++) if (values[at]! > values[best]!) best = at
  return best
}

function versionOf(linear: LinearKinds, combination: Combination): string {
  const hash = createHash('sha256')
    .update(new Uint8Array(linear.weights.buffer))
    .update(JSON.stringify(combination))
  return `kind-${hash.digest('hex').slice(0, 10)}`
}
