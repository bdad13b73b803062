import { ModelError } from './model-error.ts'
import type { ModelErrorCode } from './model-error.ts'
import type { WireError } from '../wire/codec.ts'
import { isObject } from '../wire/json-access.ts'

/**
 * A provider's error answer as the client should see it. Its words are kept where the client can act on them; that it
 * refuses the gateway's own key is the gateway's failure, and no 401 of the client's.
 */
export function providerError(provider: string, status: number, message: string): WireError {
  const said = message || `${provider} answered ${status}.`
  switch (status) {
    case 401:
    case 403:
      return {
        status: 502,
        code: 'provider-credentials-refused',
        message: `${provider} refused the gateway's credentials (${status}). Check the key and its rights in the gateway's table.`,
      }
    case 404:
      return { status: 404, code: 'provider-model-unknown', message: said }
    case 408:
    case 504:
      return { status: 504, code: 'model-idle', message: said }
    case 424:
      return { status: 502, code: 'model-unavailable', message: said }
    case 429:
      return { status: 429, code: 'model-rate-limited', message: said }
    case 503:
    case 529:
      return { status: 503, code: 'model-unavailable', message: said }
    default:
      return status >= 500
        ? { status: 502, code: 'model-unavailable', message: said }
        : { status, code: 'model-rejected', message: said }
  }
}

/** An error that a provider sent inside a stream which had begun well. */
export function streamError(provider: string, status: number, kind: string): ModelError {
  // 408 and 424 are Bedrock's for a model that took too long or failed.
  const isOfModel = status >= 500 || status === 408 || status === 424
  const code: ModelErrorCode =
    status === 429 ? 'model-rate-limited' : isOfModel ? 'model-unavailable' : 'model-rejected'
  return new ModelError({
    code,
    // The provider's own words may repeat the prompt.
    message: `${provider} broke its answer off (${kind}). What it sent is incomplete.`,
    statusCode: status,
    isRetryable: code !== 'model-rejected',
  })
}

export function cutOff(provider: string): ModelError {
  return new ModelError({
    code: 'model-cut-off',
    message: `${provider} ended its answer in the middle. What it sent is incomplete.`,
    isRetryable: true,
  })
}

export function garbage(provider: string, what: string, cause?: unknown): ModelError {
  return new ModelError({
    code: 'model-garbage',
    message: `${provider} sent ${what}. Check the provider's address in the gateway's table.`,
    ...(cause === undefined ? {} : { cause }),
  })
}

/** The text of an error body: `error.message` (Anthropic), `message` or `Message` (AWS). Empty when it is no JSON. */
export function errorMessage(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body)
    if (!isObject(parsed)) return ''
    const error = isObject(parsed['error']) ? parsed['error'] : parsed
    const message = error['message'] ?? error['Message']
    return typeof message === 'string' ? message : ''
  } catch {
    return ''
  }
}
