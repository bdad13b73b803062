import { fineLabels } from '../../domain/labels.ts'
import { featureBits } from '../features.ts'
import type { TaggerWeights } from '../tagger.ts'

const labelCount = fineLabels.length
const matrixSize = labelCount * labelCount
/** A label that is this sure teaches no more; most are, after some thousand addresses. */
const leastGradient = 1e-3

/** An address to learn from. `allowed` has one bit for each label that a token may have: one where the label is known exactly. */
export interface Example {
  /** Features of each token. */
  features: readonly Int32Array[]
  breaks: Uint8Array
  allowed: Uint32Array
}

/** Rates of FTRL-proximal (McMahan et al. 2013): step size, its slow start, and the pulls towards zero. */
export interface Rates {
  alpha: number
  beta: number
  l1: number
  l2: number
}

/** Weights with what FTRL-proximal keeps of each. */
class Weights {
  readonly values: Float32Array
  readonly #z: Float32Array
  readonly #n: Float32Array
  readonly #rates: Rates

  constructor(size: number, rates: Rates) {
    this.values = new Float32Array(size)
    this.#z = new Float32Array(size)
    this.#n = new Float32Array(size)
    this.#rates = rates
  }

  /** One step against the gradient of the loss. */
  step(at: number, gradient: number): void {
    const { alpha, beta, l1, l2 } = this.#rates
    const seen = this.#n[at] as number
    const now = seen + gradient * gradient
    const root = Math.sqrt(now)
    const z =
      (this.#z[at] as number) + gradient - ((root - Math.sqrt(seen)) / alpha) * (this.values[at] as number)
    this.#z[at] = z
    this.#n[at] = now
    this.values[at] = Math.abs(z) <= l1 ? 0 : -(z - Math.sign(z) * l1) / ((beta + root) / alpha + l2)
  }
}

/** Expectations of one address under the model, over the label sequences that a mask allows. */
interface Expectations {
  nodes: Float64Array
  /** Of each matrix of transitions. */
  steps: Float64Array
}

/**
 * Learns a conditional random field by stochastic gradients. Where several labels are allowed for a token, the likelihood is that of all
 * label sequences which are allowed, so that sets with coarse labels teach too.
 */
export class CrfTrainer {
  readonly #emissions: Weights
  readonly #transitions: Weights
  readonly #starts: Weights
  readonly #ends: Weights

  constructor(rates: Rates) {
    this.#emissions = new Weights(labelCount * 2 ** featureBits, rates)
    const dense = { ...rates, l1: 0 }
    this.#transitions = new Weights(2 * matrixSize, dense)
    this.#starts = new Weights(labelCount, dense)
    this.#ends = new Weights(labelCount, dense)
  }

  learn(example: Example): void {
    const { features, breaks, allowed } = example
    const n = features.length
    if (n === 0) return
    const local = this.#local(features)
    const exp = this.#transitions.values.map((weight) => Math.exp(weight))
    const free = this.#expect(local, exp, breaks, null)
    const held = this.#expect(local, exp, breaks, allowed)
    for (let at = 0; at < n; at++)
      for (let label = 0; label < labelCount; label++) {
        const gradient =
          (free.nodes[at * labelCount + label] as number) - (held.nodes[at * labelCount + label] as number)
        if (Math.abs(gradient) < leastGradient) continue
        for (const feature of features[at] as Int32Array)
          this.#emissions.step(feature * labelCount + label, gradient)
        if (at === 0) this.#starts.step(label, gradient)
        if (at === n - 1) this.#ends.step(label, gradient)
      }
    for (let at = 0; at < 2 * matrixSize; at++) {
      const gradient = (free.steps[at] as number) - (held.steps[at] as number)
      if (Math.abs(gradient) > 1e-6) this.#transitions.step(at, gradient)
    }
  }

  #local(features: readonly Int32Array[]): Float64Array {
    const n = features.length
    const { values } = this.#emissions
    const local = new Float64Array(n * labelCount)
    for (let at = 0; at < n; at++) {
      const to = at * labelCount
      for (const feature of features[at] as Int32Array)
        for (let label = 0, from = feature * labelCount; label < labelCount; label++)
          local[to + label]! += values[from + label] as number
      for (let label = 0; label < labelCount; label++) {
        if (at === 0) local[to + label]! += this.#starts.values[label] as number
        if (at === n - 1) local[to + label]! += this.#ends.values[label] as number
      }
      let most = -Infinity
      for (let label = 0; label < labelCount; label++) most = Math.max(most, local[to + label] as number)
      for (let label = 0; label < labelCount; label++)
        local[to + label] = Math.exp((local[to + label] as number) - most)
    }
    return local
  }

