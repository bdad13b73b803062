import { isWorthKeeping } from '../../cache/answer.ts'
import type { Answer } from '../../cache/answer.ts'
import type { ReadyRequest } from '../../cache/ready-answers.ts'
import { scanBody } from '../../wire/scan-body.ts'
import type { Gateway } from '../gateway.ts'
import { refusalOf } from '../../failure/wire-error.ts'
import { collect } from './collect.ts'

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
  let answer: Answer | null = null
  const said = await collect(
    gateway,
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
    signal,
    { keepsBody: false, onAnswer: (heard) => (answer = heard) },
  )
  if (said.status !== 200) throw refusalOf(said.status, said.body, said.retryAfterMs)
  const heard = answer as Answer | null
  return heard && isWorthKeeping(api, heard) ? heard : null
}
