import type { Api, WireError } from '../wire/codec.ts'

/**
 * The error's `type` in OpenAI's APIs. Their own servers answer 404 and the other wrong requests as
 * `invalid_request_error` and tell them apart by `code`.
 */
function openAiType(status: number): string {
  if (status === 401) return 'authentication_error'
  if (status === 403) return 'permission_error'
  if (status === 429) return 'rate_limit_error'
  return status >= 500 ? 'server_error' : 'invalid_request_error'
}

/** The error's `type` in Anthropic's API (its documentation, "Errors"). Their overload is 529, ours 503. */
function anthropicType(status: number): string {
  switch (status) {
    case 401:
      return 'authentication_error'
    case 402:
      return 'billing_error'
    case 403:
      return 'permission_error'
    case 404:
      return 'not_found_error'
    case 413:
      return 'request_too_large'
    case 429:
      return 'rate_limit_error'
    case 504:
      return 'timeout_error'
    case 503:
    case 529:
      return 'overloaded_error'
    default:
      return status >= 500 ? 'api_error' : 'invalid_request_error'
  }
}

/** The JSON body of an error answer, in the words of the API that the client speaks. */
export function wireErrorBody(api: Api, error: WireError): string {
  return JSON.stringify(api === 'messages' ? anthropicError(error) : { error: openAiError(error) })
}

/**
 * The event that ends a stream which broke, in the form that the API's official client throws on. Nothing follows it:
 * no `[DONE]`, no `message_stop`. Write it only where an event ends (see `EventRelay`). `sequenceNumber` counts the
 * events of a Responses stream; the other APIs number none.
 */
export function wireErrorEvent(api: Api, error: WireError, sequenceNumber = 0): string {
  if (api === 'messages') return `event: error\ndata: ${JSON.stringify(anthropicError(error))}\n\n`
  const body = openAiError(error)
  if (api !== 'responses') return `data: ${JSON.stringify({ error: body })}\n\n`
  // The reference has code, message and param beside the type; the official client throws on `error` only.
  const event = {
    type: 'error',
    sequence_number: sequenceNumber,
    code: body.code,
    message: body.message,
    param: body.param,
    error: body,
  }
  return `event: error\ndata: ${JSON.stringify(event)}\n\n`
}

/**
 * When to ask again: `retry-after` in whole seconds (RFC 9110, 10.2.3) and `retry-after-ms`, which the official
 * clients prefer. Empty when the error does not say.
 */
export function wireErrorHeaders(error: WireError): Record<string, string> {
  if (error.retryAfterMs === undefined) return {}
  const waitMs = Math.max(0, Math.ceil(error.retryAfterMs))
  return { 'retry-after': String(Math.ceil(waitMs / 1000)), 'retry-after-ms': String(waitMs) }
}

function openAiError(error: WireError) {
  return {
    message: error.message,
    type: openAiType(error.status),
    param: error.param ?? null,
    code: error.code,
  }
}

function anthropicError(error: WireError) {
  const isNamed = error.param === undefined || error.message.startsWith(error.param)
  const message = isNamed ? error.message : `${error.param}: ${error.message}`
  return { type: 'error', error: { type: anthropicType(error.status), message, code: error.code } }
}
