import type { AdmitRequest, RequestQueue } from './admission.ts'
import { DrainRate } from './drain-rate.ts'
import { FairClass } from './fair-class.ts'
import type { Entry } from './fair-class.ts'
import { ShedError } from './shed-error.ts'

export interface QueueBounds {
  maxWaiting: number
  maxWaitMs: number
}

/** Milliseconds that only go forward, and one-shot timers. */
export interface QueueTimers {
  now(): number
  /** Calls back once after `ms`; returns what cancels it. */
  after(ms: number, call: () => void): () => void
}

/** A queue whose bounds follow the gateway's table. */
export interface ConfigurableQueue extends RequestQueue {
  /** Takes effect at once for those who wait: time waited so far counts, and the newest beyond the bound are shed. */
  configure(bounds: QueueBounds): void
}

interface Waiter {
  readonly request: AdmitRequest
  readonly arrivedAtMs: number
  readonly start: () => object | null
  readonly resolve: (started: object) => void
  readonly reject: (reason: unknown) => void
  readonly onAbort: () => void
  /** While its `start` runs: an abort then is answered after it. */
  isStarting: boolean
  isSettled: boolean
}

/** While batch requests wait, one of them gets a turn after this many interactive ones: slow, but never starved. */
const interactiveTurnsPerBatchTurn = 16
const minRetryAfterMs = 1000
const maxRetryAfterMs = 60_000

/**
 * A bounded queue in memory. Interactive goes before batch, but for one batch turn in every 17; within a class
 * tenants share by weight (see `FairClass`). When it is full, an interactive request takes the place of the newest
 * batch one; else one of a tenant that holds less than its share takes the newest place of the tenant that holds most;
 * else the newcomer is shed. `Retry-After` is the time that the queue has lately needed for what is ahead.
 *
 * What `start` throws goes to the request that it was called for. A waiting request's abort and its start are never
 * both reported; when the signal aborts after the start, the started object is the caller's to end.
 */
export function createQueue(bounds: QueueBounds, timers: QueueTimers = systemTimers): ConfigurableQueue {
  return new FairQueue(bounds, timers)
}

const systemTimers: QueueTimers = {
  now: () => performance.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms).unref()
    return () => clearTimeout(timer)
  },
}

class FairQueue implements ConfigurableQueue {
  readonly #interactive = new FairClass<Waiter>()
  readonly #batch = new FairClass<Waiter>()
  readonly #timers: QueueTimers
  readonly #drainRate: DrainRate
  #bounds: QueueBounds
  /** Interactive turns since the last batch turn, while batch requests waited. */
  #turnsBeforeBatch = 0
  /** One timer, for the request that waits longest; null when nothing waits. */
  #cancelTimer: (() => void) | null = null
  #isDraining = false
  #isWokenAgain = false

  constructor(bounds: QueueBounds, timers: QueueTimers) {
    this.#bounds = bounds
    this.#timers = timers
    this.#drainRate = new DrainRate(timers.now())
  }

  get waiting(): number {
    return this.#interactive.size + this.#batch.size
  }

  enter<Started extends object>(
    request: AdmitRequest,
    start: () => Started | null,
  ): Started | Promise<Started> {
    if (request.signal.aborted) return Promise.reject(request.signal.reason as Error)
    if (this.waiting === 0 && !this.#isDraining) {
      const started = start()
      if (started) return started
      // `start` may have entered another request, or have ended this one.
      if (request.signal.aborted) return Promise.reject(request.signal.reason as Error)
    }
    const shed = this.#makeRoom(request)
    if (shed) return Promise.reject(shed)
    return this.#wait(request, start)
  }

