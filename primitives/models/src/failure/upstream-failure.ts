import { errors } from 'undici'
import { isObject } from '../wire/json-access.ts'
import { ModelError } from './model-error.ts'
import type { Outcome } from '../routing/balancer.ts'

type Headers = Record<string, string | string[] | undefined>

/** What a connection that failed means. */
export function asModelError(error: unknown): ModelError {
  if (error instanceof ModelError) return error
  const code = codeOf(error)
  if (code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_ABORTED') {
    return new ModelError({
      code: 'model-cut-off',
      message: 'The connection to the model broke before its answer was whole.',
      isRetryable: true,
      cause: error,
    })
  }
  if (error instanceof errors.HTTPParserError || code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') {
    return new ModelError({
      code: 'model-garbage',
      message: 'The replica answered something that is not HTTP. Check its address.',
      isRetryable: true,
      cause: error,
    })
  }
  return new ModelError({
    code: 'model-unreachable',
    message: `The replica cannot be reached (${code ?? 'unknown reason'}). Check that it runs and that its address is right.`,
    isRetryable: true,
    cause: error,
  })
}

/**
 * What an answer other than 2xx means that another replica may not give. Of the body only a code is kept: its words may
 * echo the prompt.
 */
export function statusFailure(status: number, headers: Headers, said = ''): ModelError {
  const reason = reasonOf(said)
  const because = reason === null ? '' : ` (${reason})`
  if (status === 401) {
    return new ModelError({
      code: 'model-key-refused',
      message: `The replica refused the gateway's key${because}. Check the apiKey of its provider in the table.`,
      statusCode: status,
      isRetryable: true,
    })
  }
  const retryAfterMs = retryAfterOf(headers)
  const isBusy = status === 429 || status === 529 || (status === 503 && retryAfterMs !== null)
  return new ModelError({
    code: isBusy ? 'model-rate-limited' : 'model-unavailable',
    message: isBusy
      ? `Every replica is busy (the last one answered ${status}${reason === null ? '' : `, ${reason}`}). Try again later.`
      : `The replica answered ${status}${because}. Its log says why.`,
    statusCode: status,
    retryAfterMs,
    isRetryable: true,
  })
}

/**
 * Statuses that another replica may not give; others are the request's own fault. A redirect or a key that is refused
 * (ours, not the client's) is a wrong entry in the table.
 */
export function isWorthAnotherReplica(status: number): boolean {
  return status >= 500 || status < 400 || [401, 407, 408, 429].includes(status)
}

/** The upstream's own `code` or `type`, where it is a name and no sentence. */
function reasonOf(said: string): string | null {
  try {
    const parsed: unknown = JSON.parse(said)
    const error = isObject(parsed) && isObject(parsed['error']) ? parsed['error'] : parsed
    if (!isObject(error)) return null
    const names = [error['code'], error['type'], error['__type']]
    const name = names.find((each) => typeof each === 'string' && /^[A-Za-z][\w.-]{2,63}$/.test(each))
    return typeof name === 'string' ? name : null
  } catch {
    return null
  }
}

export function outcomeOf(error: ModelError): Outcome {
  if (error.code === 'model-rate-limited') return 'busy'
  return error.code === 'model-aborted' ? 'neutral' : 'failed'
}

/** `retry-after-ms`, or `Retry-After` in seconds or as a date; null when there is none that can be read. */
function retryAfterOf(headers: Headers): number | null {
  const millis = Number(first(headers['retry-after-ms']))
  if (Number.isFinite(millis) && millis >= 0) return millis
  const value = first(headers['retry-after'])
  if (value === undefined) return null
  const seconds = Number(value)
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1000 : null
  const atMs = Date.parse(value)
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - Date.now())
}

function first(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header
}

function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null
  return typeof error.code === 'string' ? error.code : null
}
