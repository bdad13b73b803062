import { partitionPoint } from '@heavylift/core/math'

/** One row of the attention table: a chunk of a prompt over what is already kept of it, beside decodes of a length. */
export interface AttentionRow {
  prefillChunk: number
  kvPrefill: number
  decodes: number
  kvDecode: number
  timeUs: number
}

/** One row of how far a batch of unequal lengths lies between that of their mean and that of their longest. */
export interface SkewRow {
  chunk: number
  decodesAtMost: number
  skewRateAtMost: number
  kvBigAtMost: number
  kvPrefillAtMost: number
  alpha: number
}

/** Measured times of the kernels of one model on one device, in microseconds. */
export interface Profile {
  /** How often each layer's block is run in a step. */
  layers: number
  /** By kernel: tokens in the step → time. */
  dense: ReadonlyMap<string, readonly { at: number; timeUs: number }[]>
  /** By kernel: sequences that get a token → time. */
  perSequence: ReadonlyMap<string, readonly { at: number; timeUs: number }[]>
  attention: readonly AttentionRow[]
  skew: readonly SkewRow[]
}

/** What one step has in it. */
export interface StepLoad {
  /** Chunks of prompts in this step, each with what is already kept of its prompt. */
  prefills: readonly { chunk: number; kept: number }[]
  decodes: number
  kvMean: number
  kvMax: number
  kvMin: number
  /** Sequences that get a token. */
  sampled: number
}

/** Kernels that a step runs once; all others of the table are run in each layer. */
const onceAStep = new Set(['embedding', 'final_layernorm'])
/** A layer has a norm before attention and one before its feed-forward part. */
const twiceALayer = new Set(['layernorm'])
const mostTokens = 16_384

/** Times of steps from measured kernels: straight lines between the measured points, beyond them the last line goes on. */
export class StepTimes {
  readonly #layers: number
  readonly #dense = new Float64Array(mostTokens + 1)
  readonly #sequences = new Float64Array(4097)
  readonly #attention: Grid
  /** By chunk, then by bucket. */
  readonly #skew = new Map<number, Map<number, number>>()
  readonly #skewChunks: number[]
  readonly #meanAlpha: number

