import { HeavyliftError } from '@heavylift/core'
import { ModelError } from '../../failure/model-error.ts'
import type { Permit } from '../../admission/limits.ts'
import type { CallStatus } from '../../metering/call-record.ts'
import type { LiveCall } from '../../metering/live-stats.ts'
import type { Outstanding, RouteRequest } from '../../routing/balancer.ts'
import type { Replica } from '../../routing/replica.ts'
import { wireErrorBody, wireErrorHeaders } from '../../failure/wire-format.ts'
import { AttemptRun } from '../attempt/attempt.ts'
import type { RunOwner } from '../attempt/attempt.ts'
import type { Call } from './call.ts'
import type { GatewayParts } from '../gateway-parts.ts'
import { KeptAnswer } from '../answer/logged-text.ts'
import { answerHeaders, contentType } from '../answer/answer-headers.ts'
import { AnswerTap } from '../answer/answer-tap.ts'
import type { ModelRoute } from '../route/model-route.ts'
import { openPath } from '../attempt/plan-attempt.ts'
import type { Order } from './routed-call.ts'
import { emptyUsage, estimatedUsage, recordOf } from './call-end.ts'
import type { ServedCall } from './running-call.ts'
import type { Sink } from '../answer/sink.ts'
import { noReplica, whyBlocked } from '../../failure/no-replica.ts'
import { asModelError, outcomeOf, toWireError } from '../../failure/upstream-failure.ts'

/**
 * One request from admission to its last byte. `queued` → `trying` (no byte sent: failures are retried elsewhere, a slow
 * replica is hedged) → `flowing` (bytes sent: a failure becomes an error event in the stream's own format) → `over`.
 */
export class Exchange implements RunOwner, ServedCall {
  readonly #parts: GatewayParts
  readonly #order: Order
  readonly #route: ModelRoute
  readonly #call: Call
  readonly #sink: Sink
  readonly #request: RouteRequest
  readonly #live: LiveCall
  readonly #kept: KeptAnswer | null
  readonly #abort = new AbortController()
  readonly #totalAtMs: number
  #state: 'queued' | 'trying' | 'flowing' | 'over' = 'queued'
  #permit: Permit | null = null
  /** Attempts under way: one, or two while hedging. */
  #runs: AttemptRun[] = []
  #excluded: Replica[] = []
  #attempts = 0
  #isHedged = false
  #hedgeTimer: NodeJS.Timeout | null = null
  #queuedMs = 0
  #ttftMs: number | null = null
  #replica: Replica | null = null
  #eventsSeen = 0
  #costMicros = 0

  /** `keepsText`: the prompt and the answer go to the request log. */
  constructor(parts: GatewayParts, order: Order, request: RouteRequest, keepsText: boolean) {
    const { route, call, sink } = order
    this.#parts = parts
    this.#order = order
    this.#route = route
    this.#call = call
    this.#sink = sink
    this.#request = request
    this.#kept = keepsText ? new KeptAnswer() : null
    this.#totalAtMs = call.arrivedMs + route.config.deadlines.totalMs
    this.#live = parts.meter.began({ id: call.id, tenantId: call.tenantId, model: route.name })
  }

  /** Of what is over; 0 before. */
  get costMicros(): number {
    return this.#costMicros
  }

