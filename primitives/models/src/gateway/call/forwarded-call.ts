import { HeavyliftError } from '@heavylift/core'
import type { Unordered } from '../../unordered.ts'
import { ShedError } from '../../admission/shed-error.ts'
import { ModelError } from '../../failure/model-error.ts'
import type { CallStatus } from '../../metering/call-record.ts'
import type { Outstanding, CallTraits } from '../../routing/balancer.ts'
import type { Replica } from '../../routing/replica.ts'
import { Attempt } from '../attempt/attempt.ts'
import type { AttemptOwner } from '../attempt/attempt.ts'
import type { Call } from './call.ts'
import type { GatewayParts } from '../gateway-parts.ts'
import { giveError, giveHead, giveRefusal } from '../answer/give-answer.ts'
import { AnswerTap } from '../answer/answer-tap.ts'
import { serves } from '../route/model-route.ts'
import type { ModelRoute } from '../route/model-route.ts'
import { planAttempt } from '../attempt/plan-attempt.ts'
import type { RoutedCall } from './routed-call.ts'
import { CallReport } from './call-report.ts'
import { emptyUsage, estimatedUsage, tokensIn } from '../../wire/token-usage.ts'
import type { RunningCall } from './running-call.ts'
import type { Sink } from '../answer/sink.ts'
import { noReplica, whyBlocked } from '../../failure/no-replica.ts'
import { cancelled, waitedTooLong } from '../../failure/broken-answer.ts'
import { toWireError } from '../../failure/wire-error.ts'
import { asModelError, outcomeOf } from '../../failure/upstream-failure.ts'

/**
 * One call that is asked of replicas, from admission to its last byte. `queued` → `trying` (no byte sent: failures are
 * retried elsewhere, a slow replica is hedged) → `flowing` (bytes sent: a failure becomes an error event in the stream's
 * own format) → `over`.
 */
export class ForwardedCall implements AttemptOwner, RunningCall {
  /** Of `Unordered`. */
  place = -1
  /** All that are under way, this one among them. */
  readonly #running: Unordered<ForwardedCall>
  readonly #parts: GatewayParts
  readonly #routed: RoutedCall
  readonly #route: ModelRoute
  readonly #call: Call
  readonly #sink: Sink
  readonly #traits: CallTraits
  readonly #report: CallReport
  readonly #abort = new AbortController()
  readonly #totalAtMs: number
  #state: 'queued' | 'trying' | 'flowing' | 'over' = 'queued'
  /** Of its tenant, in the queue. */
  #weight = 1
  /** Attempts under way: one, or two while hedging. */
  #attempts: Attempt[] = []
  /** Those that do not serve what is asked for. */
  readonly #unfit: Replica[]
  #excluded: Replica[]
  #attemptCount = 0
  #isHedged = false
  #hedgeTimer: NodeJS.Timeout | null = null
  #queuedMs = 0
  #replica: Replica | null = null

  /** `keepsText`: the prompt and the answer go to the request log. */
  constructor(
    parts: GatewayParts,
    routed: RoutedCall,
    traits: CallTraits,
    keepsText: boolean,
    running: Unordered<ForwardedCall>,
  ) {
    this.#running = running
    const { route, call, sink } = routed
    this.#parts = parts
    this.#routed = routed
    this.#route = route
    this.#call = call
    this.#sink = sink
    this.#traits = traits
    this.#report = new CallReport(parts, routed, keepsText)
    this.#totalAtMs = call.arrivedMs + route.config.deadlines.totalMs
    const { passed } = call
    const isFit = ({ id }: Replica) =>
      call.home?.isRequired ? id === call.home.replicaId : !passed || serves(route, id, passed.path)
    this.#unfit = passed || call.home ? route.balancer.replicas.filter((replica) => !isFit(replica)) : []
    this.#excluded = this.#unfit.slice()
  }

  /** Of what is over; 0 before. */
  get costMicros(): number {
    return this.#report.costMicros
  }

  start(): void {
    this.#running.add(this)
    try {
      const weight = this.#report.admit(this.#traits.promptTokens + this.#traits.outputTokens)
      if (weight instanceof Promise) {
        weight.then(
          (given) => this.#admitted(given),
          (error: unknown) => this.#refuse(error),
        )
      } else this.#admitted(weight)
    } catch (error) {
      this.#refuse(error)
    }
  }

