import type { Outcome, Outstanding } from '../../routing/balancer.ts'
import type { ModelError } from '../../failure/model-error.ts'
import type { AnswerReader } from '../reading/answer-reader.ts'
import type { Answer } from '../../cache/answer.ts'
import { Attempt } from './attempt-transport.ts'
import type { AttemptListener, Deadlines } from './attempt-transport.ts'
import type { Path } from './plan-attempt.ts'
import {
  asModelError,
  isWorthAnotherReplica,
  outcomeOf,
  statusFailure,
} from '../../failure/upstream-failure.ts'

type Headers = Record<string, string | string[] | undefined>

/** What an exchange hears of its attempts. Each run ends with exactly one of the last three, or none when it is dropped. */
export interface RunOwner {
  /** Bytes for the client. */
  delivered(run: AttemptRun, bytes: Uint8Array | string): void
  /** The whole answer is here; `rest` is what has not been delivered. */
  finished(run: AttemptRun, rest: Uint8Array | string): void
  failed(run: AttemptRun, error: ModelError): void
  /** The upstream refuses the request itself; no other replica would take it. */
  rejected(run: AttemptRun, status: number, body: string): void
}

/** More of an error answer is not read. */
const maxErrorBytes = 64 * 1024

/** One attempt with its place at the replica and its reader: sent → (answering) → ended. */
export class AttemptRun implements AttemptListener {
  readonly outstanding: Outstanding
  readonly reader: AnswerReader
  readonly #owner: RunOwner
  readonly #path: Path
  readonly #attempt: Attempt
  #status = 0
  #headers: Headers = {}
  #errorBody: Buffer[] = []
  #errorBytes = 0
  #isFirst = true
  #isEnded = false

  constructor(
    owner: RunOwner,
    path: Path,
    outstanding: Outstanding,
    deadlines: Deadlines,
    totalAtMs: number,
  ) {
    this.#owner = owner
    this.#path = path
    this.outstanding = outstanding
    this.reader = path.reader
    this.#attempt = new Attempt(this, deadlines, totalAtMs)
  }

  /** What was answered, at its clean end; null where it was not listened to. */
  get answer(): Answer | null {
    return this.#path.tap?.answer() ?? null
  }

  send(): void {
    this.#attempt.send(this.#path.dispatcher, this.#path.request)
  }

  /** Stops it without a verdict on the replica. */
  drop(): void {
    this.#attempt.abort()
    this.#end('neutral')
  }

  pause(): void {
    this.#attempt.pause()
  }

  resume(): void {
    this.#attempt.resume()
  }

  onHead(status: number, headers: Headers): void {
    this.#status = status
    this.#headers = headers
    const problem = status < 300 ? this.#path.checkHead(headers) : null
    if (problem) this.#fail(problem)
  }

  onData(bytes: Buffer): void {
    if (this.#status >= 300) {
      this.#errorBody.push(bytes)
      this.#errorBytes += bytes.length
      if (this.#errorBytes <= maxErrorBytes) return
      this.#attempt.abort()
      this.#endWithStatus()
      return
    }
    let out: Uint8Array | string
    try {
      out = this.reader.push(bytes)
    } catch (error) {
      this.#fail(asModelError(error))
      return
    }
    // A whole answer is held until its end, so its bytes are all that shows progress.
    if (out.length === 0 && this.#path.isStream) return
    this.#attempt.progressed()
    if (this.#isFirst) {
      this.#isFirst = false
      this.outstanding.firstToken(performance.now())
    }
    if (out.length > 0) this.#owner.delivered(this, out)
  }

  onEnd(): void {
    if (this.#status >= 300) return this.#endWithStatus()
    const result = this.reader.end()
    if ('error' in result) return this.onError(result.error)
    this.#end('ok')
    this.#owner.finished(this, result.rest)
  }

  onError(error: ModelError): void {
    this.#end(outcomeOf(error), error.retryAfterMs ?? undefined)
    this.#owner.failed(this, error)
  }

  #fail(error: ModelError): void {
    this.#attempt.abort()
    this.onError(error)
  }

  #endWithStatus(): void {
    if (isWorthAnotherReplica(this.#status)) return this.onError(statusFailure(this.#status, this.#headers))
    this.#end('neutral')
    const said = Buffer.concat(this.#errorBody).toString('utf8')
    const { status, body } = this.#path.refusal(this.#status, said)
    this.#owner.rejected(this, status, body)
  }

  #end(outcome: Outcome, retryAfterMs?: number): void {
    if (this.#isEnded) return
    this.#isEnded = true
    this.outstanding.end(outcome, performance.now(), retryAfterMs)
  }
}
