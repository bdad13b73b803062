import { createHash } from 'node:crypto'
import { evidentKinds } from '../domain/kinds.ts'
import { isNamed, priorFor, restsOn } from '../kind/combine.ts'
import type { Combination, Priors } from '../kind/combine.ts'
import { fitTrust, probabilitiesOf, scoreCase } from '../kind/fit-combination.ts'
import type { LabelledCase, ScoredCase } from '../kind/fit-combination.ts'
import type { LinearKinds } from '../kind/linear-kinds.ts'
import { trainLinear } from '../kind/train-linear.ts'
import type { LabelledBag, LinearOptions } from '../kind/train-linear.ts'
import type { KindModel } from '../kind/model.ts'

/** Cases of one source (a town, a borough): sources are never split. */
export interface CaseSource {
  name: string
  cases: readonly LabelledCase[]
  /** How much its shares of kinds count among those of the others; default 1, and 0 of a list without addresses. */
  share?: number
}

export interface LearnOptions extends LinearOptions {
  /** Statements with a kind, without an address: descriptions of uses and the like. */
  extra?: readonly LabelledBag[]
  /** Error that decided cases may have in validation. */
  mostError?: number
  /** Cases that nothing is learned from: how sure is sure enough where documents alone speak. Without them as sure as where rows do. */
  validation?: readonly LabelledCase[]
}

const width = evidentKinds.length

/**
 * Learns weights from all sources, and what is fitted after them (reliabilities, temperature, threshold) on predictions for sources
 * that the weights had not seen: each source is predicted by weights of the others. With one source its cases are halved by turns.
 */
export function learnModel(sources: readonly CaseSource[], options: LearnOptions = {}): KindModel {
  const parts = sources.length > 1 ? sources : halves(sources[0]?.cases ?? [])
  const lists = parts.map((held) => {
    const linear = trainOn(
      parts.filter((one) => one !== held),
      options,
    )
    const usual = logShares(sharesOf(held.cases))
    return everyNth(held.cases, 800).map((one) => scoreCase(linear, one, usual))
  })
  const combination = { ...fitTrust(lists.flat()), priors: priorsOf(sources) }
  const linear = trainOn(sources, options)
  const mostError = options.mostError ?? 0.02
  const rows = thresholdFor(lists, combination, mostError)
  return {
    version: versionOf(linear, combination),
    linear,
    combination,
    thresholds: {
      rows,
      documents: documentsThreshold({ linear, combination }, options.validation ?? [], mostError) ?? rows,
    },
  }
}

/** However few errors it would add, what is less sure than this is not decided alone. */
const leastSure = 0.9

/**
 * How sure is sure enough where documents alone speak, by itself since rows of an unlike town mislead where what people wrote does not (Mondrian conformal prediction,
 * Vovk 2003): at most `mostError` of these cases, which nothing was learned from, are wrong. Null where too few of them rest on documents.
 */
export function documentsThreshold(
  { linear, combination }: Pick<KindModel, 'linear' | 'combination'>,
  cases: readonly LabelledCase[],
  mostError: number,
): number | null {
  const none = new Float64Array(width)
  const judged = cases
    .filter(({ observations }) => restsOn(observations) === 'documents')
    .map((one) => judge(scoreCase(linear, one, none), combination))
  return judged.length < leastToTell ? null : Math.max(leastSure, leastConfidence(judged, mostError))
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
  const bags = sources.flatMap(({ cases }, source) =>
    cases.flatMap(({ observations, label }) =>
      observations.map(({ statements }): LabelledBag => ({
        statements: statements.map(({ features }) => features),
        label,
        source,
        weight: 1 / Math.sqrt(cases.length),
      })),
    ),
  )
  return trainLinear([...bags, ...(options.extra ?? [])], width, options)
}

/** Shares of kinds among cases, with two cases spread over all kinds added. */
function sharesOf(cases: readonly LabelledCase[]): Float64Array {
  const shares = new Float64Array(width).fill(2 / width / (cases.length + 2))
  for (const { label } of cases) shares[label]! += 1 / (cases.length + 2)
  return shares
}

const logShares = (shares: Float64Array) => shares.map((share) => Math.log(share))

/** Fewer cases than this tell no shares. */
const leastToTell = 60

/**
 * What is usual in a list that nobody knows: the mean of the shares of kinds of the lists that are known, which is what averaging over their priors
 * comes to for one address (a mixture of the towns as a hierarchical prior). Lists that name who is there are apart from those that do not.
 */
function priorsOf(sources: readonly CaseSource[]): Priors {
  const meanWhere = (holds: (one: LabelledCase) => boolean): Float64Array | null => {
    const mean = new Float64Array(width)
    let total = 0
    for (const { cases, share = 1 } of sources) {
      const known = cases.filter((one) => holds(one))
      if (share === 0 || known.length < leastToTell) continue
      sharesOf(known).forEach((each, kind) => (mean[kind]! += share * each))
      total += share
    }
    return total === 0 ? null : logShares(mean.map((one) => one / total))
  }
  const all = meanWhere(() => true) ?? logShares(sharesOf(sources.flatMap(({ cases }) => cases)))
  return {
    named: meanWhere(({ observations }) => isNamed(observations)) ?? all,
    unnamed: meanWhere(({ observations }) => !isNamed(observations)) ?? all,
  }
}

/** Of what is decided alone in a list that nobody learned from, the share that may be wrong. */
const mostErrorOfOne = 0.05

/** Above every confidence: nothing is decided alone. */
const neverSure = 1.01

/** A case that was held out, as the weights of the others decide it. */
interface Judged {
  confidence: number
  isRight: boolean
}

/**
 * Least confidence from which on at most `mostError` of all these cases are wrong, and at most 5 % of each list by itself: a list that is like none of the others
 * is what the next one may be (the largest of the lists' own thresholds, as in hierarchical conformal prediction, Dunn, Wasserman and Ramdas 2022).
 */
function thresholdFor(
  lists: readonly (readonly ScoredCase[])[],
  combination: Combination,
  mostError: number,
): number {
  const judged = lists.map((list) => list.map((one) => judge(one, combination)))
  return Math.max(
    leastConfidence(judged.flat(), mostError),
    ...judged.map((list) => leastConfidence(list, mostErrorOfOne)),
  )
}

function judge(one: ScoredCase, combination: Combination): Judged {
  const probabilities = probabilitiesOf(one, priorFor(combination.priors, one.documents), combination)
  const best = indexOfMost(probabilities)
  return { confidence: probabilities[best]!, isRight: best === one.label }
}

/** Above 1 where not even the surest may be decided. */
function leastConfidence(judged: readonly Judged[], mostError: number): number {
  let wrong = 0
  let least = neverSure
  for (const [at, { confidence, isRight }] of judged
    .toSorted((a, b) => b.confidence - a.confidence)
    .entries()) {
    if (!isRight) wrong++
    if (wrong / (at + 1) <= mostError) least = confidence
  }
  return least
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
