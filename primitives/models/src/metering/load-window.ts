import type { CallRecord, CallStatus } from './call-record.ts'
import type { Load } from './gateway-snapshot.ts'
import { LatencyWindow, latencyWindowMs } from './latency-window.ts'
import { SlidingSums } from './sliding-sums.ts'

const written = 0
const read = 1
const calls = 2
const rateSeconds = 5

/** Seconds of `Load.tokens` that a window remembers, besides the one that is being filled. */
export const loadSeconds = 120

const statuses: readonly CallStatus[] = ['ok', 'failed', 'cut', 'cancelled', 'shed', 'rejected']
const cacheHits = statuses.length
const cacheAsked = cacheHits + 1

/** Codes come from upstreams too; what does not fit is counted as `other`. */
const maxErrorCodes = 32

export interface BriefLoad {
  inFlight: number
  tokensPerSecond: number
  ttftMs: number | null
  failedShare: number
}

/** The recent load of one replica, one model or the whole gateway, in fixed memory. */
export class LoadWindow {
  inFlight = 0
  readonly #rates = new SlidingSums(1000, loadSeconds + 1, 3)
  readonly #counts = new SlidingSums(latencyWindowMs / 10, 10, cacheAsked + 1)
  readonly #cost = new SlidingSums(60_000, 60)
  readonly #ttft = new LatencyWindow()
  readonly #duration = new LatencyWindow()
  readonly #errors = new Map<string, SlidingSums>()

  addTokens(nowMs: number, tokens: number): void {
    this.#rates.add(nowMs, tokens, written)
  }

  /** Counts a call that ended. `uncounted`: written tokens that `addTokens` has not seen. */
  addEnded(nowMs: number, call: CallRecord, uncounted: number): void {
    const { usage } = call
    this.#rates.add(nowMs, uncounted, written)
    this.#rates.add(nowMs, usage.input + usage.cacheRead + usage.cacheWrite, read)
    this.#rates.add(nowMs, 1, calls)
    this.#counts.add(nowMs, 1, statuses.indexOf(call.status))
    if (call.cache !== 'off') this.#counts.add(nowMs, 1, cacheAsked)
    if (call.cache === 'hit' || call.cache === 'ready') this.#counts.add(nowMs, 1, cacheHits)
    if (call.costMicros > 0) this.#cost.add(nowMs, call.costMicros)
    if (call.ttftMs !== null) this.#ttft.add(nowMs, call.ttftMs)
    if (call.status === 'ok') this.#duration.add(nowMs, call.durationMs)
    if (call.errorCode !== null) this.#error(call.errorCode).add(nowMs, 1)
  }

  /** `seconds` of `tokens`, at most `loadSeconds`. */
  read(nowMs: number, seconds: number, showsCost: boolean): Load {
    const byStatus = Object.fromEntries(
      statuses.map((status, kind) => [status, this.#counts.sum(nowMs, kind)]),
    ) as Record<CallStatus, number>
    const { ok, ...others } = byStatus
    const errors: Record<string, number> = {}
    for (const [code, sums] of this.#errors) {
      const sum = sums.sum(nowMs)
      if (sum > 0) errors[code] = sum
    }
    return {
      inFlight: this.inFlight,
      tokensPerSecond: this.#rates.perSecond(nowMs, rateSeconds, written),
      promptTokensPerSecond: this.#rates.perSecond(nowMs, rateSeconds, read),
      callsPerSecond: this.#rates.perSecond(nowMs, rateSeconds, calls),
      tokens: this.#rates.series(nowMs, seconds, written),
      ttftMs: this.#ttft.quantiles(nowMs),
      durationMs: this.#duration.quantiles(nowMs),
      ended: Object.values(others).reduce((sum, each) => sum + each, ok),
      ...others,
      cacheHits: this.#counts.sum(nowMs, cacheHits),
      cacheAsked: this.#counts.sum(nowMs, cacheAsked),
      errors,
      costMicrosLastHour: showsCost ? this.#cost.sum(nowMs) : null,
    }
  }

  /** The little that a picture of thousands needs. `ttftMs`: median, null when no call began to answer lately. */
  brief(nowMs: number): BriefLoad {
    const ended = statuses.reduce((sum, _, kind) => sum + this.#counts.sum(nowMs, kind), 0)
    const failed =
      this.#counts.sum(nowMs, statuses.indexOf('failed')) + this.#counts.sum(nowMs, statuses.indexOf('cut'))
    return {
      inFlight: this.inFlight,
      tokensPerSecond: this.#rates.perSecond(nowMs, rateSeconds, written),
      ttftMs: ended === 0 ? null : (this.#ttft.quantiles(nowMs)?.p50 ?? null),
      failedShare: ended === 0 ? 0 : failed / ended,
    }
  }

  #error(code: string): SlidingSums {
    const known = this.#errors.get(code)
    if (known) return known
    if (this.#errors.size >= maxErrorCodes && code !== 'other') return this.#error('other')
    const sums = new SlidingSums(latencyWindowMs / 10, 10)
    this.#errors.set(code, sums)
    return sums
  }
}
