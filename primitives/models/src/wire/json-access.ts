import { InvalidInputError } from '@heavylift/core'
import type { JsonObject } from './codec.ts'

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The member as an object; an empty one when it is something else. */
export function objectAt(value: JsonObject, name: string): JsonObject {
  const member = value[name]
  return isObject(member) ? member : {}
}

/** The objects of a list member; none when it is no list. */
export function objectsAt(value: JsonObject, name: string): JsonObject[] {
  const member = value[name]
  return Array.isArray(member) ? member.filter(isObject) : []
}

/** The member as text; empty when it is something else. */
export function textAt(value: JsonObject, name: string): string {
  const member = value[name]
  return typeof member === 'string' ? member : ''
}

/** Those of the members that are there and not null, under their own names. */
export function pick(value: JsonObject, names: readonly string[]): JsonObject {
  const picked: JsonObject = {}
  for (const name of names) {
    if (value[name] !== undefined && value[name] !== null) picked[name] = value[name]
  }
  return picked
}

/** JSON of an object, as tool calls carry their arguments; null when it is something else. */
export function parseObject(json: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(json || '{}')
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

/** A request that cannot be passed on; `details.param` names the field. */
export function invalidField(param: string, message: string): InvalidInputError {
  return new InvalidInputError({ code: 'field-invalid', message: `${param}: ${message}`, details: { param } })
}

/** One event of an event stream. */
export function serverSentEvent(event: JsonObject & { type: string }): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
}
