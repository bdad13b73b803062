import { fineLabels } from '../domain/labels.ts'
import { contextFeatures, describeWord, featureAt, maxContextFeatures } from './features.ts'
import type { Sequence, Word } from './features.ts'

const labelCount = fineLabels.length
const hasDigit = /\d/
const matrixSize = labelCount * labelCount
const distances = [-1, 0, 1] as const
/** A word that is remembered takes its sums of weights; more than these, and all are forgotten. */
const rememberedWords = 20_000
/** Labels of a token that score this much less than its best one are passed over: few are left of 29, and no transition makes up for e^-12. */
const reach = 12
/** Most words of an address; a tagger reads no longer ones. */
export const mostWords = 100

/**
 * Weights of a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001). `rows[feature]` is a row or −1; row `r` has the
 * weights `rowWeights[i]` of the labels `rowLabels[i]`, `i` from `rowStarts[r]` to `rowStarts[r + 1]`. `transitions` is a matrix of labels
 * for a step without and one for a step across a comma or line end.
 */
export interface TaggerWeights {
  rows: Int32Array
  rowStarts: Int32Array
  rowLabels: Uint8Array
  rowWeights: Float32Array
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

/** Labels that are in question for each token, with their scores. */
interface Lattice {
  /** Where each token's labels begin; one more at the end. */
  offsets: Int32Array
  labels: Uint8Array
  scores: Float64Array
}

/** Labels the words of an address by a conditional random field: scores from features, Viterbi for the best labels. */
export class Tagger {
  readonly #weights: TaggerWeights
  readonly #expTransitions: Float64Array
  readonly #known = new Map<string, KnownWord>()
  readonly #features = new Int32Array(maxContextFeatures)
  readonly #sums = new Float32Array(labelCount)
  // Kept from address to address, so that nothing is left to collect.
  readonly #offsets = new Int32Array(mostWords + 1)
  readonly #labels = new Uint8Array(mostWords * labelCount)
  readonly #scores = new Float64Array(mostWords * labelCount)

  constructor(weights: TaggerWeights) {
    this.#weights = weights
    this.#expTransitions = Float64Array.from(weights.transitions, (weight) => Math.exp(weight))
  }

  /** A word with what it says, remembered. */
  readonly wordOf = (text: string): Word => {
    // Digits are alike: numbers never seen are known by their shape.
    const key = hasDigit.test(text) ? text.replaceAll(/\d/g, '0') : text
    const known = this.#known.get(key)
    if (known) return key === text ? known : { ...known, text }
    const word = describeWord(text)
    const scores = new Float32Array(labelCount * distances.length)
    for (const [slot, distance] of distances.entries())
      for (const feature of distance === 0 ? word.own : word.toNext)
        this.#addRow(featureAt(feature, distance), scores, slot * labelCount)
    if (this.#known.size >= rememberedWords) this.#known.clear()
    const described = { ...word, scores }
    this.#known.set(key, described)
    return described
  }

  #addRow(feature: number, into: Float32Array, offset: number): void {
    const { rows, rowStarts, rowLabels, rowWeights } = this.#weights
    const row = rows[feature] as number
    if (row < 0) return
    const end = rowStarts[row + 1] as number
    for (let at = rowStarts[row] as number; at < end; at++)
      into[offset + (rowLabels[at] as number)]! += rowWeights[at] as number
  }