  wake(): void {
    // `start` may end a request, which wakes the queue from within.
    if (this.#isDraining) {
      this.#isWokenAgain = true
      return
    }
    if (this.waiting === 0) return
    this.#isDraining = true
    try {
      do {
        this.#isWokenAgain = false
        while (this.#startNext());
      } while (this.#isWokenAgain)
    } finally {
      this.#isDraining = false
    }
  }

  configure(bounds: QueueBounds): void {
    this.#bounds = bounds
    while (this.waiting > bounds.maxWaiting) {
      const newest = this.#batch.newest() ?? this.#interactive.newest()
      this.#reject(newest!, this.#full())
    }
    this.#cancelTimer?.()
    this.#expire()
  }

  #wait<Started extends object>(request: AdmitRequest, start: () => Started | null): Promise<Started> {
    return new Promise<Started>((resolve, reject) => {
      const waiter: Waiter = {
        request,
        arrivedAtMs: this.#timers.now(),
        start,
        // The queue hands each waiter only what its own `start` returned.
        resolve: resolve as (started: object) => void,
        reject,
        onAbort: () => {
          if (waiter.isStarting) return
          this.#reject(entry, request.signal.reason)
          // What is next now may fit where this did not.
          this.wake()
        },
        isStarting: false,
        isSettled: false,
      }
      const size = Math.max(1, request.tokens)
      const entry = this.#classOf(request).add(request.tenantId, waiter, size, request.weight)
      request.signal.addEventListener('abort', waiter.onAbort, { once: true })
      if (!this.#cancelTimer) this.#setTimer()
    })
  }

  /** Returns why `request` may not wait, or null once there is a place for it. */
  #makeRoom(request: AdmitRequest): ShedError | null {
    const { maxWaiting } = this.#bounds
    if (this.waiting < maxWaiting) return null
    if (maxWaiting === 0) return this.#full()
    const evicted =
      (request.priority === 'interactive' ? this.#batch.newest() : null) ??
      this.#classOf(request).hoarded(request.tenantId, request.weight)
    if (!evicted) return this.#full()
    this.#reject(evicted, this.#full())
    return null
  }

  /** Starts whose turn it is; false when nobody waits or there is no room. */
  #startNext(): boolean {
    const isBatchTurn =
      this.#batch.size > 0 &&
      (this.#interactive.size === 0 || this.#turnsBeforeBatch >= interactiveTurnsPerBatchTurn)
    const from = isBatchTurn ? this.#batch : this.#interactive
    const entry = from.next()
    if (!entry) return false
    const waiter = entry.item
    const { signal } = waiter.request
    waiter.isStarting = true
    let started: object | null
    try {
      started = waiter.start()
    } catch (error) {
      this.#reject(entry, error)
      return true
    } finally {
      waiter.isStarting = false
    }
    if (!started) {
      if (signal.aborted) this.#reject(entry, signal.reason)
      return signal.aborted
    }
    if (waiter.isSettled) return true
    if (isBatchTurn) this.#turnsBeforeBatch = 0
    else this.#turnsBeforeBatch = this.#batch.size > 0 ? this.#turnsBeforeBatch + 1 : 0
    this.#drainRate.count(this.#timers.now())
    from.serve(entry)
    waiter.isSettled = true
    signal.removeEventListener('abort', waiter.onAbort)
    waiter.resolve(started)
    return true
  }

  #reject(entry: Entry<Waiter>, reason: unknown): void {
    const waiter = entry.item
    if (waiter.isSettled) return
    waiter.isSettled = true
    this.#classOf(waiter.request).remove(entry)
    waiter.request.signal.removeEventListener('abort', waiter.onAbort)
    waiter.reject(reason)
  }

  /** Sheds all that waited too long, then sets the timer for the next. */
  #expire(): void {
    const latest = this.#timers.now() - this.#bounds.maxWaitMs
    for (let entry = this.#oldest(); entry && entry.item.arrivedAtMs <= latest; entry = this.#oldest()) {
      this.#reject(
        entry,
        new ShedError({
          code: 'queue-timeout',
          message: `The request waited ${this.#bounds.maxWaitMs} ms for a replica and none was free. Try again later, or add replicas.`,
          retryAfterMs: this.#retryAfterMs(),
        }),
      )
    }
    this.#cancelTimer = null
    this.#setTimer()
    // What is next now may fit where those did not.
    this.wake()
  }

  /** Set for the oldest and left alone when that one leaves: it then fires early and is set anew. */
  #setTimer(): void {
    const oldest = this.#oldest()
    if (!oldest) return
    const leftMs = oldest.item.arrivedAtMs + this.#bounds.maxWaitMs - this.#timers.now()
    this.#cancelTimer = this.#timers.after(Math.max(1, Math.ceil(leftMs)), () => this.#expire())
  }

  #oldest(): Entry<Waiter> | null {
    const one = this.#interactive.oldest()
    const other = this.#batch.oldest()
    if (!one || !other) return one ?? other
    return one.item.arrivedAtMs <= other.item.arrivedAtMs ? one : other
  }

  #classOf(request: AdmitRequest): FairClass<Waiter> {
    return request.priority === 'interactive' ? this.#interactive : this.#batch
  }

  #full(): ShedError {
    return new ShedError({
      code: 'queue-full',
      message: `All replicas are busy and ${this.waiting} requests wait already. Try again later.`,
      retryAfterMs: this.#retryAfterMs(),
    })
  }

  #retryAfterMs(): number {
    const ms = this.#drainRate.msFor(this.waiting + 1, this.#timers.now())
    if (ms === Infinity) {
      return Math.min(maxRetryAfterMs, Math.max(minRetryAfterMs, this.#bounds.maxWaitMs))
    }
    return Math.round(Math.min(maxRetryAfterMs, Math.max(minRetryAfterMs, ms)))
  }
}
