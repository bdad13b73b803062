import { isWorthKeeping } from '../../cache/answer.ts'
import type { Answer } from '../../cache/answer.ts'
import type { ReadyRequest } from '../../cache/ready-answers.ts'
import { scanBody } from '../../wire/scan-body.ts'
import type { Gateway } from '../gateway.ts'
import { refusalOf } from '../../failure/wire-error.ts'

interface AskedBy {
  tenantId: string
  signal: AbortSignal
  /** Default `batch`. */
  priority?: 'interactive' | 'batch'
}

/**
 * Asks for a whole answer, by default behind everything interactive, to be kept: null when it came to no good end of its own. Streamed
 * where that can be, so that it can be given again at its pace. Throws `ModelError` for a refusal.
 */
export async function answerAhead(
  gateway: Gateway,
  { api, model, body }: ReadyRequest,
  { tenantId, signal, priority = 'batch' }: AskedBy,
): Promise<Answer | null> {
  const isStream = api !== 'embeddings'
  const bytes = Buffer.from(JSON.stringify({ ...body, model, ...(isStream ? { stream: true } : {}) }))
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const said: Buffer[] = []
  let status = 0
  let retryAfterMs: number | null = null
  let answer: Answer | null = null
  const call = gateway.open(
    {
      id: gateway.ids.next('call'),
      api,
      tenantId,
      keyId: null,
      priority,
      body: bytes,
      scanned: scanBody(bytes),
      isStream,
      arrivedMs: performance.now(),
      passHeaders: {},
    },
    {
      head(given, headers) {
        status = given
        retryAfterMs = headers['retry-after-ms'] === undefined ? null : Number(headers['retry-after-ms'])
      },
      write(part) {
        if (status !== 200) said.push(Buffer.from(part as string))
        return true
      },
      end: resolve,
    },
    (heard) => (answer = heard),
  )
  const cancel = () => {
    call.cancel()
    reject(signal.reason)
  }
  signal.throwIfAborted()
  signal.addEventListener('abort', cancel, { once: true })
  try {
    call.start()
    await promise
  } finally {
    signal.removeEventListener('abort', cancel)
  }
  if (status !== 200) throw refusalOf(status, Buffer.concat(said), retryAfterMs)
  const heard = answer as Answer | null
  return heard && isWorthKeeping(api, heard) ? heard : null
}
