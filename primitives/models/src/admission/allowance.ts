import type { KeyLimits } from '@heavylift/core'
import type { LimitsConfig } from '../table/gateway-config.ts'
import type { Answer } from './shared/grants.ts'
import type { Claim } from './shared/blocks.ts'
import type { Share } from './shared/share.ts'
import { ShedError } from './shed-error.ts'
import { TokenBucket } from './token-bucket.ts'
import type { UtcCalendar } from './utc-calendar.ts'

/** Spent so far in the present UTC day and month, in millionths of a US dollar. */
export interface Spent {
  dayMicros: number
  monthMicros: number
}

/** What a request asks of the limits. */
export interface Wish {
  model: string
  tokens: number
  /** Most that it may cost, in millionths of a US dollar. */
  micros: number
}

/** Limits made ready for the hot path: models as a set, budgets in millionths. Shared by all that have the same. */
export interface CompiledLimits {
  config: LimitsConfig
  models: ReadonlySet<string> | null
  dayBudgetMicros: number
  monthBudgetMicros: number
}

export function compileLimits(config: LimitsConfig): CompiledLimits {
  return {
    config,
    models: config.models && new Set(config.models),
    dayBudgetMicros: micros(config.budgetUsdPerDay),
    monthBudgetMicros: micros(config.budgetUsdPerMonth),
  }
}

/** Both at once: the smaller figure, and the models that both allow. */
export function tighter(config: LimitsConfig, own: KeyLimits): LimitsConfig {
  const least = (one: number | null, other: number | null) =>
    one === null || other === null ? (one ?? other) : Math.min(one, other)
  return {
    ...config,
    requestsPerMinute: least(config.requestsPerMinute, own.requestsPerMinute),
    tokensPerMinute: least(config.tokensPerMinute, own.tokensPerMinute),
    maxInFlight: least(config.maxInFlight, own.maxInFlight),
    budgetUsdPerDay: least(config.budgetUsdPerDay, own.budgetUsdPerDay),
    budgetUsdPerMonth: least(config.budgetUsdPerMonth, own.budgetUsdPerMonth),
    models:
      config.models && own.models
        ? config.models.filter((name) => own.models?.includes(name))
        : (config.models ?? own.models),
  }
}

function micros(usd: number | null): number {
  return usd === null ? Infinity : Math.round(usd * 1_000_000)
}

/** How long after a refusal for too many in flight it is worth asking again; nobody knows when one ends. */
const inFlightRetryMs = 1000

/** What one tenant or key has used of its limits. */
export class Allowance {
  readonly #name: string
  #limits: CompiledLimits
  #requests: TokenBucket | null = null
  #tokens: TokenBucket | null = null
  #inFlight = 0
  #day = -1
  #month = -1
  #dayMicros = 0
  #monthMicros = 0
  /** Of the budgets, for requests under way. */
  #reservedMicros = 0
  /** Of the limits that other processes count as well; none where this one is alone. */
  shares: readonly Share[] = []

  /** `name` as messages say it: `tenant acme`, `key k_1`. */
  constructor(name: string, limits: CompiledLimits, nowMs: number) {
    this.#name = name
    this.#limits = limits
    this.configure(limits, nowMs)
  }

  get limits(): CompiledLimits {
    return this.#limits
  }

  get hasBudget(): boolean {
    return this.#limits.dayBudgetMicros !== Infinity || this.#limits.monthBudgetMicros !== Infinity
  }

  get inFlight(): number {
    return this.#inFlight
  }

  configure(limits: CompiledLimits, nowMs: number): void {
    this.#limits = limits
    this.#requests = rated(this.#requests, limits.config.requestsPerMinute, nowMs)
    this.#tokens = rated(this.#tokens, limits.config.tokensPerMinute, nowMs)
  }

