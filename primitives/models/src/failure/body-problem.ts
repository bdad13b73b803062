import type { JsonObject } from '../wire/codec.ts'
import { isObject } from '../wire/json-access.ts'
import { reportedError } from './broken-answer.ts'
import { ModelError } from './model-error.ts'
import { isWorthAnotherReplica, statusFailure } from './upstream-failure.ts'

/** An upstream's refusal of the request itself, sent with status 200. */
export class BodyRefusal extends Error {
  readonly status: number
  /** The error answer, in the upstream's own API. */
  readonly said: string

  constructor(status: number, said: string) {
    super('The model refuses the request.')
    this.status = status
    this.said = said
  }
}

/**
 * What an answer with status 200 says when it is an error: an `error` member, as chat servers and Anthropic have it, or
 * a failed response of the Responses API. Null for an answer. `said` is the body as text.
 */
export function problemIn(body: JsonObject, said: string): ModelError | BodyRefusal | null {
  const error = body['error']
  if (error === undefined || error === null || error === false) return null
  const { code, status, type } = isObject(error) ? error : {}
  const stated = [code, status].map(Number).find((number) => number >= 400 && number < 600)
  if (stated === undefined) {
    return type === 'invalid_request_error' ? new BodyRefusal(400, said) : reportedError()
  }
  if (!isWorthAnotherReplica(stated)) return new BodyRefusal(stated, said)
  return stated >= 500 ? reportedError() : statusFailure(stated, {})
}
