import { ConflictError, HeavyliftError, NotFoundError } from '@heavylift/core'
import { getDbos } from './dbos.ts'

export function runUnknown(name: string, id: string): NotFoundError {
  return new NotFoundError({ code: 'run-unknown', message: `There is no run "${id}" of ${name}.` })
}

/**
 * A run's error as the caller should see it. A run may have ended in another process, so what arrives is what was stored
 * of it: code, message and details of our errors come back, other classes become plain errors.
 */
export function restoreError(error: unknown, name: string, id: string): unknown {
  const { Error: DbosErrors } = getDbos()
  if (
    error instanceof DbosErrors.DBOSAwaitedWorkflowCancelledError ||
    error instanceof DbosErrors.DBOSWorkflowCancelledError
  ) {
    return new ConflictError({ code: 'run-cancelled', message: `Run "${id}" of ${name} was cancelled.` })
  }
  if (error instanceof DbosErrors.DBOSAwaitedWorkflowExceededMaxRecoveryAttempts) {
    return new HeavyliftError({
      code: 'run-abandoned',
      message: `Run "${id}" of ${name} ended its process again and again and is not tried any more.`,
      cause: error,
    })
  }
  if (HeavyliftError.isInstance(error) || !(error instanceof Error) || !isOurs(error)) return error
  return new HeavyliftError({
    code: error.code,
    message: error.message,
    status: error.status,
    isRetryable: error.isRetryable,
    details: error.details,
    cause: error,
  })
}

interface Stored {
  code: string
  status: number
  isRetryable: boolean
  details?: unknown
}

function isOurs(error: Error): error is Error & Stored {
  return (
    'code' in error &&
    typeof error.code === 'string' &&
    'status' in error &&
    typeof error.status === 'number' &&
    'isRetryable' in error &&
    typeof error.isRetryable === 'boolean'
  )
}