  constructor(profile: Profile) {
    this.#layers = profile.layers
    for (const [name, points] of profile.dense) {
      const times = onceAStep.has(name) ? 1 : profile.layers * (twiceALayer.has(name) ? 2 : 1)
      for (let tokens = 1; tokens <= mostTokens; tokens++)
        (this.#dense[tokens] as number) += times * interpolate(points, tokens)
    }
    for (const [, points] of profile.perSequence)
      for (let count = 1; count < this.#sequences.length; count++)
        (this.#sequences[count] as number) += interpolate(points, count)
    this.#attention = new Grid(profile.attention)
    for (const row of profile.skew) {
      const of = this.#skew.get(row.chunk) ?? new Map<number, number>()
      of.set(skewKey(row.decodesAtMost, row.skewRateAtMost, row.kvBigAtMost, row.kvPrefillAtMost), row.alpha)
      this.#skew.set(row.chunk, of)
    }
    this.#skewChunks = [...this.#skew.keys()].toSorted((a, b) => a - b)
    this.#meanAlpha =
      profile.skew.length === 0
        ? 0
        : profile.skew.reduce((sum, { alpha }) => sum + alpha, 0) / profile.skew.length
  }

  /** Milliseconds of one step. */
  stepMs(load: StepLoad): number {
    let tokens = load.decodes
    for (const { chunk } of load.prefills) tokens += chunk
    const [first, ...others] = load.prefills
    let attention = this.#mixed(first?.chunk ?? 0, first?.kept ?? 0, load)
    for (const { chunk, kept } of others) attention += this.#attention.at(chunk, kept, 0, 0)
    return (
      ((this.#dense[Math.min(tokens, mostTokens)] as number) +
        (this.#sequences[Math.min(load.sampled, this.#sequences.length - 1)] as number) +
        this.#layers * attention) /
      1000
    )
  }

  /**
   * Steps in which the same decodes get one token each, the first `ahead` tokens after `load`: how many end until there are `most` or the time that is left is
   * over (the last one ends after it), and how long they take. Lengths grow by one a step and times are straight lines between measured points, so a stretch between two points is
   * summed at once.
   */
  decodeSteps(
    load: StepLoad,
    ahead: number,
    most: number,
    leftMs: number,
  ): { steps: number; tookMs: number } {
    const step = { ...load }
    const at = (steps: number) => {
      step.kvMean = load.kvMean + ahead + steps
      step.kvMax = load.kvMax + ahead + steps
      step.kvMin = load.kvMin + ahead + steps
      return this.stepMs(step)
    }
    let steps = 0
    let tookMs = 0
    while (steps < most && tookMs <= leftMs) {
      const mean = load.kvMean + ahead + steps
      const max = load.kvMax + ahead + steps
      const line = Math.min(
        this.#attention.nextKv(mean) - mean,
        this.#attention.nextKv(max) - max,
        nextBucket(max) - max,
      )
      const count = Math.min(most - steps, Math.floor(line) + 1)
      const firstMs = at(steps)
      const growMs = count === 1 ? 0 : (at(steps + count - 1) - firstMs) / (count - 1)
      const sum = (k: number) => k * firstMs + (growMs * k * (k - 1)) / 2
      // As long as a step ends in time, another follows.
      const fit = partitionPoint(count, (k) => tookMs + sum(k) <= leftMs)
      tookMs += sum(fit)
      steps += fit
    }
    return { steps, tookMs }
  }

  #mixed(chunk: number, kept: number, { decodes, kvMean, kvMax, kvMin }: StepLoad): number {
    const atMean = this.#attention.at(chunk, kept, decodes, kvMean)
    if (decodes < 2 || kvMax - kvMin < 1) return atMean
    const alpha = this.#alphaOf(chunk, kept, decodes, (kvMean - kvMin) / (kvMax - kvMin), kvMax)
    return atMean + alpha * (this.#attention.at(chunk, kept, decodes, kvMax) - atMean)
  }

  #alphaOf(chunk: number, kept: number, decodes: number, rate: number, kvMax: number): number {
    const of = this.#skew.get(nearest(this.#skewChunks, chunk))
    return of?.get(skewKey(decodes, rate, kvMax, kept)) ?? this.#meanAlpha
  }
}

/** Lengths up to which the profiler fits together. */
const kvBuckets = [1024, 4096, 16_384]
const nextBucket = (kv: number) => kvBuckets.find((most) => kv <= most) ?? Infinity

/** The buckets that the profiler fits in, as one number. */
function skewKey(decodes: number, rate: number, kvBig: number, kept: number): number {
  const n = decodes <= 2 ? 1 : decodes > 256 ? 9 : Math.ceil(Math.log2(decodes))
  const big = kvBig <= 1024 ? 0 : kvBig <= 4096 ? 1 : kvBig <= 16_384 ? 2 : 3
  const bucket = rate <= 0.05 ? 0 : rate <= 0.15 ? 1 : rate <= 0.4 ? 2 : rate <= 0.7 ? 3 : 4
  const prefix = kept <= 0 ? 0 : kept > 8192 ? 6 : Math.max(1, Math.ceil(Math.log2(kept / 256)))
  return ((n * 4 + big) * 5 + bucket) * 7 + prefix
}

function nearest(sorted: readonly number[], x: number): number {
  let best = sorted[0] ?? 0
  for (const value of sorted) if (Math.abs(value - x) < Math.abs(best - x)) best = value
  return best
}

function interpolate(points: readonly { at: number; timeUs: number }[], x: number): number {
  const above = partitionPoint(points.length, (i) => (points[i] as { at: number }).at < x)
  const right = Math.max(1, Math.min(points.length - 1, above))
  const a = points[right - 1]
  const b = points[right]
  if (a === undefined || b === undefined) return points[0]?.timeUs ?? 0
  if (x <= a.at) return a.timeUs
  return Math.max(0, a.timeUs + ((b.timeUs - a.timeUs) * (x - a.at)) / (b.at - a.at))
}

/** Attention times on the points that are measured for all combinations of their axes; linear between them. */
class Grid {
  readonly #chunks: Axis
  readonly #kept: Axis
  readonly #decodes: Axis
  readonly #kv: Axis
  readonly #values: Float64Array

  constructor(rows: readonly AttentionRow[]) {
    const values = new Map(
      rows.map((row) => [keyOf(row.prefillChunk, row.kvPrefill, row.decodes, row.kvDecode), row.timeUs]),
    )
    const isAxis = (value: number) => value === 0 || Number.isInteger(Math.log2(value))
    const axis = (pick: (row: AttentionRow) => number) =>
      new Axis([...new Set(rows.map(pick))].filter(isAxis).toSorted((a, b) => a - b))
    this.#chunks = axis((row) => row.prefillChunk)
    this.#kept = axis((row) => row.kvPrefill)
    this.#decodes = axis((row) => row.decodes)
    this.#kv = axis((row) => row.kvDecode)
    const [c, k, d, v] = [this.#chunks, this.#kept, this.#decodes, this.#kv].map(({ at }) => at) as [
      number[],
      number[],
      number[],
      number[],
    ]
    this.#values = new Float64Array(c.length * k.length * d.length * v.length)
    let at = 0
    for (const chunk of c)
      for (const kept of k)
        for (const decodes of d)
          for (const kv of v) {
            // Without a chunk there is nothing kept of its prompt, without decodes no length of theirs.
            const found = values.get(
              keyOf(chunk, chunk === 0 ? 0 : kept, decodes, decodes === 0 ? 0 : Math.max(kv, v[1] ?? 0)),
            )
            this.#values[at++] = found ?? (chunk === 0 && decodes === 0 ? 0 : NaN)
          }
    this.#fill(v.length, d.length)
  }

  /** Combinations that were not measured: the time with fewer decodes and more in proportion. */
  #fill(kvCount: number, decodeCount: number): void {
    const values = this.#values
    for (let at = 0; at < values.length; at++) {
      if (!Number.isNaN(values[at])) continue
      const d = Math.floor(at / kvCount) % decodeCount
      const one = d >= 1 ? (values[at - kvCount] as number) : NaN
      const two = d >= 2 ? (values[at - 2 * kvCount] as number) : NaN
      values[at] = Number.isNaN(one) ? 0 : Number.isNaN(two) ? one : Math.max(one, one + 2 * (one - two))
    }
  }

  at(chunk: number, kept: number, decodes: number, kv: number): number {
    this.#chunks.place(chunk)
    this.#kept.place(chunk === 0 ? 0 : kept)
    this.#decodes.place(decodes)
    this.#kv.place(decodes === 0 ? 0 : kv)
    const { index: c, share: cs } = this.#chunks
    const low = this.#cube(c)
    return cs === 0 ? low : low * (1 - cs) + this.#cube(c + 1) * cs
  }

  /** The next measured length of decodes at or above one. */
  nextKv(kv: number): number {
    const { at } = this.#kv
    return at[partitionPoint(at.length, (i) => (at[i] as number) < kv)] ?? Infinity
  }

  #cube(i: number): number {
    const { index: k, share } = this.#kept
    const low = this.#plane(i, k)
    return share === 0 ? low : low * (1 - share) + this.#plane(i, k + 1) * share
  }

  #plane(i: number, j: number): number {
    const { index: d, share } = this.#decodes
    const low = this.#along(i, j, d)
    return share === 0 ? low : low * (1 - share) + this.#along(i, j, d + 1) * share
  }

  #along(i: number, j: number, l: number): number {
    const { index: v, share } = this.#kv
    const at = ((i * this.#kept.at.length + j) * this.#decodes.at.length + l) * this.#kv.at.length + v
    const low = this.#values[at] as number
    return share === 0 ? low : low * (1 - share) + (this.#values[at + 1] as number) * share
  }
}

const keyOf = (chunk: number, kept: number, decodes: number, kv: number) =>
  ((chunk * 32_768 + kept) * 512 + decodes) * 32_768 + kv

class Axis {
  readonly at: number[]
  constructor(at: number[]) {
    this.at = at
  }

  /** After `place`: the point at or below, and how far towards the next; beyond the last point more than 1. */
  index = 0
  share = 0

  place(x: number): void {
    const { at } = this
    let low = 0
    // Steps follow one another closely, so the last place is mostly the place.
    if (at.length > 1 && x >= (at[this.index] as number) && x < (at[this.index + 1] ?? Infinity))
      low = Math.min(this.index, at.length - 2)
    else {
      let high = at.length - 1
      while (high - low > 1) {
        const middle = (low + high) >> 1
        if ((at[middle] as number) <= x) low = middle
        else high = middle
      }
    }
    const a = at[low] as number
    const b = at[Math.min(low + 1, at.length - 1)] as number
    this.index = low
    this.share = b === a || x <= a ? 0 : (x - a) / (b - a)
  }
}
