import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, request } from 'undici'
import type { Dispatcher } from 'undici'
import type { Complete } from './complete.ts'
import { ModelError } from './model-error.ts'
import { readCompletion } from './read-stream.ts'
import { readSecret } from './secret.ts'
import { requestBody } from './wire.ts'

export interface ModelEndpoint {
  /** Up to and with `/v1`, e.g. `http://127.0.0.1:8000/v1`. */
  baseUrl: string
  /** Where the key is kept: `env:NAME` or `file:/path`; null for an endpoint without keys. */
  apiKey: string | null
  /** As the endpoint names it. */
  model: string
  /** Attempts after the first, made only while no byte of an answer has arrived. Default 2. */
  retries?: number
  /** First wait between attempts; doubles each time. Default 200 ms. `Retry-After` wins, up to 5 s. */
  retryDelayMs?: number
}

const defaultIdleTimeoutMs = 30_000
const longestRetryWaitMs = 5_000

/**
 * Makes the one function that a system calls a model with, over an OpenAI-compatible `/chat/completions`.
 * Retries connection failures, 429 and 5xx before the first byte, never after it. Leaving the iteration early, or
 * aborting `signal`, closes the connection, so that the endpoint stops too.
 */
export function createComplete(endpoint: ModelEndpoint): Complete {
  const url = `${endpoint.baseUrl.replace(/\/+$/, '')}/chat/completions`
  // An agent of our own: a stuck model must not hold connections that others use.
  const dispatcher = new Agent({ connect: { timeout: 5_000 }, keepAliveTimeout: 10_000 })

  return async function* complete(messages, options) {
    const idleMs = options.idleTimeoutMs ?? defaultIdleTimeoutMs
    const key = endpoint.apiKey === null ? null : await readSecret(endpoint.apiKey)
    const body = requestBody(endpoint.model, messages, options)
    const call = () =>
      open(url, {
        method: 'POST',
        body,
        dispatcher,
        headersTimeout: idleMs,
        bodyTimeout: idleMs,
        signal: options.signal,
        headers: {
          'content-type': 'application/json',
          accept: 'text/event-stream',
          ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        },
      })
    const response = await withRetries(call, endpoint, options.signal)
    try {
      yield* readCompletion(response.body)
    } catch (error) {
      throw asModelError(error, options.signal)
    } finally {
      // Does nothing when the body was read to its end.
      response.body.destroy()
    }
  }
}

async function withRetries(
  call: () => Promise<Dispatcher.ResponseData<unknown>>,
  endpoint: ModelEndpoint,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData<unknown>> {
  const retries = endpoint.retries ?? 2
  for (let attempt = 0; ; attempt++) {
    try {
      return await call()
    } catch (error) {
      const failure = asModelError(error, signal)
      if (!failure.isRetryable || attempt >= retries) throw failure
      const backoffMs = (endpoint.retryDelayMs ?? 200) * 2 ** attempt
      const waitMs = Math.min(failure.retryAfterMs ?? backoffMs, longestRetryWaitMs)
      await sleep(waitMs, undefined, { signal }).catch((cause: unknown) => {
        throw asModelError(cause, signal)
      })
    }
  }
}

async function open(
  url: string,
  options: Parameters<typeof request>[1],
): Promise<Dispatcher.ResponseData<unknown>> {
  const response = await request(url, options)
  if (response.statusCode === 200) return response
  // The body may echo the prompt, so it is read away and not kept.
  await response.body.dump()
  throw statusError(response.statusCode, response.headers['retry-after'])
}

function statusError(statusCode: number, retryAfter: string | string[] | undefined): ModelError {
  if (statusCode === 429) {
    return new ModelError({
      code: 'model-rate-limited',
      message: 'The model endpoint answered 429: too many requests. Wait, or raise its limit.',
      statusCode,
      retryAfterMs: seconds(retryAfter),
      isRetryable: true,
    })
  }
  if (statusCode >= 500) {
    return new ModelError({
      code: 'model-unavailable',
      message: `The model endpoint answered ${statusCode}. Look at its log.`,
      statusCode,
      retryAfterMs: seconds(retryAfter),
      isRetryable: true,
    })
  }
  return new ModelError({
    code: 'model-rejected',
    message: `The model endpoint answered ${statusCode}. Check base URL, key and model name.`,
    statusCode,
  })
}

function seconds(header: string | string[] | undefined): number | null {
  const value = Number(Array.isArray(header) ? header[0] : header)
  return header !== undefined && Number.isFinite(value) && value >= 0 ? value * 1000 : null
}

function asModelError(error: unknown, signal: AbortSignal): ModelError {
  if (error instanceof ModelError) return error
  if (signal.aborted) {
    return new ModelError({ code: 'model-aborted', message: 'The call was cancelled.', cause: error })
  }
  const code = codeOf(error)
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') {
    return new ModelError({
      code: 'model-idle',
      message:
        'The model sent nothing for too long. It may be overloaded; raise the idle timeout if it is only slow.',
      cause: error,
    })
  }
  if (
    code === 'UND_ERR_SOCKET' ||
    code === 'UND_ERR_ABORTED' ||
    code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'
  ) {
    return new ModelError({
      code: 'model-cut-off',
      message: 'The connection to the model broke while it answered.',
      isRetryable: true,
      cause: error,
    })
  }
  if (code !== null) {
    return new ModelError({
      code: 'model-unreachable',
      message: `The model endpoint cannot be reached (${code}). Check that it runs and that its base URL is right.`,
      isRetryable: true,
      cause: error,
    })
  }
  return new ModelError({
    code: 'model-unavailable',
    message: 'The model call failed in an unexpected way; its cause says how.',
    cause: error,
  })
}

function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null
  return typeof error.code === 'string' ? error.code : null
}
