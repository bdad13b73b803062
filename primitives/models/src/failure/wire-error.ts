import { findOutage, HeavyliftError, TryLaterError } from '@heavylift/core'
import type { WireError } from '../wire/codec.ts'
import { isModelErrorCode, ModelError } from './model-error.ts'
import type { ModelErrorCode } from './model-error.ts'

/** The error as a client sees it, with the status of an answer that has not begun. */
export function toWireError(thrown: unknown): WireError {
  const error = findOutage(thrown) ?? thrown
  if (!HeavyliftError.isInstance(error)) {
    return { status: 500, code: 'internal', message: 'The gateway failed on this request; its log says why.' }
  }
  const retryAfterMs =
    error instanceof TryLaterError
      ? error.retryAfterSeconds * 1_000
      : 'retryAfterMs' in error
        ? error.retryAfterMs
        : null
  return {
    status: error instanceof ModelError ? modelStatus(error) : error.status,
    code: error.code,
    message: error.message,
    ...(typeof retryAfterMs === 'number' ? { retryAfterMs } : {}),
    ...paramOf(error.details),
  }
}

/** The field that is wrong, where the refusal names one. */
function paramOf(details: unknown): { param?: string } {
  const param = typeof details === 'object' && details !== null && 'param' in details ? details.param : null
  return typeof param === 'string' ? { param } : {}
}

function modelStatus(error: ModelError): number {
  if (error.code === 'model-rate-limited') return 429
  if (error.code === 'model-unavailable' && error.statusCode === null) return 503
  return error.code === 'model-idle' ? 504 : 502
}

/** The gateway's own error answer as the error that it was made of. */
export function refusalOf(status: number, body: Buffer, retryAfterMs: number | null): ModelError {
  const { message, code } = errorOf(body)
  return new ModelError({
    code: isModelErrorCode(code) ? code : codeOfStatus(status),
    message: message ?? `The model call was refused (${code ?? status}).`,
    statusCode: status,
    retryAfterMs,
    isRetryable: status === 429 || status >= 500,
  })
}

function codeOfStatus(status: number): ModelErrorCode {
  if (status === 429) return 'model-rate-limited'
  if (status === 504) return 'model-idle'
  return status >= 500 ? 'model-unavailable' : 'model-rejected'
}

function errorOf(body: Buffer): { message: string | null; code: string | null } {
  try {
    const { error } = JSON.parse(body.toString('utf8')) as { error?: { message?: unknown; code?: unknown } }
    return {
      message: typeof error?.message === 'string' ? error.message : null,
      code: typeof error?.code === 'string' ? error.code : null,
    }
  } catch {
    return { message: null, code: null }
  }
}
