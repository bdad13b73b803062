import { InvalidInputError } from '@heavylift/core'
import type { JsonObject } from '../../wire/codec.ts'

/**
 * A page of a list as OpenAI's API gives it: newest first unless `order=asc`, `limit` of 1 to `mostLimit`, `after` an id. `items`:
 * oldest first.
 */
export function pageOf(
  items: readonly JsonObject[],
  query: string,
  usualLimit: number,
  mostLimit = 100,
): JsonObject {
  const parameters = new URLSearchParams(query)
  const limit = Number(parameters.get('limit') ?? usualLimit)
  if (!Number.isInteger(limit) || limit < 1 || limit > mostLimit) {
    throw new InvalidInputError({
      code: 'field-invalid',
      message: `limit: expected a whole number from 1 to ${mostLimit}.`,
      details: { param: 'limit' },
    })
  }
  const ordered = parameters.get('order') === 'asc' ? items : items.toReversed()
  const after = parameters.get('after')
  const start = after === null ? 0 : ordered.findIndex(({ id }) => id === after) + 1
  const data = ordered.slice(start, start + limit)
  return {
    object: 'list',
    data,
    first_id: data[0]?.['id'] ?? null,
    last_id: data.at(-1)?.['id'] ?? null,
    has_more: start + limit < ordered.length,
  }
}
