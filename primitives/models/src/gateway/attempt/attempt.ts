import type { Outcome, Outstanding } from '../../routing/balancer.ts'
import type { ModelError } from '../../failure/model-error.ts'
import type { AnswerReader } from '../reading/answer-reader.ts'
import type { Answer } from '../../cache/answer.ts'
import { BodyRefusal } from '../../failure/body-problem.ts'
import { estimatedUsage } from '../../wire/token-usage.ts'
import type { TokenUsage } from '../../wire/codec.ts'
import { AttemptTransport } from './attempt-transport.ts'
import type { TransportListener, Deadlines } from './attempt-transport.ts'
import type { AttemptPlan } from './attempt-plan.ts'
import {
  asModelError,
  statusFailure,
  isWorthAnotherReplica,
  outcomeOf,
} from '../../failure/upstream-failure.ts'

type Headers = Record<string, string | string[] | undefined>

/** What a call hears of its attempts. Each ends with exactly one of the last three, or with none when it is dropped. */
export interface AttemptOwner {
  /** Bytes for the client. */
  delivered(attempt: Attempt, bytes: Uint8Array | string): void
  /** The whole answer is here; `rest` is what has not been delivered. */
  finished(attempt: Attempt, rest: Uint8Array | string): void
  failed(attempt: Attempt, error: ModelError): void
  /** The upstream refuses the request itself; no other replica would take it. */
  rejected(attempt: Attempt, status: number, body: string): void
}

/** More of an error answer is not read. */
const maxErrorBytes = 64 * 1024

/** One attempt with its place at the replica and its reader: sent → (answering) → ended. */
export class Attempt implements TransportListener {
  readonly outstanding: Outstanding
  #reader: AnswerReader
  /** The answer comes in one piece. */
  #isWhole: boolean
  readonly #owner: AttemptOwner
  readonly #plan: AttemptPlan
  readonly #transport: AttemptTransport
  #status = 0
  #headers: Headers = {}
  #errorBody: Buffer[] = []
  #errorBytes = 0
  /** Of a good answer. */
  #bytes = 0
  /** Nobody waits for it any more, whatever it does. */
  #isGivenUp = false
  #isFirst = true
  #isEnded = false

  constructor(
    owner: AttemptOwner,
    plan: AttemptPlan,
    outstanding: Outstanding,
    deadlines: Deadlines,
    totalAtMs: number,
  ) {
    this.#owner = owner
    this.#plan = plan
    this.outstanding = outstanding
    this.#reader = plan.reader
    this.#isWhole = !plan.isStream
    this.#transport = new AttemptTransport(this, deadlines, totalAtMs)
  }

  get reader(): AnswerReader {
    return this.#reader
  }

  /** What was answered, at its clean end; null where it was not listened to. */
  get answer(): Answer | null {
    return this.#plan.tap?.answer() ?? null
  }

  /**
   * What it will be billed for although nobody gets it: what the upstream said, else estimated. Null where it did
   * nothing: it refused, was not reached or broke before it answered.
   */
  wasted(promptTokens: number): TokenUsage | null {
    const isGood = this.#status >= 200 && this.#status < 300
    if (
      this.#status >= 300 ||
      (!this.#isGivenUp && !(isGood && (this.reader.events > 0 || (this.#isWhole && this.#bytes > 0))))
    )
      return null
    const written = this.#isWhole ? Math.ceil(this.#bytes / 4) : this.reader.events
    return this.reader.usage() ?? estimatedUsage(promptTokens, written)
  }

  send(): void {
    this.#transport.send(this.#plan.dispatcher, this.#plan.request)
  }

  /** Stops it without a verdict on the replica. */
  drop(): void {
    this.#isGivenUp = true
    this.#transport.abort()
    this.#end('neutral')
  }

  pause(): void {
    this.#transport.pause()
  }

  resume(): void {
    this.#transport.resume()
  }

  onHead(status: number, headers: Headers): void {
    this.#status = status
    this.#headers = headers
    const problem = status < 300 ? this.#plan.checkHead(headers, status) : null
    if (problem) return this.#fail(problem)
    // Some servers answer a stream request with a JSON body: an error, or all of the answer.
    if (status >= 300 || this.#isWhole || !String(headers['content-type']).startsWith('application/json'))
      return
    this.#isWhole = true
    this.#reader = this.#plan.asStream()
  }

  onData(bytes: Buffer): void {
    if (this.#status >= 300) {
      this.#errorBody.push(bytes)
      this.#errorBytes += bytes.length
      if (this.#errorBytes <= maxErrorBytes) return
      this.#transport.abort()
      this.#endWithStatus()
      return
    }
    let out: Uint8Array | string
    try {
      out = this.reader.push(bytes)
    } catch (error) {
      this.#transport.abort()
      this.#endWith(error)
      return
    }
    this.#bytes += bytes.length
    // A whole answer is held until its end, so its bytes are all that shows progress; blanks only keep the line open.
    if (out.length === 0 && (!this.#isWhole || isBlank(bytes))) return
    this.#transport.progressed()
    if (this.#isFirst) {
      this.#isFirst = false
      this.outstanding.firstToken(performance.now())
    }
    if (out.length > 0) this.#owner.delivered(this, out)
  }

  onEnd(): void {
    if (this.#status >= 300) return this.#endWithStatus()
    const result = this.reader.end()
    if ('error' in result) return this.#endWith(result.error)
    this.#end('ok')
    this.#owner.finished(this, result.rest)
  }

  onError(error: ModelError): void {
    this.#isGivenUp ||= error.code === 'model-idle'
    this.#end(outcomeOf(error), error.retryAfterMs ?? undefined)
    this.#owner.failed(this, error)
  }

  #fail(error: ModelError): void {
    this.#transport.abort()
    this.onError(error)
  }

  /** What was read is no answer. */
  #endWith(error: unknown): void {
    this.#bytes = 0
    if (error instanceof BodyRefusal) this.#reject(error.status, error.said)
    else this.onError(asModelError(error))
  }

  #endWithStatus(): void {
    const said = Buffer.concat(this.#errorBody).toString('utf8')
    if (isWorthAnotherReplica(this.#status)) {
      this.onError(statusFailure(this.#status, this.#headers, said))
    } else this.#reject(this.#status, said)
  }

  #reject(refusedWith: number, said: string): void {
    this.#end('refused')
    const { status, body } = this.#plan.refusal(refusedWith, said)
    this.#owner.rejected(this, status, body)
  }

  #end(outcome: Outcome, retryAfterMs?: number): void {
    if (this.#isEnded) return
    this.#isEnded = true
    this.outstanding.end(outcome, performance.now(), retryAfterMs)
  }
}

/** White space of JSON alone. */
function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09)
}
