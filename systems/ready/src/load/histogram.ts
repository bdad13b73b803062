const subBits = 11
const subCount = 1 << subBits
const half = subCount >> 1

export interface HistogramJson {
  counts: [number, number][]
  maxUs: number
  minUs: number
  sumUs: number
}

/**
 * Counts of latencies in microseconds to three significant digits, from 1 µs to about 19 hours (the layout of HdrHistogram, Tene 2012): buckets
 * of doubling width with 1024 steps each. Merging adds counts, so nothing is lost over workers and machines.
 */
export class LatencyHistogram {
  readonly #counts: Float64Array
  count = 0
  maxUs = 0
  minUs = Infinity
  #sumUs = 0

  constructor() {
    this.#counts = new Float64Array(half * 28)
  }

  /** One observation; below zero counts as zero. */
  recordMs(ms: number): void {
    const us = ms <= 0 ? 0 : Math.round(ms * 1000)
    const at = indexOf(us)
    const last = this.#counts.length - 1
    ;(this.#counts[at < last ? at : last] as number)++
    this.count++
    this.#sumUs += us
    if (us > this.maxUs) this.maxUs = us
    if (us < this.minUs) this.minUs = us
  }

  merge(other: LatencyHistogram): void {
    for (let at = 0; at < other.#counts.length; at++)
      (this.#counts[at] as number) += other.#counts[at] as number
    this.count += other.count
    this.#sumUs += other.#sumUs
    if (other.maxUs > this.maxUs) this.maxUs = other.maxUs
    if (other.minUs < this.minUs) this.minUs = other.minUs
  }

  /** Milliseconds below or at which a share of the observations lies, 0 … 1; 0 where there are none. The highest is exact. */
  quantileMs(share: number): number {
    if (this.count === 0) return 0
    const rank = Math.max(1, Math.ceil(share * this.count))
    let seen = 0
    for (let at = 0; at < this.#counts.length; at++) {
      seen += this.#counts[at] as number
      if (seen >= rank) return Math.min(this.maxUs, highestOf(at)) / 1000
    }
    return this.maxUs / 1000
  }

  get meanMs(): number {
    return this.count === 0 ? 0 : this.#sumUs / this.count / 1000
  }

  get maxMs(): number {
    return this.maxUs / 1000
  }

  /** What survives JSON: pairs of index and count. */
  toJson(): HistogramJson {
    const counts: [number, number][] = []
    for (const [at, count] of this.#counts.entries()) if (count > 0) counts.push([at, count])
    return { counts, maxUs: this.maxUs, minUs: this.minUs === Infinity ? 0 : this.minUs, sumUs: this.#sumUs }
  }

  static fromJson(json: HistogramJson): LatencyHistogram {
    const found = new LatencyHistogram()
    for (const [at, count] of json.counts) {
      found.#counts[at] = count
      found.count += count
    }
    found.maxUs = json.maxUs
    found.minUs = found.count === 0 ? Infinity : json.minUs
    found.#sumUs = json.sumUs
    return found
  }
}

function indexOf(us: number): number {
  if (us < subCount) return us
  const bucket = Math.floor(Math.log2(us)) - (subBits - 1)
  return bucket * half + Math.floor(us / 2 ** bucket)
}

function highestOf(at: number): number {
  if (at < subCount) return at
  const bucket = Math.floor(at / half) - 1
  return (at - bucket * half + 1) * 2 ** bucket - 1
}
