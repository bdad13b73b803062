/** Marks our errors across package copies, where `instanceof` would fail. */
const marker = Symbol.for('heavylift.error')

export interface HeavyliftErrorOptions {
  /** Stable, kebab-case, e.g. `catalog-row-invalid`. Clients branch on it; messages may change. */
  code: string
  /** What went wrong and what to do about it, in plain words. */
  message: string
  /** HTTP status that the server answers with when this error leaves a route. Default 500. */
  status?: number
  /** True when the same call may succeed later. Default false. */
  isRetryable?: boolean
  /** Structured facts for machines (row numbers, field names). Never secrets. */
  details?: unknown
  cause?: unknown
}

/** Every error that a caller can act on. Anything else that is thrown is a defect and answers 500. */
export class HeavyliftError extends Error {
  readonly [marker] = true
  readonly code: string
  readonly status: number
  readonly isRetryable: boolean
  readonly details: unknown

  constructor(options: HeavyliftErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = new.target.name
    this.code = options.code
    this.status = options.status ?? 500
    this.isRetryable = options.isRetryable ?? false
    this.details = options.details
  }

  static isInstance(value: unknown): value is HeavyliftError {
    return typeof value === 'object' && value !== null && marker in value
  }
}

/** The input is wrong; the message names the field and what was expected. 400. */
export class InvalidInputError extends HeavyliftError {
  constructor(options: Omit<HeavyliftErrorOptions, 'status'>) {
    super({ ...options, status: 400 })
  }
}

/** The thing does not exist for this tenant (a foreign tenant's thing looks the same). 404. */
export class NotFoundError extends HeavyliftError {
  constructor(options: Omit<HeavyliftErrorOptions, 'status'>) {
    super({ ...options, status: 404 })
  }
}

/** The thing's state does not allow this now (already confirmed, expired, version moved on). 409. */
export class ConflictError extends HeavyliftError {
  constructor(options: Omit<HeavyliftErrorOptions, 'status'>) {
    super({ ...options, status: 409 })
  }
}

/** Too much is asked for now; says how long to wait, which the server tells by `Retry-After`. 429, or 503 where it is not the caller's doing. */
export class TryLaterError extends HeavyliftError {
  readonly retryAfterSeconds: number
  constructor(options: {
    code: string
    message: string
    status: 429 | 503
    retryAfterSeconds: number
    cause?: unknown
  }) {
    super({ ...options, isRetryable: true, details: { retryAfterSeconds: options.retryAfterSeconds } })
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}
