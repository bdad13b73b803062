import type { Api, TokenUsage } from '../wire/codec.ts'

/** How a call ended. `shed`: refused by a limit, a budget or a full queue. `cut`: broke after its first byte. */
export type CallStatus = 'ok' | 'failed' | 'cut' | 'cancelled' | 'shed' | 'rejected'

/** Whether an answer came from the cache: `ready` were generated ahead. `off` where the model keeps none. */
export type CacheState = 'hit' | 'ready' | 'miss' | 'off'

/** One model call as it is metered: never a prompt, an answer or a key. */
export interface CallRecord {
  id: string
  /** When it ended. */
  atMs: number
  tenantId: string
  keyId: string | null
  api: Api
  /** The name that was asked for. */
  model: string
  /** Empty when no replica was reached. */
  provider: string
  upstreamModel: string
  replicaId: string
  status: CallStatus
  httpStatus: number
  errorCode: string | null
  isStream: boolean
  priority: 'interactive' | 'batch'
  attempts: number
  isHedged: boolean
  cache: CacheState
  queuedMs: number
  /** From arrival to the first byte of the answer; null when there was none. */
  ttftMs: number | null
  durationMs: number
  usage: TokenUsage
  /** True when the upstream said nothing of usage and it was estimated from bytes. */
  isUsageEstimated: boolean
  /** Millionths of a US dollar; 0 while the price is not known. */
  costMicros: number
  /** False when the upstream model stands in no price table, so that the cost is not nothing but unknown. */
  isPriced: boolean
}
