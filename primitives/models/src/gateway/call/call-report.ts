import type { Permit } from '../../admission/limits.ts'
import type { CallRecord, MeteredCall } from '../../metering/call-record.ts'
import type { LiveCall } from '../../metering/live-stats.ts'
import type { Replica } from '../../routing/replica.ts'
import type { TokenUsage } from '../../wire/codec.ts'
import { emptyUsage, tokensIn } from '../../wire/token-usage.ts'
import { LoggedText } from '../answer/logged-text.ts'
import type { GatewayParts } from '../gateway-parts.ts'
import type { RoutedCall } from './routed-call.ts'

/** What an answer without a bound is taken to have at most, where a budget has to hold. */
const unboundedOutputTokens = 4096
/** Of prompt text; few texts have more tokens than that. */
const leastBytesPerToken = 3

/** How a call went, beside what was asked. */
export interface CallEnd extends Pick<
  CallRecord,
  'status' | 'httpStatus' | 'errorCode' | 'attempts' | 'isHedged' | 'queuedMs' | 'usage' | 'isUsageEstimated'
> {
  /** Null when none was reached, and then nothing is paid. */
  replica: Replica | null
  /** Of the limits that admitted it. */
  chargedTokens: number
}

/** What is told of one call: to limits when it enters, live while it runs, on record once it is over. */
export class CallReport {
  readonly #parts: GatewayParts
  readonly #routed: RoutedCall
  readonly #live: LiveCall
  readonly #logged: LoggedText | null
  #permit: Permit | null = null
  #isOver = false
  #ttftMs: number | null = null
  #events = 0
  #costMicros = 0
  #wastedTokens = 0
  #wastedCostMicros = 0

  /** `keepsText`: the prompt and the answer go to the request log. */
  constructor(parts: GatewayParts, routed: RoutedCall, keepsText: boolean) {
    const { call, route } = routed
    this.#parts = parts
    this.#routed = routed
    this.#logged = keepsText ? new LoggedText() : null
    this.#live = parts.meter.began({ id: call.id, tenantId: call.tenantId, model: route.name })
  }

  /** Of what is over, with what was wasted; 0 before. */
  get costMicros(): number {
    return this.#costMicros
  }

  get hasBegun(): boolean {
    return this.#ttftMs !== null
  }

  /**
   * Asks the limits, and returns the tenant's weight in the queue; a promise where the limits have to ask other processes.
   * Throws, or rejects with, what they refuse with.
   */
  admit(tokens: number): number | Promise<number> {
    const { call, limitAs } = this.#routed
    if (call.isSample) return 1
    const admitted = this.#parts.limits.admit({
      tenantId: call.tenantId,
      keyId: call.keyId,
      ...(call.limits && { limits: call.limits }),
      model: limitAs,
      tokens,
      mayCostMicros: () => this.#mayCostMicros(),
    })
    return admitted instanceof Promise
      ? admitted.then((permit) => this.#admitted(permit))
      : this.#admitted(admitted)
  }

  #admitted(permit: Permit): number {
    // It ended while the limits were asked.
    if (this.#isOver) permit.settle(0, 0)
    this.#permit = permit
    return permit.weight
  }

  /** An attempt's work that nobody gets: a hedge that lost, or one that was given up and asked for elsewhere. */
  wasted({ provider, model }: Replica, usage: TokenUsage | null): void {
    if (usage === null) return
    const { prices, clock } = this.#parts
    this.#wastedTokens += tokensIn(usage)
    this.#wastedCostMicros += prices.cost(provider, model, usage, clock.nowMs()).costMicros
  }

  sentTo(replica: Replica): void {
    this.#live.sent(replica.id)
  }

  /** The first byte for the client is here. */
  began(): void {
    this.#ttftMs = performance.now() - this.#routed.call.arrivedMs
    this.#live.firstToken()
  }

  /** `events`: with content, so far. */
  events(events: number): void {
    this.#live.chunk(events - this.#events, this.#parts.clock.nowMs())
    this.#events = events
  }

  /** What the client is given. */
  text(bytes: Uint8Array | string): void {
    this.#logged?.add(bytes)
  }

  over({ replica, chargedTokens, ...end }: CallEnd): void {
    const { call, route, cache } = this.#routed
    const { clock, prices, meter } = this.#parts
    const nowMs = clock.nowMs()
    this.#isOver = true
    const paidBy = this.#permit?.paidBy ?? null
    const record: MeteredCall = {
      id: call.id,
      atMs: nowMs,
      tenantId: call.tenantId,
      keyId: call.keyId,
      api: call.api,
      model: route.name,
      provider: replica?.provider ?? '',
      upstreamModel: replica?.model ?? '',
      replicaId: replica?.id ?? '',
      isStream: call.isStream,
      priority: call.priority,
      cache,
      durationMs: performance.now() - call.arrivedMs,
      ttftMs: this.#ttftMs,
      ...end,
      wastedTokens: this.#wastedTokens,
      wastedCostMicros: this.#wastedCostMicros,
      ...(replica
        ? prices.cost(replica.provider, replica.model, end.usage, nowMs)
        : { costMicros: 0, isPriced: true }),
      ...(paidBy === null ? {} : { paidBy }),
    }
    if (call.isRepeat) {
      record.wastedTokens += tokensIn(record.usage)
      record.wastedCostMicros += record.costMicros
      Object.assign(record, { costMicros: 0, usage: emptyUsage })
    }
    this.#costMicros = record.costMicros + record.wastedCostMicros
    meter.record(record, this.#live, this.#logged?.textOf(call.body))
    this.#permit?.settle(chargedTokens, record.costMicros + record.wastedCostMicros)
  }

  /** At the dearest of the targets, with the prompt read fresh or written to a cache. */
  #mayCostMicros(): number {
    const { scanned, api } = this.#routed.call
    const prompt = Math.ceil(scanned.promptBytes / leastBytesPerToken)
    const output =
      api === 'embeddings' || api === 'other'
        ? 0
        : (scanned.maxTokens ?? unboundedOutputTokens) * scanned.choices
    const { prices, clock } = this.#parts
    const nowMs = clock.nowMs()
    let most = 0
    for (const { provider, model } of this.#routed.route.config.targets) {
      for (const kind of [{ input: prompt }, { cacheWrite: prompt }]) {
        const usage = { ...emptyUsage, ...kind, output }
        most = Math.max(most, prices.cost(provider, model, usage, nowMs).costMicros)
      }
    }
    return most
  }
}
