import { HeavyliftError, InvalidInputError } from '@heavylift/core'
import { withTimeout } from '@heavylift/core/async'
import { bodyTooLarge, bodyTooSlow } from './http-errors.ts'

export interface BodyLimits {
  maxBytes: number
  /** Longest pause between two chunks, in milliseconds. */
  idleMs: number
  /** Told when the reader leaves before the end: what is left then stands before the next request on the connection. */
  onLeft?: () => void
}

/**
 * The request's body, cut off by an error when it grows past `maxBytes` (413) or pauses for `idleMs` (408). Nothing is
 * read ahead of the reader. Throws 413 at once when `content-length` already says too much.
 */
export function limitBody(request: Request, limits: BodyLimits): ReadableStream<Uint8Array> {
  const declared = request.headers.get('content-length')
  if (declared !== null && Number(declared) > limits.maxBytes) throw bodyTooLarge(limits.maxBytes)
  const reader = request.body?.getReader()
  let bytes = 0
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (!reader) return controller.close()
        const next = await withIdleLimit(reader.read(), limits.idleMs)
        if (next.done) return controller.close()
        bytes += next.value.byteLength
        if (bytes > limits.maxBytes) {
          const error = bodyTooLarge(limits.maxBytes)
          void reader.cancel(error).catch(() => {})
          throw error
        }
        controller.enqueue(next.value)
      },
      cancel() {
        // To cancel the request's own stream would cut the connection, and with it the answer that says why.
        reader?.releaseLock()
        limits.onLeft?.()
      },
    },
    { highWaterMark: 0 },
  )
}

function withIdleLimit<T>(work: Promise<T>, idleMs: number): Promise<T> {
  return withTimeout(work, idleMs, () => {
    throw bodyTooSlow(idleMs)
  })
}

/** Parses a JSON body; undefined when there is none. Throws 400, 408, 413 or 415 with a message for the client. */
export async function readJson(request: Request, limits: BodyLimits): Promise<unknown> {
  if (request.body === null || request.headers.get('content-length') === '0') return undefined
  const contentType = request.headers.get('content-type') ?? ''
  const chunks: Uint8Array[] = []
  for await (const chunk of limitBody(request, limits)) chunks.push(chunk)
  if (chunks.length === 0) return undefined
  // Also keeps plain HTML forms of other sites out: they cannot send this type without asking first.
  if (!/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(contentType)) {
    throw new HeavyliftError({
      code: 'content-type-unsupported',
      message: `Send the body as JSON with "content-type: application/json"; got "${contentType.slice(0, 100)}".`,
      status: 415,
    })
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)))
  } catch (cause) {
    throw new InvalidInputError({
      code: 'json-invalid',
      message: `The body is not valid JSON: ${cause instanceof Error ? cause.message : 'unreadable'}.`,
      cause,
    })
  }
}