  /** Why a request may not enter now, or null. Takes nothing. */
  refusal({ model, tokens, micros }: Wish, nowMs: number, calendar: UtcCalendar): ShedError | null {
    const { config, models } = this.#limits
    if (models && !models.has(model)) {
      return new ShedError({
        code: 'model-not-allowed',
        message: `The ${this.#name} may not use the model "${model}". Ask for one of: ${[...models].join(', ')}.`,
        retryAfterMs: null,
      })
    }
    this.#turnPage(calendar)
    const overBudget =
      this.#overBudget('month', micros, calendar.monthEndsAtMs - nowMs) ??
      this.#overBudget('day', micros, calendar.dayEndsAtMs - nowMs)
    if (overBudget) return overBudget
    if (config.maxInFlight !== null && this.#inFlight >= config.maxInFlight) return this.#tooManyInFlight()
    const requestWaitMs = this.#requests?.waitMs(1, nowMs) ?? 0
    const tokenWaitMs = this.#tokens?.waitMs(tokens, nowMs) ?? 0
    // Who comes back then is refused by neither.
    const retryAfterMs = Math.max(requestWaitMs, tokenWaitMs)
    if (requestWaitMs > 0) return this.#tooManyRequests(retryAfterMs)
    return tokenWaitMs > 0 ? this.#tooManyTokens(retryAfterMs) : null
  }

  /** What a request takes of the limits that are shared with other processes. */
  claims({ tokens, micros }: Wish): Claim[] {
    const units = { budget: micros, flight: 1, requests: 1, tokens }
    return this.shares.map((share) => ({ share, units: units[share.kind] }))
  }

  /** Why other processes leave nothing for a claim on one of its shares. */
  refusedByAll({ share, units }: Claim, answer: Answer, nowMs: number, calendar: UtcCalendar): ShedError {
    switch (share.kind) {
      case 'flight':
        return this.#tooManyInFlight()
      case 'requests':
        return this.#tooManyRequests(answer.waitMs)
      case 'tokens':
        return this.#tooManyTokens(answer.waitMs)
      case 'budget': {
        const { spentDay, spentMonth } = answer
        const { dayBudgetMicros, monthBudgetMicros } = this.#limits
        const isOfMonth = monthBudgetMicros - spentMonth < dayBudgetMicros - spentDay
        return isOfMonth
          ? this.#budgetGone('month', units, spentMonth, calendar.monthEndsAtMs - nowMs)
          : this.#budgetGone('day', units, spentDay, calendar.dayEndsAtMs - nowMs)
      }
    }
  }

  /** Counts a request that `refusal` let through. */
  begin({ tokens, micros }: Wish): void {
    this.#requests?.take(1)
    this.#tokens?.take(tokens)
    this.#inFlight += 1
    this.#reservedMicros += micros
  }

  /** Counts its end, with the tokens that it really used; what it cost is for `spend`. */
  end({ tokens, micros }: Wish, usedTokens: number): void {
    this.#inFlight -= 1
    this.#tokens?.giveBack(tokens - usedTokens)
    this.#reservedMicros -= micros
  }

  spend(costMicros: number, calendar: UtcCalendar): void {
    this.#turnPage(calendar)
    this.#dayMicros += costMicros
    this.#monthMicros += costMicros
  }

  /** What the books say was spent; what was counted here since they were read is kept when it is more. */
  load(spent: Spent, calendar: UtcCalendar): void {
    this.#turnPage(calendar)
    this.#dayMicros = Math.max(this.#dayMicros, spent.dayMicros)
    this.#monthMicros = Math.max(this.#monthMicros, spent.monthMicros)
  }

  spent(calendar: UtcCalendar): Spent {
    this.#turnPage(calendar)
    return { dayMicros: this.#dayMicros, monthMicros: this.#monthMicros }
  }

  /** True when forgetting it changes nothing: nothing under way, buckets full, nothing spent this month. */
  isBlank(nowMs: number, calendar: UtcCalendar): boolean {
    this.#turnPage(calendar)
    return (
      this.#inFlight === 0 &&
      this.#monthMicros === 0 &&
      this.shares.every(({ isBlank }) => isBlank) &&
      this.#requests?.isFull(nowMs) !== false &&
      this.#tokens?.isFull(nowMs) !== false
    )
  }

  #turnPage(calendar: UtcCalendar): void {
    if (calendar.day === this.#day) return
    this.#day = calendar.day
    this.#dayMicros = 0
    if (calendar.month === this.#month) return
    this.#month = calendar.month
    this.#monthMicros = 0
  }

  #tooManyInFlight(): ShedError {
    return new ShedError({
      code: 'in-flight-limited',
      message: `The ${this.#name} has ${this.#limits.config.maxInFlight} requests under way, its limit. Wait until one has ended.`,
      retryAfterMs: inFlightRetryMs,
    })
  }

  #tooManyRequests(retryAfterMs: number): ShedError {
    return new ShedError({
      code: 'rate-limited',
      message: `The ${this.#name} has made its ${this.#limits.config.requestsPerMinute} requests a minute. Send them more slowly.`,
      retryAfterMs,
    })
  }

  #tooManyTokens(retryAfterMs: number): ShedError {
    return new ShedError({
      code: 'tokens-limited',
      message: `The ${this.#name} has used its ${this.#limits.config.tokensPerMinute} tokens a minute. Send fewer or shorter requests.`,
      retryAfterMs,
    })
  }

  #overBudget(period: 'day' | 'month', micros: number, endsInMs: number): ShedError | null {
    const { dayBudgetMicros, monthBudgetMicros } = this.#limits
    const budget = period === 'day' ? dayBudgetMicros : monthBudgetMicros
    const spent = period === 'day' ? this.#dayMicros : this.#monthMicros
    if (spent < budget && spent + this.#reservedMicros + micros <= budget) return null
    return this.#budgetGone(period, micros, spent, endsInMs)
  }

  #budgetGone(period: 'day' | 'month', micros: number, spent: number, endsInMs: number): ShedError {
    const { config, dayBudgetMicros, monthBudgetMicros } = this.#limits
    const budget = period === 'day' ? dayBudgetMicros : monthBudgetMicros
    const budgetUsd = period === 'day' ? config.budgetUsdPerDay : config.budgetUsdPerMonth
    const whole = `its budget of ${budgetUsd} US dollars a ${period} (UTC)`
    const error = (message: string, retryAfterMs: number) =>
      new ShedError({ code: 'budget-exhausted', message: `The ${this.#name} ${message}`, retryAfterMs })
    if (spent >= budget) {
      return error(`has spent ${whole}. Wait for the next ${period} or raise the budget.`, endsInMs)
    }
    const left = usd(budget - spent)
    if (spent + micros > budget) {
      return error(
        `has ${left} left of ${whole}, and this request may cost ${usd(micros)}. Ask for fewer tokens (max_tokens), wait for the next ${period} or raise the budget.`,
        endsInMs,
      )
    }
    return error(
      `has ${left} left of ${whole}, and requests under way may cost all of it. Wait until one has ended.`,
      inFlightRetryMs,
    )
  }
}

function usd(micros: number): string {
  return `$${(micros / 1_000_000).toPrecision(3)}`
}

function rated(bucket: TokenBucket | null, perMinute: number | null, nowMs: number): TokenBucket | null {
  if (perMinute === null) return null
  if (!bucket) return new TokenBucket(perMinute, nowMs)
  bucket.setRate(perMinute, nowMs)
  return bucket
}