  #expect(
    local: Float64Array,
    exp: Float32Array,
    breaks: Uint8Array,
    allowed: Uint32Array | null,
  ): Expectations {
    const n = breaks.length
    const masked = (at: number, label: number) =>
      allowed && !((allowed[at] as number) & (1 << label)) ? 0 : (local[at * labelCount + label] as number)
    const forward = new Float64Array(n * labelCount)
    for (let at = 0; at < n; at++) {
      const [to, matrix] = [at * labelCount, breaks[at] === 0 ? 0 : matrixSize]
      let total = 0
      for (let label = 0; label < labelCount; label++) {
        const own = masked(at, label)
        if (own === 0) continue
        let reach = at === 0 ? 1 : 0
        if (at > 0)
          for (let previous = 0; previous < labelCount; previous++)
            reach +=
              (forward[to - labelCount + previous] as number) *
              (exp[matrix + previous * labelCount + label] as number)
        total += forward[to + label] = reach * own
      }
      for (let label = 0; label < labelCount; label++) forward[to + label]! /= total || 1
    }
    const nodes = new Float64Array(n * labelCount)
    const steps = new Float64Array(2 * matrixSize)
    let backward = new Float64Array(labelCount).fill(1)
    for (let at = n - 1; at >= 0; at--) {
      const to = at * labelCount
      let total = 0
      for (let label = 0; label < labelCount; label++)
        total += nodes[to + label] = (forward[to + label] as number) * (backward[label] as number)
      for (let label = 0; label < labelCount; label++) nodes[to + label]! /= total || 1
      if (at === 0) break
      const matrix = breaks[at] === 0 ? 0 : matrixSize
      const before = new Float64Array(labelCount)
      const ahead = backward.map((weight, label) => weight * masked(at, label))
      let [sum, pairs] = [0, 0]
      for (let previous = 0; previous < labelCount; previous++) {
        const reached = forward[to - labelCount + previous] as number
        let reach = 0
        for (let label = 0; label < labelCount; label++) {
          const one = (exp[matrix + previous * labelCount + label] as number) * (ahead[label] as number)
          reach += one
          pairs += reached * one
        }
        sum += before[previous] = reach
      }
      if (pairs > 0)
        for (let previous = 0; previous < labelCount; previous++) {
          const reached = (forward[to - labelCount + previous] as number) / pairs
          if (reached === 0) continue
          for (let label = 0; label < labelCount; label++)
            steps[matrix + previous * labelCount + label]! +=
              reached * (exp[matrix + previous * labelCount + label] as number) * (ahead[label] as number)
        }
      for (let label = 0; label < labelCount; label++) before[label]! /= sum || 1
      backward = before
    }
    return { nodes, steps }
  }

  /** What was learned, without weights smaller than `least` and the features that have no others. */
  weights(least: number): TaggerWeights {
    const { values } = this.#emissions
    const rows = new Int32Array(2 ** featureBits).fill(-1)
    const rowStarts = [0]
    const rowLabels: number[] = []
    const rowWeights: number[] = []
    for (let feature = 0; feature < rows.length; feature++) {
      for (let label = 0; label < labelCount; label++) {
        const weight = values[feature * labelCount + label] as number
        if (Math.abs(weight) < least) continue
        rowLabels.push(label)
        rowWeights.push(weight)
      }
      if (rowLabels.length === rowStarts.at(-1)) continue
      rows[feature] = rowStarts.length - 1
      rowStarts.push(rowLabels.length)
    }
    return {
      rows,
      rowStarts: Int32Array.from(rowStarts),
      rowLabels: Uint8Array.from(rowLabels),
      rowWeights: Float32Array.from(rowWeights),
      transitions: this.#transitions.values.slice(),
      starts: this.#starts.values.slice(),
      ends: this.#ends.values.slice(),
    }
  }
}
