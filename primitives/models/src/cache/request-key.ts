import { createHash } from 'node:crypto'
import type { Api, JsonObject } from '../wire/codec.ts'

export interface KeyedRequest {
  api: Api
  model: string
  /** Null where tenants share answers. */
  tenantId: string | null
  body: JsonObject
}

/** Fields that say how an answer is delivered or who asked, not what it is. `model` is the resolved one. */
const ignoredFields = new Set([
  'model',
  'stream',
  'stream_options',
  'user',
  'metadata',
  'safety_identifier',
  'prompt_cache_key',
])

/** Requests whose answer depends on, or changes, something that is not in them. */
const statefulFields = ['store', 'previous_response_id', 'conversation', 'background']

/** Deeper requests are not kept: nobody writes them, and walking them takes stack. */
const maxDepth = 100

/**
 * SHA-256 (base64url) over what decides the answer, with keys in one order; null when the request cannot be answered
 * from a cache. Sampling is not looked at: where a model's answers are kept, the same request with `temperature: 1` gets
 * the same answer again until it expires. A request that wants another says another `seed`.
 */
export function requestKey({ api, model, tenantId, body }: KeyedRequest): string | null {
  if (statefulFields.some((field) => body[field])) return null
  const parts: string[] = []
  const asked = Object.fromEntries(Object.entries(body).filter(([field]) => !ignoredFields.has(field)))
  if (!writeCanonical(asked, parts, 0)) return null
  return createHash('sha256')
    .update(JSON.stringify([api, model, tenantId]))
    .update(parts.join(''))
    .digest('base64url')
}

function writeCanonical(value: unknown, parts: string[], depth: number): boolean {
  if (typeof value !== 'object' || value === null) {
    parts.push(JSON.stringify(value) ?? 'null')
    return true
  }
  if (depth >= maxDepth) return false
  if (Array.isArray(value)) {
    parts.push('[')
    for (const item of value) {
      if (!writeCanonical(item, parts, depth + 1)) return false
      parts.push(',')
    }
    parts.push(']')
    return true
  }
  parts.push('{')
  for (const field of Object.keys(value).toSorted()) {
    parts.push(JSON.stringify(field), ':')
    if (!writeCanonical((value as JsonObject)[field], parts, depth + 1)) return false
    parts.push(',')
  }
  parts.push('}')
  return true
}
