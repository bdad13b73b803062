import { createHash } from 'node:crypto'
import type { Source } from '../domain/evidence.ts'
import { evidentKinds } from '../domain/kinds.ts'
import { isNamed, priorFor, restsOn } from '../kind/combine.ts'
import type { Combination, Priors } from '../kind/combine.ts'
import { fitTrust, logLoss, probabilitiesOf, scoreCase } from '../kind/fit-combination.ts'
import type { LabelledCase, ScoredCase, Trust } from '../kind/fit-combination.ts'
import type { LinearKinds } from '../kind/linear-kinds.ts'
import { trainLinear } from '../kind/train-linear.ts'
import type { LabelledBag, LinearOptions } from '../kind/train-linear.ts'
import type { KindModel } from '../kind/model.ts'

/** Cases of one source (a town, a borough): sources are never split. */
export interface CaseSource {
  /** Those whose names are alike up to the first hyphen (`ny-syracuse`) are held out together, and count as one where a feature must be seen in several. */
  name: string
  cases: readonly LabelledCase[]
  /** How much its shares of kinds count among those of the others; default 1, and 0 of a list without addresses. */
  share?: number
}

export interface LearnOptions extends LinearOptions {
  /** Statements with a kind, without an address: descriptions of uses and the like. */
  extra?: readonly LabelledBag[]
  /** How much is learned from each list; by default what fits lists that are held out best. */
  manner?: Manner
  /** Error that decided cases may have in validation. */
  mostError?: number
  /** Cases that nothing is learned from: how sure is sure enough where documents alone speak. Without them as sure as where rows do. */
  validation?: readonly LabelledCase[]
}

const width = evidentKinds.length

/**
 * Learns weights from all sources, and what is fitted after them (reliabilities, temperature, threshold) on predictions for sources
 * that the weights had not seen: each source is predicted by weights of the others (of other groups). With one source its cases are halved by turns.
 */
export function learnModel(sources: readonly CaseSource[], options: LearnOptions = {}): KindModel {
  const parts = sources.length > 1 ? sources : halves(sources[0]?.cases ?? [])
  const { manner, lists, trust } = likeliest(
    (options.manner === undefined ? [careful, bold] : [options.manner]).map((one) => {
      const held = heldOut(parts, { ...options, ...one })
      return { manner: one, lists: held, trust: fitTrust(held.flatMap(({ scored }) => scored)) }
    }),
  )
  const combination = { ...trust, trust: { ...trust.trust, form: certain }, priors: priorsOf(sources) }
  const linear = trainOn(sources, { ...options, ...manner })
  const mostError = options.mostError ?? 0.02
  const judged = lists.map(({ scored }) => scored.map((one) => judge(one, combination)))
  const rows = thresholdFor(judged, mostError)
  return {
    version: versionOf(linear, combination),
    linear,
    combination,
    thresholds: {
      rows,
      documents: documentsThreshold({ linear, combination }, options.validation ?? [], mostError) ?? rows,
    },
    listGaps: gapsOf(judged.filter((_, at) => (lists[at]!.list.share ?? 1) === 1)),
  }
}

/** A box or a route is one by its form (Publication 28), whatever lists say: they call a firm that gives its box a business. */
const certain = { reliability: 0.995, gain: 3 }

type Manner = Required<Pick<LinearOptions, 'rate' | 'hidden'>>

/** Slowly, and with parts of rows hidden, where the next list is like none of these: of nineteen lists held out by state, the best of six (decision 0082). */
export const careful: Manner = { rate: 0.05, hidden: 0.25 }
/** Where lists are alike, such as boroughs of one city, more may be learned from each. */
const bold: Manner = { rate: 0.2, hidden: 0 }

/** The one by which labels of lists that were held out are likeliest. */
function likeliest<Tried extends { lists: readonly Held[]; trust: Trust }>(tried: readonly Tried[]): Tried {
  const losses = tried.map(({ lists, trust }) =>
    logLoss(
      lists.flatMap(({ scored }) => scored),
      trust,
    ),
  )
  return tried[losses.indexOf(Math.min(...losses))]!
}

