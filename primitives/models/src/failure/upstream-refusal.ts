import type { WireError } from '../wire/codec.ts'
import { isObject } from '../wire/json-access.ts'

/** A chat server's refusal of a request, from what it answered: OpenAI's error object, or anything else. */
export function upstreamRefusal(status: number, body: string): WireError {
  const { error } = parseObject(body) ?? {}
  const { message, code, type, param } = (typeof error === 'object' && error !== null ? error : {}) as Record<
    string,
    unknown
  >
  return {
    status,
    code: [code, type].find((value) => typeof value === 'string') ?? 'model-rejected',
    message: typeof message === 'string' ? message : `The model refused the request with status ${status}.`,
    ...(typeof param === 'string' ? { param } : {}),
  }
}

export function isJsonObject(text: string): boolean {
  return parseObject(text) !== null
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

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
