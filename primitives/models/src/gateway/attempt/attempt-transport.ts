import type { Transform } from 'node:stream'
import { constants as zlib, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { Dispatcher } from 'undici'
import type { ModelConfig } from '../../table/gateway-config.ts'
import { ModelError } from '../../failure/model-error.ts'
import { garbage, tooSlow, cancelled } from '../../failure/broken-answer.ts'
import { asModelError } from '../../failure/upstream-failure.ts'

/** What a request to an upstream needs. */
export interface UpstreamRequest {
  /** `POST` when absent. */
  method?: string
  path: string
  headers: Record<string, string>
  body: Buffer
}

/** What an attempt reports. After `onEnd` or `onError` nothing more comes. */
export interface TransportListener {
  onHead(status: number, headers: Record<string, string | string[] | undefined>): void
  onData(bytes: Buffer): void
  /** The upstream ended its answer in good order; whether the answer is whole is for the reader of it to say. */
  onEnd(): void
  onError(error: ModelError): void
}

export type Deadlines = ModelConfig['deadlines']

/**
 * The HTTP request of one attempt. States: waiting (nothing of the answer yet; bound by `firstTokenMs`) → flowing (bound by
 * `betweenTokensMs` after each `progressed`) → over. `totalAtMs` (monotonic) bounds all of it. Bytes alone are no
 * progress: an upstream may trickle comments, or one event without an end. While `pause`d the silence is our own
 * making, so the time between tokens does not count.
 */
export class AttemptTransport implements Dispatcher.DispatchHandler {
  readonly #listener: TransportListener
  readonly #deadlines: Deadlines
  readonly #totalAtMs: number
  readonly #startedMs = performance.now()
  #controller: Dispatcher.DispatchController | null = null
  /** 0 until the first. */
  #lastTokenMs = 0
  #unpacker: Transform | null = null
  #isPaused = false
  #isOver = false
  #timer: NodeJS.Timeout

  constructor(listener: TransportListener, deadlines: Deadlines, totalAtMs: number) {
    this.#listener = listener
    this.#deadlines = deadlines
    this.#totalAtMs = totalAtMs
    this.#timer = setTimeout(() => this.#checkDeadlines(), this.#leftMs())
  }

  send(dispatcher: Dispatcher, request: UpstreamRequest): void {
    // Our own deadlines are finer than undici's: they know tokens, and pauses of our own making.
    const { method = 'POST', body, ...rest } = request
    const options = {
      ...rest,
      method: method as Dispatcher.HttpMethod,
      body: body.length === 0 && method !== 'POST' ? null : body,
      headersTimeout: 0,
      bodyTimeout: 0,
    }
    try {
      dispatcher.dispatch(options, this)
    } catch (error) {
      this.#fail(asModelError(error))
    }
  }

  /** Stops the attempt at once and closes its connection; nothing more is reported. */
  abort(): void {
    if (this.#isOver) return
    this.#close()
    this.#controller?.abort(cancelled())
  }

  /** What came was a part of the answer. */
  progressed(): void {
    this.#lastTokenMs = performance.now()
  }

  pause(): void {
    if (this.#isOver || this.#isPaused) return
    this.#isPaused = true
    this.#controller?.pause()
  }

  resume(): void {
    if (this.#isOver || !this.#isPaused) return
    this.#isPaused = false
    this.progressed()
    this.#controller?.resume()
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#isOver) controller.abort(cancelled())
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (this.#isOver || status < 200) return
    this.#unpack(String(headers['content-encoding'] ?? ''))
    this.#listener.onHead(status, headers)
  }

  onResponseData(_controller: Dispatcher.DispatchController, bytes: Buffer): void {
    if (this.#isOver) return
    if (this.#unpacker) this.#unpacker.write(bytes)
    else this.#listener.onData(bytes)
  }

  onResponseEnd(): void {
    if (this.#isOver) return
    if (this.#unpacker) this.#unpacker.end()
    else this.#ended()
  }

  #ended(): void {
    if (this.#isOver) return
    this.#close()
    this.#listener.onEnd()
  }

  /** Nobody asked for a packed answer, but some proxies pack all that they send. */
  #unpack(encoding: string): void {
    const unpacker =
      encoding === 'gzip' || encoding === 'x-gzip'
        ? createGunzip({ finishFlush: zlib.Z_SYNC_FLUSH })
        : encoding === 'deflate'
          ? createInflate()
          : encoding === 'br'
            ? createBrotliDecompress()
            : null
    if (unpacker === null) return
    unpacker.on('data', (bytes: Buffer) => {
      if (!this.#isOver) this.#listener.onData(bytes)
    })
    unpacker.on('end', () => this.#ended())
    unpacker.on('error', (error) => {
      this.#fail(garbage('replica', `an answer that is not packed as ${encoding}`, error))
      this.#controller?.abort(error)
    })
    this.#unpacker = unpacker
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(asModelError(error))
  }

  #fail(error: ModelError): void {
    if (this.#isOver) return
    this.#close()
    this.#listener.onError(error)
  }

  #close(): void {
    this.#isOver = true
    this.#unpacker?.destroy()
    clearTimeout(this.#timer)
  }

  /** One timer for all deadlines: tokens only move a time stamp, and the timer looks at it when it fires. */
  #checkDeadlines(): void {
    const leftMs = this.#leftMs()
    if (leftMs > 1) {
      this.#timer = setTimeout(() => this.#checkDeadlines(), leftMs)
      return
    }
    const error = this.#deadlineError()
    this.#fail(error)
    this.#controller?.abort(error)
  }

  #leftMs(): number {
    const nowMs = performance.now()
    const lastMs = this.#isPaused ? nowMs : this.#lastTokenMs
    const silentAtMs =
      this.#lastTokenMs === 0
        ? this.#startedMs + this.#deadlines.firstTokenMs
        : lastMs + this.#deadlines.betweenTokensMs
    return Math.max(0, Math.min(this.#totalAtMs, silentAtMs) - nowMs)
  }

  #deadlineError(): ModelError {
    const which =
      performance.now() >= this.#totalAtMs - 1
        ? 'The answer was not whole within deadlines.totalMs (deadlines.wholeAnswerMs for one in one piece)'
        : this.#lastTokenMs === 0
          ? 'The model sent no first token within deadlines.firstTokenMs'
          : 'The model sent nothing more within deadlines.betweenTokensMs'
    return tooSlow(which)
  }
}
