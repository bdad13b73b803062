import { fineLabels } from '../domain/labels.ts'
import { contextFeatures, describeWord, featureAt, maxContextFeatures } from './features.ts'
import type { Sequence, Word } from './features.ts'

const labelCount = fineLabels.length
const noBreak = 0
const distances = [-1, 0, 1] as const
/** A word that is remembered takes its sums of weights; more than these, and all are forgotten. */
const rememberedWords = 20_000

/**
 * Weights of a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001). `rows[feature]` is a row of `emissions`
 * (one weight a label) or −1; `transitions` is a matrix of labels for a step without and one for a step across a comma or line end.
 */
export interface TaggerWeights {
  rows: Int32Array
  emissions: Float32Array
  transitions: Float32Array
  starts: Float32Array
  ends: Float32Array
}

interface KnownWord extends Word {
  /** Sums of weights as seen from the token before, the token itself and the one after. */
  scores: Float32Array
}

export interface Tagged {
  /** Index into `fineLabels` of each token: the likeliest sequence. */
  labels: Uint8Array
  /** Probability of each token's label, given the whole address. */
  probabilities: Float32Array
}

/** Labels the words of an address by a conditional random field: scores from features, Viterbi for the best labels. */
export class Tagger {
  readonly #weights: TaggerWeights
  readonly #known = new Map<string, KnownWord>()
  readonly #features = new Int32Array(maxContextFeatures)
  readonly #expTransitions: Float32Array

  constructor(weights: TaggerWeights) {
    this.#weights = weights
    this.#expTransitions = weights.transitions.map((weight) => Math.exp(weight))
  }

  /** A word with what it says, remembered. */
  readonly wordOf = (text: string): Word => {
    const known = this.#known.get(text)
    if (known) return known
    const word = describeWord(text)
    const scores = new Float32Array(labelCount * distances.length)
    for (const [slot, distance] of distances.entries())
      for (const feature of distance === 0 ? word.own : word.toNext)
        this.#addRow(featureAt(feature, distance), scores, slot * labelCount)
    if (this.#known.size >= rememberedWords) this.#known.clear()
    const described = { ...word, scores }
    this.#known.set(text, described)
    return described
  }

  #addRow(feature: number, into: Float32Array, offset: number): void {
    const { rows, emissions } = this.#weights
    const row = rows[feature] as number
    if (row < 0) return
    for (let label = 0, from = row * labelCount; label < labelCount; label++)
      into[offset + label]! += emissions[from + label] as number
  }

  /** Scores of each label for each token, token by token. The sequence's words have to come from `wordOf`. */
  #score(sequence: Sequence): Float32Array {
    const words = sequence.words as KnownWord[]
    const scores = new Float32Array(words.length * labelCount)
    for (let at = 0; at < words.length; at++) {
      const to = at * labelCount
      for (const [slot, distance] of distances.entries()) {
        const seen = words[at + distance]?.scores
        if (!seen) continue
        const from = slot * labelCount
        for (let label = 0; label < labelCount; label++) scores[to + label]! += seen[from + label] as number
      }
      const count = contextFeatures(sequence, at, this.#features)
      for (let index = 0; index < count; index++) this.#addRow(this.#features[index] as number, scores, to)
    }
    return scores
  }

  tag(sequence: Sequence): Tagged {
    const scores = this.#score(sequence)
    const labels = this.#viterbi(scores, sequence)
    return { labels, probabilities: this.#marginals(scores, sequence, labels) }
  }

  #viterbi(scores: Float32Array, { breaks, words: { length: n } }: Sequence): Uint8Array {
    const { transitions, starts, ends } = this.#weights
    const labels = new Uint8Array(n)
    if (n === 0) return labels
    const back = new Uint8Array(n * labelCount)
    let best = new Float32Array(labelCount)
    let next = new Float32Array(labelCount)
    for (let label = 0; label < labelCount; label++)
      best[label] = (scores[label] as number) + (starts[label] as number)
    for (let at = 1; at < n; at++) {
      const matrix = breaks[at] === noBreak ? 0 : labelCount * labelCount
      for (let label = 0; label < labelCount; label++) {
        let [most, from] = [-Infinity, 0]
        for (let previous = 0; previous < labelCount; previous++) {
          const score =
            (best[previous] as number) + (transitions[matrix + previous * labelCount + label] as number)
          if (score > most) {
            most = score
            from = previous
          }
        }
        next[label] = most + (scores[at * labelCount + label] as number)
        back[at * labelCount + label] = from
      }
      ;[best, next] = [next, best]
    }
    let last = 0
    for (let label = 1; label < labelCount; label++)
      if ((best[label] as number) + (ends[label] as number) > (best[last] as number) + (ends[last] as number))
        last = label
    for (let at = n - 1; at >= 0; at--) {
      labels[at] = last
      last = back[at * labelCount + last] as number
    }
    return labels
  }

  /** Forward–backward: how likely each of `labels` is. */
  #marginals(
    scores: Float32Array,
    { breaks, words: { length: n } }: Sequence,
    labels: Uint8Array,
  ): Float32Array {
    const { starts, ends } = this.#weights
    const probabilities = new Float32Array(n)
    const local = new Float64Array(n * labelCount)
    const forward = new Float64Array(n * labelCount)
    for (let at = 0; at < n; at++) {
      let most = -Infinity
      for (let label = 0; label < labelCount; label++)
        most = Math.max(most, scores[at * labelCount + label] as number)
      for (let label = 0; label < labelCount; label++) {
        let score = (scores[at * labelCount + label] as number) - most
        if (at === 0) score += starts[label] as number
        if (at === n - 1) score += ends[label] as number
        local[at * labelCount + label] = Math.exp(score)
      }
    }
    for (let at = 0; at < n; at++) {
      const to = at * labelCount
      let total = 0
      for (let label = 0; label < labelCount; label++) {
        let reach = 1
        if (at > 0) {
          reach = 0
          const matrix = breaks[at] === noBreak ? 0 : labelCount * labelCount
          for (let previous = 0; previous < labelCount; previous++)
            reach +=
              (forward[to - labelCount + previous] as number) *
              (this.#expTransitions[matrix + previous * labelCount + label] as number)
        }
        total += forward[to + label] = reach * (local[to + label] as number)
      }
      for (let label = 0; label < labelCount; label++) forward[to + label]! /= total || 1
    }
    let backward = new Float64Array(labelCount).fill(1)
    for (let at = n - 1; at >= 0; at--) {
      const to = at * labelCount
      let [total, own] = [0, 0]
      for (let label = 0; label < labelCount; label++) {
        const weight = (forward[to + label] as number) * (backward[label] as number)
        total += weight
        if (label === labels[at]) own = weight
      }
      probabilities[at] = total > 0 ? own / total : 0
      if (at === 0) break
      const matrix = breaks[at] === noBreak ? 0 : labelCount * labelCount
      const before = new Float64Array(labelCount)
      let sum = 0
      for (let previous = 0; previous < labelCount; previous++) {
        let reach = 0
        for (let label = 0; label < labelCount; label++)
          reach +=
            (this.#expTransitions[matrix + previous * labelCount + label] as number) *
            (local[to + label] as number) *
            (backward[label] as number)
        sum += before[previous] = reach
      }
      for (let label = 0; label < labelCount; label++) before[label]! /= sum || 1
      backward = before
    }
    return probabilities
  }
}
