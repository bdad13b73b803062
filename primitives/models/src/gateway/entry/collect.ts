import type { Call } from '../call/call.ts'
import type { RoutedCall } from '../call/routed-call.ts'
import type { Gateway } from '../gateway.ts'

/** What a call was answered, as a client would have got it. */
export interface Collected {
  status: number
  body: Buffer
  /** When to ask again, where the answer says so. */
  retryAfterMs: number | null
}

/**
 * Makes a call and gathers what it is answered. Rejects with the signal's reason once that fires, and the call stops.
 * `keepsBody` false: of a good answer only `onAnswer` is told. Throws what `Gateway.open` throws.
 */
export async function collect(
  gateway: Gateway,
  call: Call,
  signal: AbortSignal,
  { keepsBody = true, onAnswer = null }: { keepsBody?: boolean; onAnswer?: RoutedCall['onAnswer'] } = {},
): Promise<Collected> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const parts: Buffer[] = []
  let status = 0
  let retryAfterMs: number | null = null
  const running = gateway.open(
    call,
    {
      head(given, headers) {
        status = given
        retryAfterMs = headers['retry-after-ms'] === undefined ? null : Number(headers['retry-after-ms'])
      },
      write(part) {
        // A copy: the bytes may stand in a buffer that is used again.
        if (keepsBody || status !== 200) parts.push(Buffer.from(part as string))
        return true
      },
      end: resolve,
    },
    onAnswer,
  )
  const cancel = () => {
    running.cancel()
    reject(signal.reason)
  }
  signal.throwIfAborted()
  signal.addEventListener('abort', cancel, { once: true })
  try {
    running.start()
    await promise
  } finally {
    signal.removeEventListener('abort', cancel)
  }
  return { status, body: Buffer.concat(parts), retryAfterMs }
}
