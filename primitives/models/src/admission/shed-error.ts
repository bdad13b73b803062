import { HeavyliftError } from '@heavylift/core'

/** Why a request was refused before any replica saw it. */
export type ShedCode =
  | 'queue-full'
  | 'queue-timeout'
  | 'rate-limited'
  | 'tokens-limited'
  | 'in-flight-limited'
  | 'budget-exhausted'
  | 'limits-unavailable'
  | 'model-not-allowed'

/** Status by code; what is not named here is 429. */
const statuses: Partial<Record<ShedCode, number>> = { 'model-not-allowed': 403, 'limits-unavailable': 503 }

/** A request refused by a limit, a budget or a full queue. 429 with `retryAfterMs`, 403 where waiting does not help, 503 where nobody knows what is left. */
export class ShedError extends HeavyliftError {
  declare readonly code: ShedCode
  /** For `Retry-After`; null where the same request will be refused again. */
  readonly retryAfterMs: number | null

  constructor(options: { code: ShedCode; message: string; retryAfterMs: number | null }) {
    super({
      code: options.code,
      message: options.message,
      status: statuses[options.code] ?? 429,
      isRetryable: options.retryAfterMs !== null,
    })
    this.retryAfterMs = options.retryAfterMs
  }
}