  start(): void {
    const { tenantId, keyId } = this.#call
    try {
      this.#permit = this.#parts.limits.admit({
        tenantId,
        keyId,
        model: this.#order.limitAs,
        tokens: this.#request.promptTokens + this.#request.outputTokens,
      })
      this.#enter()
    } catch (error) {
      this.#refuse(error)
    }
  }

  /** The client went away: whatever runs upstream stops at once. */
  cancel(): void {
    if (this.#state === 'over') return
    this.#abort.abort(new ModelError({ code: 'model-aborted', message: 'The client went away.' }))
    const run = this.#runs[0]
    this.#over('cancelled', 499, 'client-gone', run ?? null)
    for (const each of this.#runs) each.drop()
    this.#runs = []
    this.#route.queue.wake()
  }

  /** The client caught up. */
  drained(): void {
    if (this.#state === 'flowing') this.#runs[0]?.resume()
  }

  #enter(): void {
    const refusal = whyBlocked(this.#route, performance.now())
    if (refusal) throw refusal
    const entered = this.#route.queue.enter(
      {
        tenantId: this.#call.tenantId,
        priority: this.#call.priority,
        weight: this.#permit?.weight ?? 1,
        tokens: this.#request.promptTokens + this.#request.outputTokens,
        signal: this.#abort.signal,
      },
      () => this.#route.balancer.start(this.#request, performance.now(), this.#excluded),
    )
    if (!(entered instanceof Promise)) {
      this.#try(entered)
      return
    }
    const sinceMs = performance.now()
    const late = setTimeout(() => this.#abort.abort(tooLate()), this.#totalAtMs - sinceMs)
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

  #try(outstanding: Outstanding): void {
    this.#state = 'trying'
    this.#attempts += 1
    this.#replica = outstanding.replica
    this.#live.sent(outstanding.replica.id)
    const upstream = this.#route.upstreams.get(outstanding.replica.id)
    let opened: ReturnType<typeof openPath>
    try {
      if (!upstream) throw noReplica(this.#route.name, null)
      const tap = this.#order.onAnswer === null ? null : new AnswerTap()
      opened = openPath(this.#call, upstream, this.#route.config, tap)
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
    else if (this.#runs.length === 0) this.#refuse(error)
  }

  #send(path: Awaited<ReturnType<typeof openPath>>, outstanding: Outstanding): void {
    if (this.#state !== 'trying') {
      outstanding.end('neutral', performance.now())
      return
    }
    const { deadlines } = this.#route.config
    // An answer in one piece comes when all of it is written; only the whole time can bound that.
    const bounds = path.isStream ? deadlines : { ...deadlines, firstTokenMs: deadlines.totalMs }
    const run = new AttemptRun(this, path, outstanding, bounds, this.#totalAtMs)
    this.#runs.push(run)
    const { hedgeAfterMs } = this.#route.config
    if (hedgeAfterMs !== null && !this.#isHedged && this.#hedgeTimer === null) {
      this.#hedgeTimer = setTimeout(() => this.#hedge(), hedgeAfterMs)
    }
    run.send()
  }

  /** A second replica is asked only if one has room now: hedging must not add to a queue. */
  #hedge(): void {
    this.#hedgeTimer = null
    if (this.#state !== 'trying' || this.#runs.length !== 1) return
    const taken = this.#runs.map(({ outstanding }) => outstanding.replica)
    const outstanding = this.#route.balancer.start(this.#request, performance.now(), [
      ...this.#excluded,
      ...taken,
    ])
    if (!outstanding) return
    this.#isHedged = true
    this.#try(outstanding)
  }

  delivered(run: AttemptRun, bytes: Uint8Array | string): void {
    if (this.#state === 'trying') this.#commit(run, null)
    this.#kept?.add(bytes)
    if (!this.#sink.write(bytes)) run.pause()
    const { events } = run.reader
    this.#live.chunk(events - this.#eventsSeen, this.#parts.clock.nowMs())
    this.#eventsSeen = events
  }

  finished(run: AttemptRun, rest: Uint8Array | string): void {
    if (this.#state === 'trying') this.#commit(run, this.#call.isStream ? null : rest.length)
    this.#runs = []
    this.#kept?.add(rest)
    this.#order.onAnswer?.(run.answer)
    // Metered before the client hears the end: what it was told of is on record.
    this.#over('ok', 200, null, run)
    if (rest.length > 0) this.#sink.write(rest)
    this.#sink.end()
    this.#route.queue.wake()
  }

  failed(run: AttemptRun, error: ModelError): void {
    this.#runs = this.#runs.filter((other) => other !== run)
    this.#route.queue.wake()
    if (this.#state === 'over') return
    this.#parts.log.debug({ replica: run.outstanding.replica.id, code: error.code }, 'attempt failed')
    if (this.#state === 'flowing') {
      this.#over('cut', 200, error.code, run)
      this.#sink.write(run.reader.fail(toWireError(error)))
      this.#sink.end()
      return
    }
    this.#attemptFailed(run.outstanding.replica, error)
  }

  /** Nothing has been sent to the client: asks elsewhere while that may help. */
  #attemptFailed(replica: Replica, error: ModelError): void {
    if (this.#state !== 'trying' || this.#runs.length > 0) return
    if (
      !error.isRetryable ||
      this.#attempts > this.#route.config.retries ||
      performance.now() >= this.#totalAtMs
    ) {
      this.#refuse(error)
      return
    }
    this.#retry(replica, error)
  }

  rejected(run: AttemptRun, status: number, body: string): void {
    this.#runs = this.#runs.filter((other) => other !== run)
    for (const each of this.#runs) each.drop()
    this.#runs = []
    this.#route.queue.wake()
    this.#over('rejected', status, 'model-rejected', run)
    this.#answer(status, body)
  }

  /** Another replica at once; the same one again after a pause, since a connection may have broken by chance. */
  #retry(replica: Replica, error: ModelError): void {
    this.#excluded.push(replica)
    const outstanding = this.#route.balancer.start(this.#request, performance.now(), this.#excluded)
    if (outstanding) {
      this.#try(outstanding)
      return
    }
    this.#excluded = []
    const pauseMs = 25 * 2 ** this.#attempts * (0.5 + this.#parts.random())
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

  /** The first bytes decide which run the client gets; the others stop. */
  #commit(winner: AttemptRun, contentLength: number | null): void {
    this.#state = 'flowing'
    if (this.#hedgeTimer) clearTimeout(this.#hedgeTimer)
    for (const other of this.#runs) if (other !== winner) other.drop()
    this.#runs = [winner]
    this.#replica = winner.outstanding.replica
    const nowMs = performance.now()
    this.#ttftMs = nowMs - this.#call.arrivedMs
    this.#live.firstToken()
    this.#sink.head(200, {
      'content-type': contentType(this.#call.isStream),
      ...(contentLength === null
        ? { 'cache-control': 'no-cache' }
        : { 'content-length': String(contentLength) }),
      ...answerHeaders(this.#order),
      'x-heavylift-replica': this.#replica.id,
    })
  }

  /** Ends a request that got no byte. */
  #refuse(error: unknown): void {
    if (this.#state === 'over') return
    if (!HeavyliftError.isInstance(error))
      this.#parts.log.error({ error, call: this.#call.id }, 'exchange failed')
    const wire = toWireError(error)
    const isShed = this.#attempts === 0 && (wire.status === 429 || wire.status === 403)
    this.#over(isShed ? 'shed' : 'failed', wire.status, wire.code, null)
    this.#answer(wire.status, wireErrorBody(this.#call.api, wire), wireErrorHeaders(wire))
  }

  #answer(status: number, body: string, headers: Record<string, string> = {}): void {
    this.#sink.head(status, {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      ...answerHeaders(this.#order),
      ...headers,
    })
    this.#sink.write(body)
    this.#sink.end()
  }

  #over(status: CallStatus, httpStatus: number, errorCode: string | null, run: AttemptRun | null): void {
    this.#state = 'over'
    if (this.#hedgeTimer) clearTimeout(this.#hedgeTimer)
    const told = run?.reader.usage() ?? null
    const usage =
      told ?? (run === null ? emptyUsage : estimatedUsage(this.#request.promptTokens, run.reader.events))
    const record = recordOf(this.#parts, this.#order, {
      status,
      httpStatus,
      errorCode,
      replica: this.#replica,
      attempts: this.#attempts,
      isHedged: this.#isHedged,
      queuedMs: this.#queuedMs,
      ttftMs: this.#ttftMs,
      usage,
      isUsageEstimated: told === null && run !== null,
    })
    this.#costMicros = record.costMicros
    this.#parts.meter.record(record, this.#live, this.#kept?.textOf(this.#call.body))
    this.#permit?.settle(usage.input + usage.cacheRead + usage.cacheWrite + usage.output, record.costMicros)
  }
}

function tooLate(): ModelError {
  return new ModelError({
    code: 'model-idle',
    message: 'The request waited in the queue for as long as deadlines.totalMs allows. Try again later.',
  })
}
