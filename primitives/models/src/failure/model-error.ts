import { HeavyliftError } from '@heavylift/core'

/** What went wrong at a model endpoint. Clients branch on these; `cut-off` means that the answer so far is incomplete. */
export type ModelErrorCode = (typeof codes)[number]

const codes = [
  'model-unreachable',
  'model-rejected',
  'model-rate-limited',
  'model-unavailable',
  'model-key-refused',
  'model-idle',
  'model-cut-off',
  'model-garbage',
  'model-aborted',
] as const

export function isModelErrorCode(code: unknown): code is ModelErrorCode {
  return codes.some((known) => known === code)
}

export interface ModelErrorOptions {
  code: ModelErrorCode
  message: string
  /** Status that the endpoint answered with; null when it answered none. */
  statusCode?: number | null
  /** How long the endpoint asked to wait, from `Retry-After`. */
  retryAfterMs?: number | null
  isRetryable?: boolean
  cause?: unknown
}

/** A model call that failed. Leaves a route as 502. Never holds a prompt or a key. */
export class ModelError extends HeavyliftError {
  declare readonly code: ModelErrorCode
  readonly statusCode: number | null
  readonly retryAfterMs: number | null

  constructor(options: ModelErrorOptions) {
    super({
      code: options.code,
      message: options.message,
      status: 502,
      ...(options.isRetryable === undefined ? {} : { isRetryable: options.isRetryable }),
      ...(options.cause === undefined ? {} : { cause: options.cause }),
    })
    this.statusCode = options.statusCode ?? null
    this.retryAfterMs = options.retryAfterMs ?? null
  }
}
