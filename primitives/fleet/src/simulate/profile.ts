import type { JobTable } from '../domain/job-table.ts'
import type { EndTimes } from './end-times.ts'

/** Free processors over time, as steps. */
class Profile {
  readonly #atS: number[]
  readonly #free: number[]

  constructor(nowS: number, free: number) {
    this.#atS = [nowS]
    this.#free = [free]
  }

  /** Processors that come back. Times are given in order. */
  release(atS: number, processors: number): void {
    const last = this.#atS.length - 1
    if (this.#atS[last] === atS) this.#free[last]! += processors
    else {
      this.#atS.push(atS)
      this.#free.push(this.#free[last]! + processors)
    }
  }

  /** The first time from which so many are free for so long. */
  earliest(processors: number, forS: number): number {
    for (let from = 0; from < this.#atS.length; from++) {
      if (this.#free[from]! < processors) continue
      const untilS = this.#atS[from]! + forS
      let at = from + 1
      while (at < this.#atS.length && this.#atS[at]! < untilS && this.#free[at]! >= processors) at++
      if (at >= this.#atS.length || this.#atS[at]! >= untilS) return this.#atS[from]!
      from = at - 1
    }
    return Infinity
  }

  reserve(fromS: number, forS: number, processors: number): void {
    const first = this.#cut(fromS)
    const last = this.#cut(fromS + forS)
    for (let at = first; at < last; at++) this.#free[at]! -= processors
  }

  #cut(atS: number): number {
    let at = this.#atS.findIndex((one) => one >= atS)
    if (at === -1) at = this.#atS.length
    if (this.#atS[at] === atS) return at
    this.#atS.splice(at, 0, atS)
    this.#free.splice(at, 0, this.#free[at - 1]!)
    return at
  }
}

/**
 * Conservative backfill: every waiting job, in order, gets the earliest place that delays none before it; who is to start now is returned.
 * Plans are made anew at each event, so a job that ends early lets all move up.
 */
export function planConservatively(
  queue: readonly number[],
  jobs: JobTable,
  running: EndTimes,
  free: number,
  nowS: number,
  depth = Infinity,
): number[] {
  const profile = new Profile(nowS, free)
  for (const { endS, processors } of running) profile.release(Math.max(endS, nowS + 1), processors)
  const now: number[] = []
  for (const job of queue.slice(0, depth)) {
    const forS = Math.max(1, jobs.requestedS[job]!)
    const fromS = profile.earliest(jobs.processors[job]!, forS)
    if (fromS === Infinity) continue
    profile.reserve(fromS, forS, jobs.processors[job]!)
    if (fromS === nowS) now.push(job)
  }
  return now
}
