const chunkSize = 256

interface Chunk {
  size: number
  endS: Float64Array
  job: Int32Array
  processors: Int32Array
  /** Of all processors in it. */
  sum: number
}

const newChunk = (): Chunk => ({
  size: 0,
  endS: new Float64Array(chunkSize),
  job: new Int32Array(chunkSize),
  processors: new Int32Array(chunkSize),
  sum: 0,
})

/** Running jobs by the time at which they are expected to end, ties by job. An insertion moves a few hundred numbers, however many run. */
export class EndTimes {
  size = 0
  #chunks: Chunk[] = []

  add(job: number, endS: number, processors: number): void {
    let at = this.#chunkOf(endS, job)
    if (at === this.#chunks.length) {
      if (at === 0) this.#chunks.push(newChunk())
      else at--
    }
    let chunk = this.#chunks[at]!
    if (chunk.size === chunkSize) {
      const upper = this.#split(at)
      if (isBefore(upper, 0, endS, job)) chunk = upper
    }
    const place = placeIn(chunk, endS, job)
    for (const column of [chunk.endS, chunk.job, chunk.processors])
      column.copyWithin(place + 1, place, chunk.size)
    chunk.endS[place] = endS
    chunk.job[place] = job
    chunk.processors[place] = processors
    chunk.size++
    chunk.sum += processors
    this.size++
  }

  remove(job: number, endS: number): void {
    const at = this.#chunkOf(endS, job)
    const chunk = this.#chunks[at]
    if (chunk === undefined) return
    const place = placeIn(chunk, endS, job)
    if (chunk.job[place] !== job) return
    chunk.sum -= chunk.processors[place]!
    for (const column of [chunk.endS, chunk.job, chunk.processors])
      column.copyWithin(place, place + 1, chunk.size)
    chunk.size--
    this.size--
    if (chunk.size === 0) this.#chunks.splice(at, 1)
  }

  /**
   * When `wanted` processors are free if all end as expected, and how many more are free then. Whoever should have ended is expected at
   * `nowS`. With everything free and still too few, the time is infinite.
   */
  shadow(free: number, wanted: number, nowS: number): { atS: number; spare: number } {
    let sum = free
    for (const [index, chunk] of this.#chunks.entries()) {
      if (sum + chunk.sum < wanted) {
        sum += chunk.sum
        continue
      }
      for (let i = 0; i < chunk.size; i++) {
        sum += chunk.processors[i]!
        if (sum < wanted) continue
        const atS = Math.max(nowS, chunk.endS[i]!)
        // All that end in this second are free as well.
        for (let k = index; k < this.#chunks.length; k++) {
          const later = this.#chunks[k]!
          for (let j = k === index ? i + 1 : 0; j < later.size; j++) {
            if (later.endS[j]! > atS) return { atS, spare: sum - wanted }
            sum += later.processors[j]!
          }
        }
        return { atS, spare: sum - wanted }
      }
    }
    return { atS: Infinity, spare: 0 }
  }

  /** In order of expected end. */
  *[Symbol.iterator](): Generator<{ job: number; endS: number; processors: number }> {
    for (const chunk of this.#chunks) {
      for (let i = 0; i < chunk.size; i++) {
        yield { job: chunk.job[i]!, endS: chunk.endS[i]!, processors: chunk.processors[i]! }
      }
    }
  }

  /** The first chunk whose last is not before. */
  #chunkOf(endS: number, job: number): number {
    let low = 0
    let high = this.#chunks.length
    while (low < high) {
      const middle = (low + high) >> 1
      const chunk = this.#chunks[middle]!
      if (isBefore(chunk, chunk.size - 1, endS, job)) low = middle + 1
      else high = middle
    }
    return low
  }

  #split(at: number): Chunk {
    const lower = this.#chunks[at]!
    const upper = newChunk()
    const half = chunkSize >> 1
    upper.endS.set(lower.endS.subarray(half))
    upper.job.set(lower.job.subarray(half))
    upper.processors.set(lower.processors.subarray(half))
    upper.size = chunkSize - half
    lower.size = half
    upper.sum = 0
    for (let i = 0; i < upper.size; i++) upper.sum += upper.processors[i]!
    lower.sum -= upper.sum
    this.#chunks.splice(at + 1, 0, upper)
    return upper
  }
}

function isBefore(chunk: Chunk, place: number, endS: number, job: number): boolean {
  const other = chunk.endS[place]!
  return other < endS || (other === endS && chunk.job[place]! < job)
}

function placeIn(chunk: Chunk, endS: number, job: number): number {
  let low = 0
  let high = chunk.size
  while (low < high) {
    const middle = (low + high) >> 1
    if (isBefore(chunk, middle, endS, job)) low = middle + 1
    else high = middle
  }
  return low
}