  /** The sequence's words have to come from `wordOf`, and there are no more than `mostWords`. */
  tag(sequence: Sequence): Tagged {
    const lattice = this.#score(sequence)
    const labels = new Uint8Array(sequence.words.length)
    const chosen = this.#viterbi(lattice, sequence.breaks)
    for (const [at, choice] of chosen.entries()) labels[at] = lattice.labels[choice] as number
    return { labels, probabilities: this.#marginals(lattice, sequence.breaks, chosen) }
  }

  #score(sequence: Sequence): Lattice {
    const words = sequence.words as KnownWord[]
    const { starts, ends } = this.#weights
    const n = words.length
    const sums = this.#sums
    const [offsets, labels, scores] = [this.#offsets, this.#labels, this.#scores]
    let count = 0
    for (let at = 0; at < n; at++) {
      sums.fill(0)
      if (at === 0) sums.set(starts)
      if (at === n - 1) for (let label = 0; label < labelCount; label++) sums[label]! += ends[label] as number
      for (let slot = 0; slot < distances.length; slot++) {
        const seen = words[at + (distances[slot] as number)]?.scores
        if (!seen) continue
        const from = slot * labelCount
        for (let label = 0; label < labelCount; label++) sums[label]! += seen[from + label] as number
      }
      const features = contextFeatures(sequence, at, this.#features)
      for (let index = 0; index < features; index++) this.#addRow(this.#features[index] as number, sums, 0)
      let most = -Infinity
      for (let label = 0; label < labelCount; label++) most = Math.max(most, sums[label] as number)
      for (let label = 0; label < labelCount; label++) {
        const score = (sums[label] as number) - most
        if (score < -reach) continue
        labels[count] = label
        scores[count++] = score
      }
      offsets[at + 1] = count
    }
    return { offsets, labels, scores }
  }

  /** For each token, where in the lattice its label of the likeliest sequence is. */
  #viterbi({ offsets, labels, scores }: Lattice, breaks: Uint8Array): Int32Array {
    const { transitions } = this.#weights
    const n = breaks.length
    const best = scores.slice(0, offsets[n] as number)
    const back = new Int32Array(best.length)
    for (let at = 1; at < n; at++) {
      const matrix = breaks[at] === 0 ? 0 : matrixSize
      const [from, to, end] = [offsets[at - 1] as number, offsets[at] as number, offsets[at + 1] as number]
      for (let here = to; here < end; here++) {
        const column = matrix + (labels[here] as number)
        let [most, origin] = [-Infinity, from]
        for (let there = from; there < to; there++) {
          const score =
            (best[there] as number) + (transitions[column + (labels[there] as number) * labelCount] as number)
          if (score > most) {
            most = score
            origin = there
          }
        }
        best[here]! += most
        back[here] = origin
      }
    }
    const chosen = new Int32Array(n)
    if (n === 0) return chosen
    let last = offsets[n - 1] as number
    for (let here = last; here < (offsets[n] as number); here++)
      if ((best[here] as number) > (best[last] as number)) last = here
    for (let at = n - 1; at >= 0; at--) {
      chosen[at] = last
      last = back[last] as number
    }
    return chosen
  }

  /** Forward–backward: how likely each chosen label is. */
  #marginals({ offsets, labels, scores }: Lattice, breaks: Uint8Array, chosen: Int32Array): Float32Array {
    const exp = this.#expTransitions
    const n = breaks.length
    const local = scores.subarray(0, offsets[n] as number).map((score) => Math.exp(score))
    const forward = local.slice()
    const backward = new Float64Array(local.length).fill(1)
    for (let at = 1; at < n; at++) {
      const matrix = breaks[at] === 0 ? 0 : matrixSize
      const [from, to, end] = [offsets[at - 1] as number, offsets[at] as number, offsets[at + 1] as number]
      let total = 0
      for (let here = to; here < end; here++) {
        const column = matrix + (labels[here] as number)
        let sum = 0
        for (let there = from; there < to; there++)
          sum += (forward[there] as number) * (exp[column + (labels[there] as number) * labelCount] as number)
        total += forward[here]! *= sum
      }
      for (let here = to; here < end; here++) forward[here]! /= total
    }
    const probabilities = new Float32Array(n)
    for (let at = n - 1; at >= 0; at--) {
      const [from, end] = [offsets[at] as number, offsets[at + 1] as number]
      let [total, sum] = [0, 0]
      if (at + 1 < n) {
        const matrix = breaks[at + 1] === 0 ? 0 : matrixSize
        const next = offsets[at + 2] as number
        for (let here = from; here < end; here++) {
          const row = matrix + (labels[here] as number) * labelCount
          let ahead = 0
          for (let there = end; there < next; there++)
            ahead +=
              (exp[row + (labels[there] as number)] as number) *
              (local[there] as number) *
              (backward[there] as number)
          sum += backward[here] = ahead
        }
        for (let here = from; here < end; here++) backward[here]! /= sum
      }
      for (let here = from; here < end; here++)
        total += (forward[here] as number) * (backward[here] as number)
      const own = chosen[at] as number
      probabilities[at] = ((forward[own] as number) * (backward[own] as number)) / total
    }
    return probabilities
  }
}
