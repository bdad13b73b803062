import type { KeyLimits } from '@heavylift/core'
import type { JsonObject, KnownApi } from '../wire/codec.ts'

/** Of OpenAI's Batch API; Anthropic's `processing_status` follows from it. */
export type BatchStatus =
  | 'validating'
  | 'failed'
  | 'in_progress'
  | 'finalizing'
  | 'completed'
  | 'expired'
  | 'cancelling'
  | 'cancelled'

/** What is wrong with its file. `line` is 1-based; null for the whole. */
export interface BatchProblem {
  code: string
  message: string
  line: number | null
  param: string | null
}

export interface Batch {
  tenantId: string
  id: string
  endpoint: string
  inputFileId: string
  keyId: string | null
  limits: KeyLimits | null
  metadata: JsonObject | null
  status: BatchStatus
  /** Seconds since 1970 by name: `in_progress_at`, `completed_at` … */
  times: Record<string, number>
  errors: BatchProblem[] | null
  total: number
  completed: number
  failed: number
  outputFileId: string | null
  errorFileId: string | null
  madeAtMs: number
  expiresAtMs: number
}

/** One request of a batch. */
export interface BatchLine {
  /** 0-based. */
  line: number
  customId: string
  body: JsonObject
}

/** Whose answer is `answer`; status 0 for one that was never asked for, with `answer` saying why. */
export interface AnsweredLine extends Omit<BatchLine, 'body'> {
  callId: string | null
  statusCode: number
  answer: JsonObject
}

/** Where the requests of batches go. */
export const batchApis: Readonly<Record<string, KnownApi>> = {
  '/v1/chat/completions': 'chat',
  '/v1/completions': 'completions',
  '/v1/embeddings': 'embeddings',
  '/v1/responses': 'responses',
  '/v1/messages': 'messages',
}

export const isAnthropic = ({ endpoint }: Pick<Batch, 'endpoint'>): boolean => endpoint === '/v1/messages'

export const isOver = ({ status }: Pick<Batch, 'status'>): boolean =>
  status === 'failed' || status === 'completed' || status === 'expired' || status === 'cancelled'
