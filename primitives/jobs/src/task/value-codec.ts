import { InvalidInputError } from '@heavylift/core'

const typedArrays = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
}
type TypedArrayName = keyof typeof typedArrays

/**
 * A value as one line of JSON, the same bytes for the same value. Beyond JSON it carries typed arrays (base64, little-endian), NaN, the
 * infinities and −0. (The structured clone of `node:v8` would not do: it writes the number 3 in two ways.) `undefined` becomes null.
 * Throws an `InvalidInputError` (`job-value-invalid`) for a function, a bigint, a symbol or a property that begins with `$`.
 */
export function encodeValue(value: unknown): string {
  return JSON.stringify(value, tag) ?? 'null'
}

/** Throws a `SyntaxError` on a line that `encodeValue` did not write. */
export function decodeValue(line: string): unknown {
  return JSON.parse(line, untag)
}

/** An object that `tag` made itself; `JSON.stringify` hands its properties to `tag` again. */
class Tagged {
  readonly $: string
  readonly text: string

  constructor(type: string, text: string) {
    this.$ = type
    this.text = text
  }
}

function tag(this: unknown, key: string, value: unknown): unknown {
  if (this instanceof Tagged) return value
  if (key.startsWith('$')) throw invalid(`a property named ${key}: names that begin with $ are taken`)
  if (typeof value === 'number') {
    if (Number.isFinite(value) && !Object.is(value, -0)) return value
    return new Tagged('number', Object.is(value, -0) ? '-0' : String(value))
  }
  if (typeof value === 'function' || typeof value === 'bigint' || typeof value === 'symbol') {
    throw invalid(`a ${typeof value} (at "${key}")`)
  }
  // A Buffer turns itself into JSON before it comes here, so the holder is asked for it.
  const own = (this as Record<string, unknown>)[key]
  if (!ArrayBuffer.isView(own)) return value
  const name =
    own instanceof Uint8ClampedArray || !(own instanceof Uint8Array) ? own.constructor.name : 'Uint8Array'
  if (!(name in typedArrays)) throw invalid(`a ${name} (at "${key}")`)
  return new Tagged(name, Buffer.from(own.buffer, own.byteOffset, own.byteLength).toString('base64'))
}

function untag(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('$' in value)) return value
  const { $: type, text } = value as { $: string; text: string }
  if (type === 'number') return Number(text)
  // Copied out of Node's pool, so that it is aligned and its buffer is its own.
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'))
  return new typedArrays[type as TypedArrayName](bytes.buffer)
}

function invalid(what: string): InvalidInputError {
  return new InvalidInputError({
    code: 'job-value-invalid',
    message: `Inputs and results of a job cannot hold ${what}. Use plain JSON and typed arrays.`,
  })
}
