import type { Answer } from '../../cache/answer.ts'
import { answerChunks, replay } from '../../cache/replay.ts'
import type { Permit } from '../../admission/limits.ts'
import type { CallStatus } from '../../metering/call-record.ts'
import type { LiveCall } from '../../metering/live-stats.ts'
import { objectAt } from '../../wire/json-access.ts'
import type { JsonObject, StreamEncoder } from '../../wire/codec.ts'
import { wireErrorBody, wireErrorHeaders } from '../../failure/wire-format.ts'
import { usageOfBody } from '../../wire/token-usage.ts'
import { answerHeaders, contentType } from '../answer/answer-headers.ts'
import { clientCodecs } from '../attempt/client-codecs.ts'
import type { GatewayParts } from '../gateway-parts.ts'
import { KeptAnswer } from '../answer/logged-text.ts'
import type { Order } from './routed-call.ts'
import { chatEncoder } from '../reading/chat-stream.ts'
import { emptyUsage, recordOf } from './call-end.ts'
import type { ServedCall } from './running-call.ts'
import { toWireError } from '../../failure/upstream-failure.ts'

/**
 * A kept answer given again, as a body or a stream of the client's API. It counts as a request of its tenant and key but
 * takes none of their tokens; its record has the usage that the answer states and costs nothing.
 */
export class ReplayedCall implements ServedCall {
  readonly costMicros = 0
  readonly #parts: GatewayParts
  readonly #order: Order
  readonly #request: JsonObject
  readonly #answer: Answer
  readonly #abort = new AbortController()
  readonly #live: LiveCall
  readonly #kept: KeptAnswer | null
  #permit: Permit | null = null
  #ttftMs: number | null = null
  #isOver = false
  #onDrained: (() => void) | null = null

  /** `request`: the client's body. */
  constructor(parts: GatewayParts, order: Order, request: JsonObject, answer: Answer, keepsText: boolean) {
    const { call, route } = order
    this.#parts = parts
    this.#order = order
    this.#request = request
    this.#answer = answer
    this.#kept = keepsText ? new KeptAnswer() : null
    this.#live = parts.meter.began({ id: call.id, tenantId: call.tenantId, model: route.name })
  }

  start(): void {
    const { call, limitAs, route } = this.#order
    try {
      const { tenantId, keyId } = call
      this.#permit = this.#parts.limits.admit({ tenantId, keyId, model: limitAs, tokens: 0 })
    } catch (error) {
      this.#refuse(error, 'shed')
      return
    }
    try {
      if (!call.isStream || call.api === 'embeddings') this.#giveBody()
      else if (route.config.cache?.replay === 'natural') {
        this.#giveSlowly().catch((error: unknown) => this.#fail(error))
      } else this.#giveAtOnce()
    } catch (error) {
      this.#fail(error)
    }
  }

  cancel(): void {
    if (this.#isOver) return
    this.#abort.abort()
    this.#over('cancelled', 499, 'client-gone')
    this.#onDrained?.()
  }

  drained(): void {
    this.#onDrained?.()
    this.#onDrained = null
  }

  #giveBody(): void {
    const { body } = this.#answer
    const codec = clientCodecs[this.#order.call.api]
    const text = JSON.stringify(codec?.fromChat(body, this.#request) ?? body)
    this.#head(Buffer.byteLength(text))
    this.#end(text)
  }

  #giveAtOnce(): void {
    const encoder = this.#encoder()
    let text = ''
    for (const { chunk } of answerChunks(this.#answer, this.#wantsUsage())) text += encoder.push(chunk)
    this.#head(null)
    this.#end(text + encoder.end())
  }

  async #giveSlowly(): Promise<void> {
    const encoder = this.#encoder()
    const options = {
      pace: 'natural' as const,
      includeUsage: this.#wantsUsage(),
      signal: this.#abort.signal,
    }
    for await (const chunk of replay(this.#answer, options)) {
      const text = encoder.push(chunk)
      if (text === '') continue
      if (this.#ttftMs === null) this.#head(null)
      this.#kept?.add(text)
      if (this.#order.sink.write(text)) continue
      await new Promise<void>((resolve) => (this.#onDrained = resolve))
    }
    this.#end(encoder.end())
  }

  #encoder(): StreamEncoder {
    return clientCodecs[this.#order.call.api]?.encoder(this.#request) ?? chatEncoder()
  }

  /** The other APIs always tell of usage; their encoders know where. */
  #wantsUsage(): boolean {
    return (
      this.#order.call.api !== 'chat' || objectAt(this.#request, 'stream_options')['include_usage'] === true
    )
  }

  #head(contentLength: number | null): void {
    this.#ttftMs = performance.now() - this.#order.call.arrivedMs
    this.#live.firstToken()
    this.#order.sink.head(200, {
      'content-type': contentType(contentLength === null),
      ...(contentLength === null
        ? { 'cache-control': 'no-cache' }
        : { 'content-length': String(contentLength) }),
      ...answerHeaders(this.#order),
    })
  }

  #end(rest: string): void {
    if (this.#isOver) return
    this.#kept?.add(rest)
    this.#order.onAnswer?.(this.#answer)
    // Metered before the client hears the end: what it was told of is on record.
    this.#over('ok', 200, null)
    this.#order.sink.write(rest)
    this.#order.sink.end()
  }

  /** Of what was kept something cannot be written in the client's API; an abort is no failure. */
  #fail(error: unknown): void {
    if (this.#isOver) return
    this.#parts.log.error({ error, call: this.#order.call.id }, 'a kept answer could not be given')
    if (this.#ttftMs === null) return this.#refuse(error, 'failed')
    const wire = toWireError(error)
    this.#over('cut', 200, wire.code)
    this.#order.sink.write(this.#encoder().fail(wire))
    this.#order.sink.end()
  }

  #refuse(error: unknown, status: 'shed' | 'failed'): void {
    const wire = toWireError(error)
    this.#over(status, wire.status, wire.code)
    const body = wireErrorBody(this.#order.call.api, wire)
    this.#order.sink.head(wire.status, {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      ...answerHeaders(this.#order),
      ...wireErrorHeaders(wire),
    })
    this.#order.sink.write(body)
    this.#order.sink.end()
  }

  #over(status: CallStatus, httpStatus: number, errorCode: string | null): void {
    this.#isOver = true
    const { call } = this.#order
    // Kept answers are chat completions, or embeddings, which state usage the same way.
    const told = status === 'shed' || status === 'failed' ? null : usageOfBody('chat', this.#answer.body)
    const record = recordOf(this.#parts, this.#order, {
      status,
      httpStatus,
      errorCode,
      replica: null,
      attempts: 0,
      isHedged: false,
      queuedMs: 0,
      ttftMs: this.#ttftMs,
      usage: told ?? emptyUsage,
      isUsageEstimated: false,
    })
    this.#parts.meter.record(record, this.#live, this.#kept?.textOf(call.body))
    this.#permit?.settle(0, 0)
  }
}