interface Held {
  list: CaseSource
  scored: ScoredCase[]
}

/** Cases of each list with the scores that weights of the others give them. */
function heldOut(sources: readonly CaseSource[], options: LearnOptions): Held[] {
  return foldsOf(sources).flatMap((held) => {
    const linear = trainOn(
      sources.filter((one) => !held.includes(one)),
      options,
    )
    return held.map((list) => {
      const usual = logShares(sharesOf(list.cases))
      return { list, scored: everyNth(list.cases, 400).map((one) => scoreCase(linear, one, usual)) }
    })
  })
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

/** Lists of one group, such as those of one state, are no strangers to each other. */
function groupOf({ name }: CaseSource): string {
  return /^[^-]+(?=-)/.exec(name)?.[0] ?? name
}

/** Learning without one group at a time would take as many turns as there are groups. */
const mostFolds = 8

/** Lists that are held out together: whole groups, in at most eight turns. */
function foldsOf(sources: readonly CaseSource[]): CaseSource[][] {
  const groups = [...new Set(sources.map(groupOf))]
  const folds = Array.from({ length: Math.min(mostFolds, groups.length) }, (): CaseSource[] => [])
  for (const one of sources) folds[groups.indexOf(groupOf(one)) % folds.length]!.push(one)
  return folds
}

/** At most `most` cases, evenly over all. */
function everyNth<Item>(items: readonly Item[], most: number): Item[] {
  const step = Math.max(1, items.length / most)
  return Array.from({ length: Math.min(items.length, most) }, (_, at) => items[Math.floor(at * step)]!)
}

function halves(cases: readonly LabelledCase[]): CaseSource[] {
  return [0, 1].map((half) => ({ name: `half ${half}`, cases: cases.filter((_, at) => at % 2 === half) }))
}

/** Sources of a row of a list, which are learned from together: what one tells the others need not tell again. A form, such as a box, tells its kind by itself. */
const ofRow: ReadonlySet<Source> = new Set(['unit', 'street', 'name', 'owner', 'figures', 'record'])

/** A bag a row and a bag a document, each source counting the same. */
function trainOn(sources: readonly CaseSource[], options: LearnOptions): LinearKinds {
  const groups = [...new Set(sources.map(groupOf))]
  const bags = sources.flatMap((one): LabelledBag[] => {
    const { cases } = one
    const about = { source: groups.indexOf(groupOf(one)), weight: 1 / Math.sqrt(Math.max(cases.length, 50)) }
    const usual = logShares(sharesOf(cases))
    return cases.flatMap(({ observations, label }): LabelledBag[] => {
      const said = observations.map(({ source, statements }) => ({
        isOfRow: ofRow.has(source),
        buckets: statements.map(({ features }) => features),
      }))
      const row = said.filter(({ isOfRow }) => isOfRow).map(({ buckets }) => buckets)
      const documents = said.filter(({ isOfRow }) => !isOfRow)
      return [
        ...(row.length === 0 ? [] : [{ ...about, parts: row, label, usual }]),
        ...documents.map(({ buckets }) => ({ ...about, parts: [buckets], label })),
      ]
    })
  })
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
function thresholdFor(lists: readonly (readonly Judged[])[], mostError: number): number {
  return Math.max(
    leastConfidence(lists.flat(), mostError),
    ...lists.map((list) => leastConfidence(list, mostErrorOfOne)),
  )
}

/** By how much each list was more or less often right than it was sure, rising; what an unknown list may be like (`expectedRight`). */
function gapsOf(lists: readonly (readonly Judged[])[]): number[] {
  return lists
    .filter((list) => list.length >= leastToTell)
    .map(
      (list) =>
        list.reduce((sum, { confidence, isRight }) => sum + (isRight ? 1 : 0) - confidence, 0) / list.length,
    )
    .toSorted((a, b) => a - b)
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
