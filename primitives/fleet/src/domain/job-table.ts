import type { JobRecord } from './job.ts'

/**
 * Jobs in columns of numbers, about 60 bytes each, so that ten million fit. Row numbers are positions after `sortBySubmit`. What a log
 * leaves out is filled in by the stated rules before it comes here: `runS`, `requestedS` and `processors` are never negative.
 */
export class JobTable {
  size = 0
  id = new Float64Array(1024)
  submitS = new Float64Array(1024)
  runS = new Int32Array(1024)
  requestedS = new Int32Array(1024)
  processors = new Int32Array(1024)
  gpuMilli = new Int32Array(1024)
  user = new Int32Array(1024)
  group = new Int32Array(1024)
  queue = new Int32Array(1024)
  partition = new Int32Array(1024)
  precedingJob = new Float64Array(1024)
  thinkS = new Int32Array(1024)

  add(job: JobRecord): void {
    if (this.size === this.id.length) this.#resize(this.size * 2)
    const i = this.size++
    this.id[i] = job.id
    this.submitS[i] = job.submitS
    this.runS[i] = job.runS
    this.requestedS[i] = job.requestedS
    this.processors[i] = job.processors
    this.gpuMilli[i] = job.gpuMilli
    this.user[i] = job.user
    this.group[i] = job.group
    this.queue[i] = job.queue
    this.partition[i] = job.partition
    this.precedingJob[i] = job.precedingJob
    this.thinkS[i] = job.thinkS
  }

  /** In order of submission, ties as they came. */
  sortBySubmit(): this {
    const { submitS, size } = this
    let isSorted = true
    for (let i = 1; i < size && isSorted; i++) isSorted = submitS[i - 1]! <= submitS[i]!
    return isSorted
      ? this
      : this.#take(
          Uint32Array.from({ length: size }, (_, i) => i).sort((a, b) => submitS[a]! - submitS[b]! || a - b),
        )
  }

  /** Rows `from` to `to`, `to` not included, as a table of their own. */
  slice(from: number, to: number): JobTable {
    const part = new JobTable()
    for (const name of columns) part[name] = this[name].slice(from, to) as never
    part.size = part.id.length
    return part
  }

  #take(order: Uint32Array): this {
    for (const name of columns) {
      const from = this[name]
      const to = from.slice()
      for (let i = 0; i < order.length; i++) to[i] = from[order[i]!]!
      this[name] = to as never
    }
    return this
  }

  #resize(capacity: number): void {
    for (const name of columns) {
      const from = this[name]
      const to = new (from.constructor as new (length: number) => typeof from)(capacity)
      to.set(from as never)
      this[name] = to as never
    }
  }
}

const columns = [
  'id',
  'submitS',
  'runS',
  'requestedS',
  'processors',
  'gpuMilli',
  'user',
  'group',
  'queue',
  'partition',
  'precedingJob',
  'thinkS',
] as const
