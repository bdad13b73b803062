import type { Outcome } from './balancer.ts'
import type { HealthOptions } from './health-options.ts'
import { OutcomeWindow } from './outcome-window.ts'
import type { ReplicaState } from './replica.ts'

const BUSY_MS = 1_000
const MAX_BUSY_MS = 60_000

/**
 * Whether one replica may take requests: breaker, ejection, active checks, draining and Retry-After in one machine.
 * Pure: time comes with each call, and nothing happens between calls.
 *
 * The breaker's phases: `closed` --failures or ejection--> `open` --pause over--> `half-open` --the probe ends well-->
 * `closed` (slow start), or --the probe fails--> `open` (longer pause). Requests that started before the last change of
 * phase say nothing about the replica as it is now, so each carries the `term` in which it started.
 */
export class ReplicaHealth {
  readonly #options: HealthOptions
  readonly #random: () => number
  readonly window: OutcomeWindow
  #phase: 'closed' | 'open' | 'half-open' = 'closed'
  #isEjected = false
  #isHealthy = true
  #isDraining = false
  #term = 0
  #hasProbe = false
  #consecutiveFailures = 0
  #timesOpened = 0
  #closedAtMs = -Infinity
  #openUntilMs = 0
  #busyUntilMs = -Infinity
  #rampFromMs = -Infinity

  constructor(options: HealthOptions, random: () => number) {
    this.#options = options
    this.#random = random
    this.window = new OutcomeWindow(options.breaker.windowMs)
  }

  /** Changes with the phase. A request hands the one it started in back to `ended`. */
  get term(): number {
    return this.#term
  }

  /** Whether it can be compared with others: it is in the ordinary run of things. */
  get isClosed(): boolean {
    return this.#phase === 'closed'
  }

  get isProbing(): boolean {
    return this.#phase === 'half-open'
  }

  get state(): ReplicaState {
    if (this.#isDraining) return 'draining'
    if (!this.#isHealthy) return 'unhealthy'
    if (this.#phase === 'closed') return 'healthy'
    if (this.#phase === 'half-open') return 'probing'
    return this.#isEjected ? 'ejected' : 'open'
  }

  /** Whether a request may be sent now. Moves `open` to `half-open` when the pause is over. */
  takes(nowMs: number): boolean {
    if (this.#phase === 'open' && nowMs >= this.#openUntilMs) {
      this.#phase = 'half-open'
      this.#isEjected = false
      this.#hasProbe = false
      this.#term++
    }
    if (this.#isDraining || !this.#isHealthy || nowMs < this.#busyUntilMs) return false
    return this.#phase === 'closed' || (this.#phase === 'half-open' && !this.#hasProbe)
  }

  /** For how long it takes nothing even without load: 0 for not at all, `Infinity` until something else brings it back. */
  blockedMs(nowMs: number): number {
    if (this.#isDraining || !this.#isHealthy) return Infinity
    const openMs = this.#phase === 'open' ? this.#openUntilMs - nowMs : 0
    return Math.max(0, openMs, this.#busyUntilMs - nowMs)
  }

  /** A request was sent, after `takes` said that it may. */
  started(): void {
    if (this.#phase === 'half-open') this.#hasProbe = true
  }

  /** A request that started in `term` ended. Returns whether that opened the breaker. */
  ended(term: number, outcome: Outcome, nowMs: number, retryAfterMs?: number): boolean {
    if (outcome === 'busy') {
      const pause = Math.min(MAX_BUSY_MS, Math.max(0, retryAfterMs ?? BUSY_MS))
      this.#busyUntilMs = Math.max(this.#busyUntilMs, nowMs + pause)
    }
    if (term !== this.#term) return false
    if (this.#phase === 'half-open') {
      this.#hasProbe = false
      if (outcome === 'ok') this.#close(nowMs)
      else if (outcome === 'failed') this.#open(nowMs, false)
      // A probe that was cancelled or found the replica full proves nothing; the next request probes again.
      return outcome === 'failed'
    }
    if (outcome === 'ok') {
      this.#consecutiveFailures = 0
      this.window.add(true, nowMs)
      return false
    }
    if (outcome !== 'failed') return false
    this.#consecutiveFailures++
    this.window.add(false, nowMs)
    const { breaker } = this.#options
    const isRateTooHigh =
      this.window.total >= breaker.minRequests && this.window.failureRate >= breaker.failureRate
    if (this.#consecutiveFailures < breaker.consecutiveFailures && !isRateTooHigh) return false
    this.#open(nowMs, false)
    return true
  }

  /** The next failure takes it out; the next success clears it. */
  suspect(): void {
    const { consecutiveFailures } = this.#options.breaker
    this.#consecutiveFailures = Math.max(this.#consecutiveFailures, consecutiveFailures - 1)
  }

  /** Takes it out as an outlier; it comes back by a probe, as after the breaker. Does nothing unless it is closed. */
  eject(nowMs: number): void {
    if (this.#phase === 'closed') this.#open(nowMs, true)
  }

  /** What the active check found. Back from unhealthy it starts slowly; an open breaker may probe at once. */
  setHealthy(isHealthy: boolean, nowMs: number): void {
    if (isHealthy === this.#isHealthy) return
    this.#isHealthy = isHealthy
    if (!isHealthy) return
    this.#rampFromMs = nowMs
    this.#openUntilMs = Math.min(this.#openUntilMs, nowMs)
  }

  setDraining(isDraining: boolean): void {
    this.#isDraining = isDraining
  }

  /** Share of its weight that it should have now: ramps up to 1 after it came back. */
  share(nowMs: number): number {
    const { rampMs, from } = this.#options.slowStart
    const sinceMs = nowMs - this.#rampFromMs
    if (sinceMs >= rampMs) return 1
    return from + (1 - from) * Math.max(0, sinceMs / rampMs)
  }

  #open(nowMs: number, isEjected: boolean): void {
    const { pauseMs, maxPauseMs, jitter } = this.#options.breaker
    // Well for as long as the longest pause: what was before is forgotten.
    if (this.#phase === 'closed' && nowMs - this.#closedAtMs >= maxPauseMs) this.#timesOpened = 0
    const pause = Math.min(maxPauseMs, pauseMs * 2 ** Math.min(30, this.#timesOpened))
    this.#timesOpened++
    this.#phase = 'open'
    this.#isEjected = isEjected
    this.#openUntilMs = nowMs + pause * (1 + jitter * (2 * this.#random() - 1))
    this.#term++
  }

  #close(nowMs: number): void {
    this.#phase = 'closed'
    this.#closedAtMs = nowMs
    this.#rampFromMs = nowMs
    this.#consecutiveFailures = 0
    this.window.clear()
    this.#term++
  }
}