  #admitted(weight: number): void {
    if (this.#state === 'over') return
    this.#weight = weight
    try {
      this.#enter()
    } catch (error) {
      this.#refuse(error)
    }
  }

  /** The client went away: whatever runs upstream stops at once. */
  cancel(): void {
    if (this.#state === 'over') return
    this.#abort.abort(cancelled('The client went away.'))
    const [attempt = null, ...others] = this.#attempts
    this.#giveUp(others)
    attempt?.drop()
    this.#attempts = []
    this.#over('cancelled', 499, 'client-gone', attempt)
    this.#route.queue.wake()
  }

  /** The gateway ends: a stream gets its error event, and what has not begun is refused. */
  stop(): void {
    if (this.#state === 'over') return
    const error = new ModelError({
      code: 'model-unavailable',
      message: 'The gateway is stopping. Ask again in a moment.',
      isRetryable: true,
    })
    const attempts = this.#attempts
    this.#attempts = []
    const [answering] = attempts
    if (this.#state !== 'flowing' || !answering) {
      this.#giveUp(attempts)
      this.#refuse(error)
      this.#abort.abort(error)
      return
    }
    answering.drop()
    this.#over('cut', statusOf(answering), 'gateway-stopping', answering)
    this.#breakOff(answering, error)
  }

  /** By an error event, where the answer has a place for one. */
  #breakOff({ reader }: Attempt, error: ModelError): void {
    const event = reader.fail(toWireError(error))
    if (event === null) return this.#sink.abort?.()
    this.#sink.write(event)
    this.#sink.end()
  }

  /** The client caught up. */
  drained(): void {
    if (this.#state === 'flowing') this.#attempts[0]?.resume()
  }

  #enter(): void {
    const refusal = whyBlocked(this.#route, performance.now())
    if (refusal) throw refusal
    const entered = this.#route.queue.enter(
      {
        tenantId: this.#call.tenantId,
        priority: this.#call.priority,
        weight: this.#weight,
        tokens: this.#traits.promptTokens + this.#traits.outputTokens,
        signal: this.#abort.signal,
      },
      () => this.#atHome() ?? this.#route.balancer.start(this.#traits, performance.now(), this.#excluded),
    )
    if (!(entered instanceof Promise)) {
      this.#try(entered)
      return
    }
    const sinceMs = performance.now()
    const late = setTimeout(() => this.#abort.abort(waitedTooLong()), this.#totalAtMs - sinceMs)
    entered.then(
      (outstanding) => {
        clearTimeout(late)
        this.#queuedMs += performance.now() - sinceMs
        if (this.#state === 'over') outstanding.end('neutral', performance.now())
        else this.#try(outstanding)
      },
      (error: unknown) => {
        clearTimeout(late)
        this.#refuse(error)
      },
    )
  }

  /** Where its prefix is cached, unless more waits there than elsewhere. */
  #atHome(): Outstanding | null {
    const { home } = this.#call
    if (!home || home.isRequired || this.#attemptCount > 0) return null
    const { replicas } = this.#route.balancer
    const there = replicas.find(({ id }) => id === home.replicaId)
    if (!there) return null
    const others = replicas.filter((replica) => replica !== there)
    const least = Math.min(...others.map(({ requestsInFlight }) => requestsInFlight))
    if (there.requestsInFlight > least + 2) return null
    return this.#route.balancer.start(this.#traits, performance.now(), others)
  }

  #try(outstanding: Outstanding): void {
    this.#state = 'trying'
    this.#attemptCount += 1
    this.#replica = outstanding.replica
    this.#report.sentTo(outstanding.replica)
    const upstream = this.#route.upstreams.get(outstanding.replica.id)
    let opened: ReturnType<typeof planAttempt>
    try {
      if (!upstream) throw noReplica(this.#route.name, null)
      const tap = this.#routed.onAnswer === null ? null : new AnswerTap()
      opened = planAttempt(this.#call, upstream, this.#route.config, tap)
    } catch (error) {
      this.#notSent(outstanding, error)
      return
    }
    if (opened instanceof Promise) {
      opened.then(
        (path) => this.#send(path, outstanding),
        // A secret that cannot be read is this provider's trouble; another may have none.
        (error: unknown) => this.#notSent(outstanding, asModelError(error)),
      )
    } else this.#send(opened, outstanding)
  }

  #notSent(outstanding: Outstanding, error: unknown): void {
    outstanding.end(error instanceof ModelError ? outcomeOf(error) : 'neutral', performance.now())
    if (error instanceof ModelError) this.#attemptFailed(outstanding.replica, error)
    else if (this.#attempts.length === 0) this.#refuse(error)
  }

  #send(path: Awaited<ReturnType<typeof planAttempt>>, outstanding: Outstanding): void {
    if (this.#state !== 'trying') {
      outstanding.end('neutral', performance.now())
      return
    }
    const { deadlines, hedgeAfterMs } = this.#route.config
    // An answer in one piece comes when all of it is written; a replica that hangs leaves time for another.
    const bounds =
      path.isStream && !this.#call.passed
        ? deadlines
        : { ...deadlines, firstTokenMs: deadlines.wholeAnswerMs ?? deadlines.totalMs / 2 }
    // And one that comes a byte at a time is not whole any sooner: what is passed as bytes may be long, though.
    const byMs =
      path.isStream || this.#call.passed
        ? this.#totalAtMs
        : Math.min(this.#totalAtMs, performance.now() + bounds.firstTokenMs)
    const attempt = new Attempt(this, path, outstanding, bounds, byMs)
    this.#attempts.push(attempt)
    const hedgeMs = Math.min(hedgeAfterMs ?? Infinity, outstanding.hedgeAfterMs ?? Infinity)
    if (hedgeMs !== Infinity && !this.#isHedged && this.#hedgeTimer === null) {
      this.#hedgeTimer = setTimeout(() => this.#hedge(), hedgeMs)
    }
    outstanding.heldBy = this
    attempt.send()
  }

  /** The replica of its attempt was taken out: another is asked beside it. */
  ejected(): void {
    setImmediate(() => this.#hedge())
  }

  /** A second replica is asked only if one has room now: hedging must not add to a queue. */
  #hedge(): void {
    if (this.#hedgeTimer) clearTimeout(this.#hedgeTimer)
    this.#hedgeTimer = null
    if (this.#state !== 'trying' || this.#attempts.length !== 1) return
    const taken = this.#attempts.map(({ outstanding }) => outstanding.replica)
    const outstanding = this.#route.balancer.start(this.#traits, performance.now(), [
      ...this.#excluded,
      ...taken,
    ])
    if (!outstanding) return
    this.#isHedged = true
    this.#try(outstanding)
  }

  delivered(attempt: Attempt, bytes: Uint8Array | string): void {
    if (this.#state === 'trying') this.#commit(attempt, null)
    this.#report.text(bytes)
    if (!this.#sink.write(bytes)) attempt.pause()
    this.#report.events(attempt.reader.events)
  }

  finished(attempt: Attempt, rest: Uint8Array | string): void {
    if (this.#state === 'trying') this.#commit(attempt, this.#call.isStream ? null : rest.length)
    this.#attempts = []
    this.#report.text(rest)
    this.#routed.onAnswer?.(attempt.answer)
    // Metered before the client hears the end: what it was told of is on record.
    this.#over('ok', statusOf(attempt), null, attempt)
    if (rest.length > 0) this.#sink.write(rest)
    this.#sink.end()
    this.#route.queue.wake()
  }

  failed(attempt: Attempt, error: ModelError): void {
    this.#attempts = this.#attempts.filter((other) => other !== attempt)
    this.#route.queue.wake()
    if (this.#state === 'over') return
    const { id } = attempt.outstanding.replica
    // A key that is refused does not mend itself.
    if (error.code === 'model-key-refused') this.#parts.log.warn({ replica: id }, error.message)
    else this.#parts.log.debug({ replica: id, code: error.code, message: error.message }, 'attempt failed')
    if (this.#state === 'flowing') {
      this.#over('cut', statusOf(attempt), error.code, attempt)
      this.#breakOff(attempt, error)
      return
    }
    this.#waste(attempt)
    this.#attemptFailed(attempt.outstanding.replica, error)
  }

  /** Nothing has been sent to the client: asks elsewhere while that may help. */
  #attemptFailed(replica: Replica, error: ModelError): void {
    if (this.#state !== 'trying' || this.#attempts.length > 0) return
    if (
      !error.isRetryable ||
      this.#attemptCount > this.#route.config.retries ||
      performance.now() >= this.#totalAtMs
    ) {
      this.#refuse(error)
      return
    }
    this.#retry(replica, error)
  }

  rejected(attempt: Attempt, status: number, body: string): void {
    this.#giveUp(this.#attempts.filter((other) => other !== attempt))
    this.#attempts = []
    this.#route.queue.wake()
    // A refusal costs nothing.
    this.#over('rejected', status, 'model-rejected', null)
    giveRefusal(this.#routed, status, body)
  }

  /** Another replica at once; the same one again after a pause, since a connection may have broken by chance. */
  #retry(replica: Replica, error: ModelError): void {
    this.#excluded.push(replica)
    const outstanding = this.#route.balancer.start(this.#traits, performance.now(), this.#excluded)
    if (outstanding) {
      this.#try(outstanding)
      return
    }
    this.#excluded = this.#unfit.slice()
    const pauseMs = 25 * 2 ** this.#attemptCount * (0.5 + this.#parts.random())
    setTimeout(() => {
      if (this.#state === 'over') return
      const refusal = whyBlocked(this.#route, performance.now())
      // What the replica said tells the client more than "no replica"; when to come back more than that.
      if (refusal) return this.#refuse(refusal.code === 'model-rate-limited' ? refusal : error)
      try {
        this.#enter()
      } catch (failure) {
        this.#refuse(failure)
      }
    }, pauseMs)
  }

  #giveUp(attempts: Attempt[]): void {
    for (const attempt of attempts) {
      attempt.drop()
      this.#waste(attempt)
    }
  }

  #waste(attempt: Attempt): void {
    this.#report.wasted(attempt.outstanding.replica, attempt.wasted(this.#traits.promptTokens))
  }

  /** The first bytes decide which attempt's answer the client gets; the others stop. */
  #commit(winner: Attempt, contentLength: number | null): void {
    this.#state = 'flowing'
    if (this.#hedgeTimer) clearTimeout(this.#hedgeTimer)
    this.#giveUp(this.#attempts.filter((other) => other !== winner))
    this.#attempts = [winner]
    this.#replica = winner.outstanding.replica
    this.#report.began()
    giveHead(this.#routed, contentLength, this.#replica.id, winner.reader.head)
  }

  /** Ends a call that got no byte. */
  #refuse(error: unknown): void {
    if (this.#state === 'over') return
    if (!HeavyliftError.isInstance(error))
      this.#parts.log.error({ error, call: this.#call.id }, 'call failed')
    const wire = toWireError(error)
    const isShed =
      this.#attemptCount === 0 && (wire.status === 429 || wire.status === 403 || error instanceof ShedError)
    this.#over(isShed ? 'shed' : 'failed', wire.status, wire.code, null)
    giveError(this.#routed, wire)
  }

  #over(status: CallStatus, httpStatus: number, errorCode: string | null, attempt: Attempt | null): void {
    this.#state = 'over'
    this.#running.delete(this)
    if (this.#hedgeTimer) clearTimeout(this.#hedgeTimer)
    const told = attempt?.reader.usage() ?? null
    const usage =
      told ??
      (attempt === null ? emptyUsage : estimatedUsage(this.#traits.promptTokens, attempt.reader.events))
    this.#report.over({
      status,
      httpStatus,
      errorCode,
      replica: this.#replica,
      attempts: this.#attemptCount,
      isHedged: this.#isHedged,
      queuedMs: this.#queuedMs,
      usage,
      isUsageEstimated: told === null && attempt !== null,
      chargedTokens: tokensIn(usage),
    })
  }
}

/** What the client was told. */
function statusOf({ reader }: Attempt): number {
  return reader.head?.status ?? 200
}
