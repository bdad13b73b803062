import type { Answer } from '../../cache/answer.ts'
import { answerChunks, replay } from '../../cache/replay.ts'
import type { CallStatus } from '../../metering/call-record.ts'
import { objectAt } from '../../wire/json-access.ts'
import type { JsonObject, StreamEncoder } from '../../wire/codec.ts'
import { emptyUsage, usageOfBody } from '../../wire/token-usage.ts'
import { giveError, giveHead } from '../answer/give-answer.ts'
import { clientCodecs } from '../attempt/client-codecs.ts'
import type { GatewayParts } from '../gateway-parts.ts'
import type { RoutedCall } from './routed-call.ts'
import { CallReport } from './call-report.ts'
import type { RunningCall } from './running-call.ts'
import { chatEncoder } from '../reading/chat-stream.ts'
import { toWireError } from '../../failure/wire-error.ts'

/**
 * A kept answer given again, as a body or a stream of the client's API. It counts as a request of its tenant and key but
 * takes none of their tokens; its record has the usage that the answer states and costs nothing.
 */
export class ReplayedCall implements RunningCall {
  readonly costMicros = 0
  readonly #log: GatewayParts['log']
  readonly #routed: RoutedCall
  readonly #request: JsonObject
  readonly #answer: Answer
  readonly #abort = new AbortController()
  readonly #report: CallReport
  #isOver = false
  #onDrained: (() => void) | null = null

  /** `request`: the client's body. */
  constructor(
    parts: GatewayParts,
    routed: RoutedCall,
    request: JsonObject,
    answer: Answer,
    keepsText: boolean,
  ) {
    this.#log = parts.log
    this.#routed = routed
    this.#request = request
    this.#answer = answer
    this.#report = new CallReport(parts, routed, keepsText)
  }

  start(): void {
    try {
      const admitted = this.#report.admit(0)
      if (admitted instanceof Promise) {
        admitted.then(
          () => this.#give(),
          (error: unknown) => this.#refuse(error, 'shed'),
        )
        return
      }
    } catch (error) {
      this.#refuse(error, 'shed')
      return
    }
    this.#give()
  }

  #give(): void {
    const { call, route } = this.#routed
    if (this.#isOver) return
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
    const codec = clientCodecs[this.#routed.call.api]
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
      if (!this.#report.hasBegun) this.#head(null)
      this.#report.text(text)
      if (this.#routed.sink.write(text)) continue
      await new Promise<void>((resolve) => (this.#onDrained = resolve))
    }
    this.#end(encoder.end())
  }

  #encoder(): StreamEncoder {
    return clientCodecs[this.#routed.call.api]?.encoder(this.#request) ?? chatEncoder()
  }

  /** The other APIs always tell of usage; their encoders know where. */
  #wantsUsage(): boolean {
    return (
      this.#routed.call.api !== 'chat' || objectAt(this.#request, 'stream_options')['include_usage'] === true
    )
  }

  #head(contentLength: number | null): void {
    this.#report.began()
    giveHead(this.#routed, contentLength)
  }

  #end(rest: string): void {
    if (this.#isOver) return
    this.#report.text(rest)
    this.#routed.onAnswer?.(this.#answer)
    // Metered before the client hears the end: what it was told of is on record.
    this.#over('ok', 200, null)
    this.#routed.sink.write(rest)
    this.#routed.sink.end()
  }

  /** Of what was kept something cannot be written in the client's API; an abort is no failure. */
  #fail(error: unknown): void {
    if (this.#isOver) return
    this.#log.error({ error, call: this.#routed.call.id }, 'a kept answer could not be given')
    if (!this.#report.hasBegun) return this.#refuse(error, 'failed')
    const wire = toWireError(error)
    this.#over('cut', 200, wire.code)
    this.#routed.sink.write(this.#encoder().fail(wire))
    this.#routed.sink.end()
  }

  #refuse(error: unknown, status: 'shed' | 'failed'): void {
    const wire = toWireError(error)
    this.#over(status, wire.status, wire.code)
    giveError(this.#routed, wire)
  }

  #over(status: CallStatus, httpStatus: number, errorCode: string | null): void {
    this.#isOver = true
    // Kept answers are chat completions, or embeddings, which state usage the same way.
    const told = status === 'shed' || status === 'failed' ? null : usageOfBody('chat', this.#answer.body)
    this.#report.over({
      status,
      httpStatus,
      errorCode,
      replica: null,
      attempts: 0,
      isHedged: false,
      queuedMs: 0,
      usage: told ?? emptyUsage,
      isUsageEstimated: false,
      chargedTokens: 0,
    })
  }
}
