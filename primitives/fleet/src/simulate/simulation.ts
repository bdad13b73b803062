import type { JobTable } from '../domain/job-table.ts'
import type { PolicyView, QueuePolicy } from '../policies/queue-policy.ts'
import { EndTimes } from './end-times.ts'
import { EventHeap } from './event-heap.ts'
import { planConservatively } from './profile.ts'
import type { Schedule } from './schedule.ts'
import { WaitingLine } from './waiting-line.ts'

export type Backfill = 'none' | 'easy' | 'conservative'

export interface SimulationOptions {
  processors: number
  policy: QueuePolicy
  backfill?: Backfill
  /** Ends a job at its requested time. True unless said otherwise. */
  killsAtLimit?: boolean
  /** Waiting jobs that backfill looks at in one pass, as Slurm's bf_max_job_test; all unless given. */
  backfillDepth?: number
  /** Half-life of what users have had, in seconds; a week unless given. */
  usageHalfLifeS?: number
  /** Tasks of an array: its number by job, −1 for none; `most` of it may run or wait for processors at once. */
  arrays?: { of: Int32Array; most: (array: number) => number }
  /**
   * Jobs that may start on fewer processors, to no fewer than `least`, if they end sooner so than by waiting; `serial` is the part of the
   * run time that more processors do not shorten (Amdahl). Null for a rigid job.
   */
  mould?: (job: number) => { least: number; serial: number } | null
}

/** Where a simulation stands, to go on from. Everything else follows from it and the options. */
export interface SimulationSnapshot {
  nowS: number
  nextArrival: number
  startS: Float64Array
  endS: Float64Array
  killed: Uint8Array
  backfilled: Uint8Array
  processors: Int32Array
  state: Uint8Array
  usage: [user: number, processorS: number, atS: number][]
}

const stateOf = { ahead: 0, held: 1, waiting: 2, running: 3, done: 4 } as const

/**
 * Replays a log under a policy, event by event, in whole seconds: the same log and options give the same bytes. In one second first jobs end,
 * then jobs come, then the queue is looked at once. Jobs wait for the job that precedes them (SWF fields 17 and 18); one that the log does
 * not have holds nobody up.
 */
export class Simulation {
  readonly #jobs: JobTable
  readonly #options: SimulationOptions
  readonly #schedule: Required<Schedule>
  readonly #state: Uint8Array
  readonly #ends = new EventHeap()
  readonly #releases = new EventHeap()
  readonly #running = new EndTimes()
  readonly #followers = new Map<number, number[]>()
  readonly #held = new Map<number, number>()
  readonly #usage = new Map<number, { processorS: number; atS: number }>()
  readonly #arrayActive = new Map<number, number>()
  readonly #arrayHeld = new Map<number, number[]>()
  /** For a policy whose scores stay: rank by job, job by rank, and the line. */
  readonly #rank: Int32Array | null
  readonly #byRank: Int32Array
  readonly #line: WaitingLine | null
  /** For one whose scores change: whoever waits. */
  #queue: number[] = []
  #free: number
  #nextArrival = 0
  #nowS = 0
  /** What backfill knew at its last full look, while nothing has ended or started since. */
  #known: { head: number; shadowS: number; spare: number } | null = null

