import { isCelList, isCelMap, isCelType, isCelUint } from '@bufbuild/cel'
import type { CelInput, CelValue } from '@bufbuild/cel'
import { toJson } from '@bufbuild/protobuf'
import type { DescMessage, Message } from '@bufbuild/protobuf'
import { isReflectMessage } from '@bufbuild/protobuf/reflect'
import { ExpressionError } from './errors.ts'
import type { Meter } from './cost.ts'

/** JSON. Whole numbers are ints in an expression, others doubles. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** An object of JSON as a map of CEL, whose fields are converted when they are read: an expression that reads one field of 10 MiB costs little. */
class JsonMap extends Map<string, CelInput> {
  readonly #json: Record<string, unknown>
  #keys: string[] | undefined

  constructor(json: Record<string, unknown>) {
    super()
    this.#json = json
  }

  override get size(): number {
    return this.#own().length
  }

  override has(key: string): boolean {
    return Object.hasOwn(this.#json, key) && this.#json[key] !== undefined
  }

  override get(key: string): CelInput | undefined {
    // Only what the object has itself: `constructor` and `__proto__` are no fields.
    return this.has(key) ? toCelInput(this.#json[key]) : undefined
  }

  override keys(): MapIterator<string> {
    return this.#own().values()
  }

  override *values(): MapIterator<CelInput> {
    for (const key of this.#own()) yield toCelInput(this.#json[key])
  }

  override *entries(): MapIterator<[string, CelInput]> {
    for (const key of this.#own()) yield [key, toCelInput(this.#json[key])]
  }

  override [Symbol.iterator](): MapIterator<[string, CelInput]> {
    return this.entries()
  }

  override forEach(visit: (value: CelInput, key: string, map: Map<string, CelInput>) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this)
  }

  #own(): string[] {
    this.#keys ??= Object.keys(this.#json).filter((key) => this.#json[key] !== undefined)
    return this.#keys
  }
}

/** JSON as CEL takes it. What JSON has no word for (a function, a date) is not let in: throws `expression-failed`. */
export function toCelInput(value: unknown): CelInput {
  switch (typeof value) {
    case 'number':
      return Number.isSafeInteger(value) ? BigInt(value) : value
    case 'string':
    case 'boolean':
      return value
    case 'undefined':
      return null
    case 'object':
      if (value === null) return null
      if (Array.isArray(value)) return value.map(toCelInput)
      return new JsonMap(value as Record<string, unknown>)
    default:
      throw new ExpressionError({
        code: 'expression-failed',
        message: `An expression reads JSON; it was given a ${typeof value}.`,
      })
  }
}

/**
 * A result as JSON: ints beyond 2^53 as text, timestamps as RFC 3339, durations as `3.5s`, bytes as base64 (the JSON of Protocol Buffers).
 * Throws `expression-failed` for a number that is not finite, `expression-cost` for a result that is too large.
 */
export function toJsonValue(value: CelValue, meter: Meter): Json {
  meter.charge(0)
  switch (typeof value) {
    case 'bigint': {
      const number = Number(value)
      return Number.isSafeInteger(number) ? number : String(value)
    }
    case 'number':
      if (Number.isFinite(value)) return value
      throw new ExpressionError({
        code: 'expression-failed',
        message: `The result is ${value}, which JSON cannot hold.`,
      })
    case 'string':
      meter.charge(value.length >> 8)
      return value
    case 'boolean':
      return value
    default:
      if (value === null) return null
      if (isCelList(value)) return Array.from(value, (item) => toJsonValue(item, meter))
      if (isCelMap(value)) {
        return Object.fromEntries(
          Array.from(value.entries(), ([key, item]) => [
            isCelUint(key) ? String(key.value) : String(key),
            toJsonValue(item, meter),
          ]),
        )
      }
      if (isCelUint(value)) return toJsonValue(value.value, meter)
      if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
      if (isReflectMessage(value)) return toJson(value.desc as DescMessage, value.message as Message) as Json
      if (isCelType(value)) return value.name
      return null
  }
}
