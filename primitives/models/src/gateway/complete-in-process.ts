import type { Complete, CompleteOptions, ChatMessage } from '../complete.ts'
import { isModelErrorCode, ModelError } from '../model-error.ts'
import type { ModelErrorCode } from '../model-error.ts'
import { readCompletion } from '../read-stream.ts'
import { scanBody } from '../wire/scan-body.ts'
import { requestBody } from '../wire.ts'
import type { Exchange } from './exchange.ts'
import type { Gateway } from './gateway.ts'
import type { Sink } from './sink.ts'

/** Calls a model of the gateway from this process: the same admission, routing, metering and failure as over HTTP, without a socket. */
export function completeInProcess(gateway: Gateway, model: string): Complete {
  return async function* complete(messages: ChatMessage[], options: CompleteOptions) {
    options.signal.throwIfAborted()
    const body = Buffer.from(requestBody(model, messages, options))
    const sink = new QueueSink()
    const exchange = gateway.open(
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
      },
      sink,
    )
    const cancel = () => {
      exchange.cancel()
      sink.fail(new ModelError({ code: 'model-aborted', message: 'The call was cancelled.' }))
    }
    options.signal.addEventListener('abort', cancel, { once: true })
    try {
      exchange.start()
      for await (const part of readCompletion(sink.bytes(exchange))) {
        yield part.type === 'done' ? { ...part, costMicros: exchange.costMicros } : part
      }
    } finally {
      options.signal.removeEventListener('abort', cancel)
      // Does nothing when the answer was read to its end.
      exchange.cancel()
    }
  }
}

const highWaterBytes = 64 * 1024

/** An answer as an async iterable of bytes; the exchange pauses while the reader is behind. */
class QueueSink implements Sink {
  #queue: Uint8Array[] = []
  #queuedBytes = 0
  #isEnded = false
  #error: ModelError | null = null
  #status = 200
  #retryAfterMs: number | null = null
  #wake: (() => void) | null = null

  head(status: number, headers: Record<string, string>): void {
    this.#status = status
    const { 'retry-after-ms': retryAfter } = headers
    if (retryAfter !== undefined) this.#retryAfterMs = Number(retryAfter)
  }

  write(bytes: Uint8Array | string): boolean {
    const part = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
    this.#queue.push(part)
    this.#queuedBytes += part.length
    this.#wakeUp()
    return this.#queuedBytes < highWaterBytes
  }

  end(): void {
    if (this.#status !== 200) {
      this.#error ??= refusal(this.#status, Buffer.concat(this.#queue.splice(0)), this.#retryAfterMs)
    }
    this.#isEnded = true
    this.#wakeUp()
  }

  fail(error: ModelError): void {
    this.#error ??= error
    this.#wakeUp()
  }

  async *bytes(exchange: Exchange): AsyncGenerator<Uint8Array> {
    for (;;) {
      if (this.#error) throw this.#error
      const part = this.#status === 200 ? this.#queue.shift() : undefined
      if (part) {
        this.#queuedBytes -= part.length
        if (this.#queue.length === 0) exchange.drained()
        yield part
        continue
      }
      if (this.#isEnded) return
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  #wakeUp(): void {
    this.#wake?.()
    this.#wake = null
  }
}

/** The gateway's own error answer as the error that it was made of. */
function refusal(status: number, body: Buffer, retryAfterMs: number | null): ModelError {
  const { message, code } = errorOf(body)
  return new ModelError({
    code: isModelErrorCode(code) ? code : codeOfStatus(status),
    message: message ?? `The model call was refused (${code ?? status}).`,
    statusCode: status,
    retryAfterMs,
    isRetryable: status === 429 || status >= 500,
  })
}

function codeOfStatus(status: number): ModelErrorCode {
  if (status === 429) return 'model-rate-limited'
  if (status === 504) return 'model-idle'
  return status >= 500 ? 'model-unavailable' : 'model-rejected'
}

function errorOf(body: Buffer): { message: string | null; code: string | null } {
  try {
    const { error } = JSON.parse(body.toString('utf8')) as { error?: { message?: unknown; code?: unknown } }
    return {
      message: typeof error?.message === 'string' ? error.message : null,
      code: typeof error?.code === 'string' ? error.code : null,
    }
  } catch {
    return { message: null, code: null }
  }
}
