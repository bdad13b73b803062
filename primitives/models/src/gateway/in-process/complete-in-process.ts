import { Wakeup } from '@heavylift/core/async'
import type { Complete, CompleteOptions, ChatMessage } from './complete.ts'
import { ModelError } from '../../failure/model-error.ts'
import { readCompletion } from './read-completion.ts'
import { scanBody } from '../../wire/scan-body.ts'
import { requestBody } from './request-body.ts'
import type { Gateway } from '../gateway.ts'
import type { RunningCall } from '../call/running-call.ts'
import type { Sink } from '../answer/sink.ts'
import { cancelled } from '../../failure/broken-answer.ts'
import { refusalOf } from '../../failure/wire-error.ts'

/** Calls a model of the gateway from this process: the same admission, routing, metering and failure as over HTTP, without a socket. */
export function completeInProcess(gateway: Gateway, model: string): Complete {
  return async function* complete(messages: ChatMessage[], options: CompleteOptions) {
    options.signal.throwIfAborted()
    const body = Buffer.from(requestBody(model, messages, options))
    const sink = new QueueSink()
    const running = gateway.open(
      {
        id: gateway.ids.next('call'),
        api: 'chat',
        tenantId: options.tenantId ?? 'main',
        keyId: null,
        priority: options.priority ?? 'interactive',
        body,
        scanned: scanBody(body),
        isStream: true,
        arrivedMs: performance.now(),
        passHeaders: {},
        ...(options.ready ? { ready: options.ready } : {}),
      },
      sink,
    )
    const cancel = () => {
      running.cancel()
      sink.fail(cancelled())
    }
    options.signal.addEventListener('abort', cancel, { once: true })
    try {
      running.start()
      for await (const part of readCompletion(sink.bytes(running))) {
        yield part.type === 'done' ? { ...part, costMicros: running.costMicros } : part
      }
    } finally {
      options.signal.removeEventListener('abort', cancel)
      // Does nothing when the answer was read to its end.
      running.cancel()
      options.onCost?.(running.costMicros)
    }
  }
}

const highWaterBytes = 64 * 1024

/** An answer as an async iterable of bytes; the call pauses while the reader is behind. */
class QueueSink implements Sink {
  #queue: Uint8Array[] = []
  #queuedBytes = 0
  #isEnded = false
  #error: ModelError | null = null
  #status = 200
  #retryAfterMs: number | null = null
  readonly #changed = new Wakeup()

  head(status: number, headers: Record<string, string>): void {
    this.#status = status
    const { 'retry-after-ms': retryAfter } = headers
    if (retryAfter !== undefined) this.#retryAfterMs = Number(retryAfter)
  }

  write(bytes: Uint8Array | string): boolean {
    const part = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
    this.#queue.push(part)
    this.#queuedBytes += part.length
    this.#changed.wake()
    return this.#queuedBytes < highWaterBytes
  }

  end(): void {
    if (this.#status !== 200) {
      this.#error ??= refusalOf(this.#status, Buffer.concat(this.#queue.splice(0)), this.#retryAfterMs)
    }
    this.#isEnded = true
    this.#changed.wake()
  }

  fail(error: ModelError): void {
    this.#error ??= error
    this.#changed.wake()
  }

  async *bytes(running: RunningCall): AsyncGenerator<Uint8Array> {
    for (;;) {
      if (this.#error) throw this.#error
      const part = this.#status === 200 ? this.#queue.shift() : undefined
      if (part) {
        this.#queuedBytes -= part.length
        if (this.#queue.length === 0) running.drained()
        yield part
        continue
      }
      if (this.#isEnded) return
      await this.#changed.wait()
    }
  }
}
