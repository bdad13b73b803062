import { reserved } from '../names.ts'

/** What is known of a value's type; `any` where only a run will tell. */
export type Kind = 'bool' | 'text' | 'number' | 'list' | 'map' | 'time' | 'span' | 'null' | 'any'

/** A piece of CEL that is being put together. */
export interface Cel {
  text: string
  kind: Kind
  /** It needs no brackets when it is part of something larger. */
  isAtom: boolean
  /** For a path: CEL that is true where every part of it is there. Absent where it always is. */
  isThere?: string
  /** A text or number that is written out, as it is. */
  literal?: string | number
  /** Type of a list's items. */
  items?: Kind
  /** Fields whose values are known by themselves. */
  fields?: Readonly<Record<string, Cel>>
}

/** An expression that CEL cannot say; the message tells which part. */
export class NotCel extends Error {}

export const atom = (text: string, kind: Kind): Cel => ({ text, kind, isAtom: true })
export const compound = (text: string, kind: Kind): Cel => ({ text, kind, isAtom: false })
export const textLiteral = (value: string): Cel => ({ ...atom(quote(value), 'text'), literal: value })
export const numberLiteral = (value: number): Cel => ({
  ...(value < 0 ? compound(celNumber(value), 'number') : atom(celNumber(value), 'number')),
  literal: value,
})

/** A JSON value as CEL. */
export function celOf(value: unknown): string {
  if (typeof value === 'string') return quote(value)
  if (Array.isArray(value)) return `[${value.map(celOf).join(', ')}]`
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, inner]) => `${quote(key)}: ${celOf(inner)}`)
      .join(', ')}}`
  return JSON.stringify(value ?? null)
}

/** A text as CEL writes it. */
export function quote(value: string): string {
  return `"${value.replace(/[\\"\n\r\t]/g, (char) => escapes[char] ?? char)}"`
}
const escapes: Record<string, string> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function celNumber(value: number): string {
  if (!Number.isFinite(value)) throw new NotCel(`the number ${value}`)
  return Number.isInteger(value) && Math.abs(value) > Number.MAX_SAFE_INTEGER ? `${value}.0` : String(value)
}

/** In brackets unless it needs none. */
export const wrap = (cel: Cel): string => (cel.isAtom ? cel.text : `(${cel.text})`)

const isName = (key: string): boolean => /^[A-Za-z_]\w*$/.test(key) && !reserved.has(key)

/** A field of a value, or an element by its place. */
export function member(of: Cel, key: string | number): Cel {
  if (typeof key === 'number') {
    const at = key < 0 ? `size(${of.text}) - ${-key}` : String(key)
    return {
      text: `${wrap(of)}[${at}]`,
      kind: of.items ?? 'any',
      isAtom: true,
      isThere: all(of.isThere, `size(${of.text}) > ${key < 0 ? -key - 1 : key}`),
    }
  }
  const known = of.fields !== undefined && Object.hasOwn(of.fields, key) ? of.fields[key] : undefined
  if (known) return known
  const text = isName(key) ? `${wrap(of)}.${key}` : `${wrap(of)}[${quote(key)}]`
  const own = isName(key) ? `has(${text})` : `${quote(key)} in ${wrap(of)}`
  const notNull = of.isThere === undefined ? undefined : `${wrap(of)} != null`
  return { text, kind: 'any', isAtom: true, isThere: all(of.isThere, notNull, own) }
}

const all = (...parts: (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join(' && ')

/** True where JavaScript takes the value for true. */
export function truthy(cel: Cel): Cel {
  switch (cel.kind) {
    case 'bool':
      return cel
    case 'text':
      return compound(`${wrap(cel)} != ""`, 'bool')
    case 'number':
      return compound(`${wrap(cel)} != 0`, 'bool')
    case 'list':
    case 'map':
    case 'time':
    case 'span':
      return atom('true', 'bool')
    case 'null':
      return atom('false', 'bool')
    case 'any': {
      const value = wrap(cel)
      return compound(all(cel.isThere, `!(${value} in [null, "", 0, false])`), 'bool')
    }
  }
}

/** True where the value is there and not null. */
export function present(cel: Cel): Cel {
  if (cel.kind !== 'any') return atom(cel.kind === 'null' ? 'false' : 'true', 'bool')
  return compound(all(cel.isThere, `${wrap(cel)} != null`), 'bool')
}

/** A value as text, as JavaScript's `String` gives it for text, whole numbers and booleans. */
export function asText(cel: Cel): Cel {
  if (cel.kind === 'text') return cel
  if (cel.kind === 'list' || cel.kind === 'map') throw new NotCel('a list or an object as text')
  return atom(`string(${cel.text})`, 'text')
}

export function asNumber(cel: Cel): Cel {
  if (cel.kind === 'number') return cel
  if (cel.kind === 'bool') return atom(`(${cel.text} ? 1 : 0)`, 'number')
  return atom(`double(${cel.text})`, 'number')
}

export function choose(when: Cel, then: Cel, otherwise: Cel): Cel {
  const part = (cel: Cel): string => (cel.isAtom ? cel.text : `(${cel.text})`)
  return {
    ...compound(
      `${part(when)} ? ${part(then)} : ${part(otherwise)}`,
      then.kind === otherwise.kind ? then.kind : 'any',
    ),
    ...(otherwise.isThere === undefined
      ? {}
      : { isThere: `(${part(when)} ? ${then.isThere ?? 'true'} : ${otherwise.isThere})` }),
  }
}
