import { InvalidInputError } from '@heavylift/core'
import type { JsonObject } from '../wire/codec.ts'
import { isObject } from '../wire/json-access.ts'

/** A request's body as a JSON object. Throws `body-not-json`. */
export function parseBody(body: Buffer): JsonObject {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    if (isObject(value)) return value
  } catch {
    // Said below.
  }
  throw new InvalidInputError({ code: 'body-not-json', message: 'The body is not a JSON object.' })
}
