import { softmax } from '@heavylift/core/math'
import type { Observation, Source } from '../domain/evidence.ts'
import { addScores } from './linear-kinds.ts'
import type { LinearKinds } from './linear-kinds.ts'

/** A register of houses and a list of customers or licences hold other kinds of places. */
export interface Priors {
  named: Float64Array
  unnamed: Float64Array
}

/** Whether it is said who is there: by a name beside the address, in its record or in a document. */
export function isNamed(documents: readonly { source: Source }[]): boolean {
  return documents.some(({ source }) => source === 'name')
}

/** What an address's kind is read from: a row of a list or a register (or nothing but the address), or documents about it alone. */
export type Rests = 'rows' | 'documents'

const ofRows: ReadonlySet<Source> = new Set(['record', 'figures', 'owner'])
const ofDocuments: ReadonlySet<Source> = new Set(['delivery', 'note', 'email', 'page', 'text'])

/** A row of an unlike town misleads where what people wrote does not: how sure is sure enough is known for each by itself. */
export function restsOn(documents: readonly { source: Source }[]): Rests {
  const hasRow = documents.some(({ source }) => ofRows.has(source))
  return !hasRow && documents.some(({ source }) => ofDocuments.has(source)) ? 'documents' : 'rows'
}

/** What was observed, without what rows of a list say; null where no row speaks, or no document. */
export function withoutRows<Seen extends { source: Source }>(seen: readonly Seen[]): Seen[] | null {
  const rest = seen.filter(({ source }) => !ofRows.has(source))
  return rest.length < seen.length && restsOn(rest) === 'documents' ? rest : null
}

/** The prior that holds for an address of which this is known. */
export function priorFor({ named, unnamed }: Priors, documents: readonly { source: Source }[]): Float64Array {
  return isNamed(documents) ? named : unnamed
}

/** How what documents say becomes one probability of each kind. */
export interface Combination {
  /** Log of each kind's share before anything is known of an address, in lists that name who is there and in those that do not. */
  priors: Priors
  /** By source: how far it is believed, and how much its scores count. */
  trust: Record<Source, { reliability: number; gain: number }>
  /** Days after which a document is believed half as much, beyond what the newest one of the address is. */
  halfLifeDays: number
  /** What the sum of the documents' log-odds is divided by, so that probabilities are as often right as they say. */
  temperature: number
}

/** What one document adds: log-odds of each kind against their mean, and how far it was believed. */
export interface Share {
  observation: Observation
  logOdds: Float64Array
  reliability: number
  /** What it says before it is believed more or less. */
  scores: Float64Array
}

const dayMs = 86_400_000

/**
 * Each document is right with its source's reliability and says nothing otherwise: log((1 − r)/K + r · softmax(score)). So what one
 * document can add is bounded, however much it says, and documents add up. Pure; the shares, divided by the temperature, and the prior sum to the result.
 */
export function combine(
  linear: LinearKinds,
  combination: Combination,
  observations: readonly Observation[],
): { probabilities: Float64Array; shares: Share[] } {
  const { width } = linear
  const total = new Float64Array(width)
  const newestMs = Math.max(...observations.map(({ dateMs }) => dateMs ?? -Infinity))
  const shares: Share[] = []
  for (const observation of observations) {
    const scores = new Float64Array(width)
    for (const { features } of observation.statements) addScores(linear, features, scores)
    const trust = combination.trust[observation.source]
    const ageDays =
      observation.dateMs === null || newestMs === -Infinity ? 0 : (newestMs - observation.dateMs) / dayMs
    const reliability = trust.reliability * 2 ** (-ageDays / combination.halfLifeDays)
    const logOdds = boundedLogOdds(scores, trust.gain, reliability)
    for (let kind = 0; kind < width; kind++) total[kind]! += logOdds[kind]!
    shares.push({ observation, logOdds, reliability, scores })
  }
  const prior = priorFor(combination.priors, observations)
  for (let kind = 0; kind < width; kind++) total[kind] = prior[kind]! + total[kind]! / combination.temperature
  return { probabilities: softmax(total), shares }
}

/** log((1 − r)/K + r · softmax(gain · scores)) of each kind, less its mean over kinds. */
export function boundedLogOdds(scores: Float64Array, gain: number, reliability: number): Float64Array {
  const width = scores.length
  const out = softmax(scores.map((score) => gain * score))
  let mean = 0
  for (let kind = 0; kind < width; kind++) {
    out[kind] = Math.log((1 - reliability) / width + reliability * out[kind]!)
    mean += out[kind]! / width
  }
  for (let kind = 0; kind < width; kind++) out[kind]! -= mean
  return out
}