  constructor(jobs: JobTable, options: SimulationOptions, from?: SimulationSnapshot) {
    this.#jobs = jobs
    this.#options = options
    this.#free = options.processors
    const { size } = jobs
    this.#schedule = {
      startS: from?.startS.slice() ?? new Float64Array(size).fill(-1),
      endS: from?.endS.slice() ?? new Float64Array(size).fill(-1),
      killed: from?.killed.slice() ?? new Uint8Array(size),
      backfilled: from?.backfilled.slice() ?? new Uint8Array(size),
      processors: from?.processors.slice() ?? jobs.processors.slice(0, size),
    }
    this.#state = from?.state.slice() ?? new Uint8Array(size)
    this.#byRank = new Int32Array(0)
    this.#scores = new Float64Array(size)
    if (
      options.policy.isStatic &&
      options.policy.headroom === undefined &&
      options.backfill !== 'conservative'
    ) {
      const view = this.#view()
      const score = Float64Array.from({ length: size }, (_, job) => options.policy.score(jobs, job, view))
      this.#byRank = Int32Array.from({ length: size }, (_, job) => job)
      let isSorted = true
      for (let job = 1; job < size && isSorted; job++) isSorted = score[job - 1]! <= score[job]!
      if (!isSorted) this.#byRank.sort((a, b) => score[a]! - score[b]! || a - b)
      this.#rank = new Int32Array(size)
      for (let rank = 0; rank < size; rank++) this.#rank[this.#byRank[rank]!] = rank
      this.#line = new WaitingLine(size)
    } else {
      this.#rank = null
      this.#line = null
    }
    this.#linkFollowers()
    if (from !== undefined) this.#restore(from)
  }

  /** Seconds of the simulation, the time of the last event. */
  get nowS(): number {
    return this.#nowS
  }

  get isDone(): boolean {
    return this.#nextArrival >= this.#jobs.size && this.#ends.size === 0 && this.#releases.size === 0
  }

  /** Goes on to the end, or until no event is left at or before a time. Looks at the signal every few thousand events. */
  run(
    options: { untilS?: number; signal?: AbortSignal; onProgress?: (done: number) => void } = {},
  ): Required<Schedule> {
    const untilS = options.untilS ?? Infinity
    for (let events = 1; ; events++) {
      const nextS = Math.min(this.#ends.nextS, this.#releases.nextS, this.#nextSubmitS())
      if (nextS === Infinity || nextS > untilS) break
      if (events % 4096 === 0) {
        options.signal?.throwIfAborted()
        options.onProgress?.(this.#nextArrival / this.#jobs.size)
      }
      this.#nowS = nextS
      while (this.#ends.nextS === nextS) this.#end(this.#ends.pop())
      const came: number[] = []
      while (this.#releases.nextS === nextS) {
        const job = this.#releases.pop()
        if (this.#arrive(job)) came.push(job)
      }
      while (this.#nextSubmitS() === nextS) {
        const job = this.#nextArrival++
        if (this.#held.has(job)) continue
        if (this.#arrive(job)) came.push(job)
      }
      if (this.#line !== null) this.#lookAtLine(came)
      else this.#lookAtQueue()
    }
    return this.#schedule
  }

  /** The same bytes come out whether a simulation goes on or another begins from here. */
  snapshot(): SimulationSnapshot {
    const { startS, endS, killed, backfilled, processors } = this.#schedule
    return {
      nowS: this.#nowS,
      nextArrival: this.#nextArrival,
      startS: startS.slice(),
      endS: endS.slice(),
      killed: killed.slice(),
      backfilled: backfilled.slice(),
      processors: processors.slice(),
      state: this.#state.slice(),
      usage: [...this.#usage].map(([user, { processorS, atS }]) => [user, processorS, atS]),
    }
  }

  #nextSubmitS(): number {
    return this.#nextArrival < this.#jobs.size ? this.#jobs.submitS[this.#nextArrival]! : Infinity
  }

  #linkFollowers(): void {
    const { precedingJob, size, id } = this.#jobs
    let rows: Map<number, number> | null = null
    for (let job = 0; job < size; job++) {
      if (precedingJob[job]! < 0) continue
      rows ??= new Map(Array.from({ length: size }, (_, row) => [id[row]!, row]))
      const before = rows.get(precedingJob[job]!)
      // A later one, or the job itself, would wait for ever.
      if (before === undefined || before >= job || this.#state[before] === stateOf.done) continue
      const followers = this.#followers.get(before)
      if (followers === undefined) this.#followers.set(before, [job])
      else followers.push(job)
      if (this.#state[job] === stateOf.ahead) this.#held.set(job, before)
    }
  }

  /** True when it waits for processors now. */
  #arrive(job: number): boolean {
    const array = this.#options.arrays?.of[job] ?? -1
    if (array >= 0) {
      const active = this.#arrayActive.get(array) ?? 0
      if (active >= this.#options.arrays!.most(array)) {
        this.#state[job] = stateOf.held
        const held = this.#arrayHeld.get(array)
        if (held === undefined) this.#arrayHeld.set(array, [job])
        else held.push(job)
        return false
      }
      this.#arrayActive.set(array, active + 1)
    }
    this.#state[job] = stateOf.waiting
    // One that the cluster can never hold is left out, and shows as never started.
    if (this.#jobs.processors[job]! > this.#options.processors) return false
    if (this.#line === null) this.#queue.push(job)
    else this.#line.add(this.#rank![job]!, this.#jobs.processors[job]!, this.#jobs.requestedS[job]!)
    return true
  }

  #start(job: number, isBackfill: boolean, processors = this.#jobs.processors[job]!): void {
    const { jobs, nowS } = { jobs: this.#jobs, nowS: this.#nowS }
    const stretch = this.#stretch(job, processors)
    const runS = Math.ceil(jobs.runS[job]! * stretch)
    const limitS = Math.ceil(jobs.requestedS[job]! * stretch)
    const isKilled = this.#options.killsAtLimit !== false && runS > limitS
    this.#schedule.startS[job] = nowS
    this.#schedule.endS[job] = nowS + (isKilled ? limitS : runS)
    this.#schedule.killed[job] = isKilled ? 1 : 0
    this.#schedule.backfilled[job] = isBackfill ? 1 : 0
    this.#schedule.processors[job] = processors
    this.#state[job] = stateOf.running
    this.#free -= processors
    this.#running.add(job, nowS + limitS, processors)
    this.#ends.push(this.#schedule.endS[job]!, job)
    this.#holdings.set(jobs.user[job]!, (this.#holdings.get(jobs.user[job]!) ?? 0) + processors)
    this.#line?.remove(this.#rank![job]!)
    this.#known = null
    if (this.#isLong(job)) this.#heldByLong += processors
  }

  /** Processors of running jobs that are long for the policy's headroom. */
  #heldByLong = 0

  #isLong(job: number): boolean {
    const headroom = this.#options.policy.headroom
    return headroom !== undefined && this.#jobs.requestedS[job]! > headroom.longS
  }

  #isLetIn(job: number): boolean {
    if (this.#heldByLong === 0 || !this.#isLong(job)) return true
    const { share, patience } = this.#options.policy.headroom!
    const { processors, submitS, requestedS } = this.#jobs
    return (
      this.#heldByLong + processors[job]! <= (1 - share) * this.#options.processors ||
      this.#nowS - submitS[job]! > patience * requestedS[job]!
    )
  }

  readonly #holdings = new Map<number, number>()

  #end(job: number): void {
    const jobs = this.#jobs
    const processors = this.#schedule.processors[job]!
    const startS = this.#schedule.startS[job]!
    this.#state[job] = stateOf.done
    this.#free += processors
    if (this.#isLong(job)) this.#heldByLong -= processors
    this.#running.remove(job, startS + Math.ceil(jobs.requestedS[job]! * this.#stretch(job, processors)))
    this.#known = null
    const user = jobs.user[job]!
    this.#holdings.set(user, this.#holdings.get(user)! - processors)
    if (!this.#options.policy.isStatic) {
      this.#usage.set(user, {
        processorS: this.#decayedUsage(user) + (this.#nowS - startS) * processors,
        atS: this.#nowS,
      })
    }
    const array = this.#options.arrays?.of[job] ?? -1
    if (array >= 0) {
      this.#arrayActive.set(array, this.#arrayActive.get(array)! - 1)
      const next = this.#arrayHeld.get(array)?.shift()
      if (next !== undefined) this.#releases.push(this.#nowS, next)
    }
    for (const follower of this.#followers.get(job) ?? []) {
      this.#held.delete(follower)
      this.#releases.push(
        Math.max(this.#nowS + Math.max(0, jobs.thinkS[follower]!), jobs.submitS[follower]!),
        follower,
      )
    }
    this.#followers.delete(job)
  }

  #stretch(job: number, processors: number): number {
    if (processors === this.#jobs.processors[job]!) return 1
    const serial = this.#options.mould?.(job)?.serial ?? 0
    return serial + ((1 - serial) * this.#jobs.processors[job]!) / processors
  }

  #lookAtLine(came: number[]): void {
    const line = this.#line!
    const jobs = this.#jobs
    for (;;) {
      const rank = line.first()
      if (rank === -1) return
      const head = this.#byRank[rank]!
      if (jobs.processors[head]! <= this.#free) {
        this.#start(head, false)
        continue
      }
      if (this.#options.backfill !== 'easy' || line.size === 1) {
        if (this.#mould(head)) continue
        return
      }
      const known = this.#known
      if (known !== null && known.head === head) {
        // Nothing ended since the last look: only who has just come can be new.
        came.sort((a, b) => this.#rank![a]! - this.#rank![b]!)
        for (const job of came) this.#tryOne(job)
        return
      }
      if (this.#mould(head)) continue
      const { atS, spare } = this.#running.shadow(this.#free, jobs.processors[head]!, this.#nowS)
      let left = spare
      let looked = 0
      const most = this.#options.backfillDepth ?? Infinity
      for (let at = rank + 1; looked < most; looked++) {
        const untilS = Math.min(0x7ffffffe, atS - this.#nowS)
        at = line.next(at, this.#free, untilS, left)
        if (at === -1) break
        const job = this.#byRank[at]!
        if (jobs.requestedS[job]! > untilS) left -= jobs.processors[job]!
        this.#start(job, true)
        at++
      }
      this.#known = { head, shadowS: atS, spare: left }
      return
    }
  }

  #tryOne(job: number): void {
    const jobs = this.#jobs
    const known = this.#known!
    const processors = jobs.processors[job]!
    if (processors > this.#free) return
    const isShort = this.#nowS + jobs.requestedS[job]! <= known.shadowS
    if (!isShort && processors > known.spare) return
    this.#start(job, true)
    this.#known = { ...known, spare: isShort ? known.spare : known.spare - processors }
  }

  /** Of jobs, for a policy whose scores change. */
  readonly #scores: Float64Array

  #lookAtQueue(): void {
    const jobs = this.#jobs
    // Where nobody fits, nobody starts, whatever the order.
    if (
      this.#options.mould === undefined &&
      !this.#queue.some((job) => jobs.processors[job]! <= this.#free && this.#isLetIn(job))
    )
      return
    if (this.#queue.length === 0) return
    const view = this.#view()
    const scores = this.#scores
    for (const job of this.#queue) scores[job] = this.#options.policy.score(jobs, job, view)
    this.#queue.sort((a, b) => scores[a]! - scores[b]! || a - b)
    const started = new Set<number>()
    const start = (job: number, isBackfill: boolean) => {
      this.#start(job, isBackfill)
      started.add(job)
    }
    if (this.#options.backfill === 'conservative') {
      for (const job of planConservatively(
        this.#queue,
        jobs,
        this.#running,
        this.#free,
        this.#nowS,
        this.#options.backfillDepth,
      )) {
        start(job, started.size > 0 || job !== this.#queue[0])
      }
    } else {
      let at = 0
      for (; at < this.#queue.length; at++) {
        const job = this.#queue[at]!
        if (!this.#isLetIn(job)) continue
        if (jobs.processors[job]! > this.#free) break
        start(job, false)
      }
      const head = this.#queue[at]
      if (head !== undefined && this.#mould(head)) started.add(head)
      else if (head !== undefined && this.#options.backfill === 'easy') {
        const { atS, spare } = this.#running.shadow(this.#free, jobs.processors[head]!, this.#nowS)
        let left = spare
        const last = Math.min(this.#queue.length, at + 1 + (this.#options.backfillDepth ?? Infinity))
        for (let i = at + 1; i < last && this.#free > 0; i++) {
          const job = this.#queue[i]!
          const processors = jobs.processors[job]!
          if (processors > this.#free || !this.#isLetIn(job)) continue
          const isShort = this.#nowS + jobs.requestedS[job]! <= atS
          if (!isShort && processors > left) continue
          if (!isShort) left -= processors
          start(job, true)
        }
      }
    }
    if (started.size > 0) this.#queue = this.#queue.filter((job) => !started.has(job))
  }

  /** Starts a job on what is free, if it may and if it ends sooner so than by waiting for all that it asked for. */
  #mould(head: number): boolean {
    const shape = this.#options.mould?.(head) ?? null
    if (shape === null || this.#free < Math.max(1, shape.least)) return false
    const { atS } = this.#running.shadow(this.#free, this.#jobs.processors[head]!, this.#nowS)
    const limitS = this.#jobs.requestedS[head]!
    if (this.#nowS + limitS * this.#stretch(head, this.#free) > atS + limitS) return false
    this.#start(head, false, this.#free)
    return true
  }

  #view(): PolicyView {
    return {
      nowS: this.#nowS,
      processors: this.#options.processors,
      heldBy: (user) => this.#holdings.get(user) ?? 0,
      usageOf: (user) => this.#usageShare(user),
    }
  }

  #decayedUsage(user: number): number {
    const usage = this.#usage.get(user)
    if (usage === undefined) return 0
    const halfLifeS = this.#options.usageHalfLifeS ?? 7 * 86_400
    return usage.processorS * 2 ** (-(this.#nowS - usage.atS) / halfLifeS)
  }

  /** A user's part of all that users have had. */
  #usageShare(user: number): number {
    if (this.#usageAtS !== this.#nowS) {
      this.#usageAtS = this.#nowS
      this.#usageSum = 0
      for (const one of this.#usage.keys()) this.#usageSum += this.#decayedUsage(one)
    }
    return this.#usageSum === 0 ? 0 : this.#decayedUsage(user) / this.#usageSum
  }

  #usageAtS = -1
  #usageSum = 0

  #restore(from: SimulationSnapshot): void {
    this.#nowS = from.nowS
    this.#nextArrival = from.nextArrival
    for (const [user, processorS, atS] of from.usage) this.#usage.set(user, { processorS, atS })
    const jobs = this.#jobs
    for (let job = 0; job < jobs.size; job++) {
      const state = this.#state[job]
      const array = this.#options.arrays?.of[job] ?? -1
      if (array >= 0 && (state === stateOf.waiting || state === stateOf.running)) {
        this.#arrayActive.set(array, (this.#arrayActive.get(array) ?? 0) + 1)
      }
      if (state === stateOf.running) {
        const processors = this.#schedule.processors[job]!
        this.#free -= processors
        const limitS = Math.ceil(jobs.requestedS[job]! * this.#stretch(job, processors))
        this.#running.add(job, this.#schedule.startS[job]! + limitS, processors)
        if (this.#isLong(job)) this.#heldByLong += processors
        this.#ends.push(this.#schedule.endS[job]!, job)
        this.#holdings.set(jobs.user[job]!, (this.#holdings.get(jobs.user[job]!) ?? 0) + processors)
      } else if (state === stateOf.waiting && jobs.processors[job]! <= this.#options.processors) {
        if (this.#line === null) this.#queue.push(job)
        else this.#line.add(this.#rank![job]!, jobs.processors[job]!, jobs.requestedS[job]!)
      } else if (state === stateOf.held) {
        const held = this.#arrayHeld.get(array)
        if (held === undefined) this.#arrayHeld.set(array, [job])
        else held.push(job)
      } else if (state === stateOf.ahead && job < from.nextArrival && !this.#held.has(job)) {
        // Its predecessor has ended, and it thinks.
        const before = Array.from({ length: job }, (_, row) => row).findLast(
          (row) => jobs.id[row] === jobs.precedingJob[job],
        )
        const endedS = before === undefined ? 0 : this.#schedule.endS[before]!
        this.#releases.push(Math.max(endedS + Math.max(0, jobs.thinkS[job]!), jobs.submitS[job]!), job)
      }
    }
  }
}
