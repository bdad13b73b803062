import { ConflictError, HeavyliftError } from '@heavylift/core'

/** The log's backend cannot be reached or cannot write now. The same call with the same ids may succeed later. 503. */
export class StreamUnavailableError extends HeavyliftError {
  constructor(options: { message: string; cause?: unknown }) {
    super({ ...options, code: 'stream-unavailable', status: 503, isRetryable: true })
  }
}

/** Stored bytes are not what was written. Nothing is skipped silently: the message names file and position. */
export class LogCorruptError extends HeavyliftError {
  constructor(options: { message: string; details?: unknown }) {
    super({ ...options, code: 'log-corrupt' })
  }
}

export function logClosed(): ConflictError {
  return new ConflictError({
    code: 'log-closed',
    message: 'The log was closed. Open it again before you use it.',
  })
}
