/** What is known of a value before there is one. `number` is one of JSON, an int or a double in an expression. */
export type Type =
  | { kind: 'any' }
  | {
      kind:
        | 'null'
        | 'bool'
        | 'int'
        | 'double'
        | 'number'
        | 'string'
        | 'bytes'
        | 'timestamp'
        | 'duration'
        | 'type'
    }
  | { kind: 'list'; of: Type }
  /** `rest`: what fields hold that are not named; null where there are no others. */
  | { kind: 'record'; fields: Readonly<Record<string, Type>>; rest: Type | null }
  | { kind: 'either'; of: readonly Type[] }

export const any: Type = { kind: 'any' }

/** One of several; nothing more is known where one of them may be anything. */
export function either(types: readonly Type[]): Type {
  const flat = types.flatMap((type) => (type.kind === 'either' ? type.of : [type]))
  if (flat.length === 0 || flat.some((type) => type.kind === 'any')) return any
  const kinds = new Map(flat.map((type) => [JSON.stringify(type), type]))
  const of = [...kinds.values()]
  return of.length === 1 ? of[0]! : { kind: 'either', of }
}

const scalars: Record<string, Type> = {
  null: { kind: 'null' },
  boolean: { kind: 'bool' },
  integer: { kind: 'int' },
  number: { kind: 'number' },
  string: { kind: 'string' },
}

const deepest = 12

/** The type of what a JSON Schema lets in, as far as typing goes. An object that names fields and does not say that there are others has no others. */
export function typeOfSchema(schema: unknown, root: unknown = schema, depth = 0): Type {
  if (typeof schema !== 'object' || schema === null || depth > deepest) return any
  const here = schema as Record<string, unknown>
  if (typeof here.$ref === 'string') return typeOfSchema(pointed(root, here.$ref), root, depth + 1)
  const inner = (part: unknown): Type => typeOfSchema(part, root, depth + 1)
  if ('const' in here) return typeOfJson(here.const)
  if (Array.isArray(here.enum)) return either(here.enum.map(typeOfJson))
  for (const word of ['anyOf', 'oneOf'] as const)
    if (Array.isArray(here[word])) return either(here[word].map(inner))
  if (Array.isArray(here.allOf)) return allOf([...here.allOf.map(inner), ofTypes(here, inner)])
  return ofTypes(here, inner)
}

function ofTypes(here: Record<string, unknown>, inner: (part: unknown) => Type): Type {
  const types = typeof here.type === 'string' ? [here.type] : Array.isArray(here.type) ? here.type : []
  if (types.length === 0) return 'properties' in here ? record(here, inner) : any
  return either(
    types.map((type: unknown) => {
      if (type === 'object') return record(here, inner)
      if (type === 'array') return { kind: 'list', of: 'items' in here ? inner(here.items) : any }
      return scalars[String(type)] ?? any
    }),
  )
}

function record(here: Record<string, unknown>, inner: (part: unknown) => Type): Type {
  const { properties, additionalProperties: more, patternProperties } = here
  const named = typeof properties === 'object' && properties !== null ? Object.entries(properties) : []
  const isOpen = named.length === 0 || patternProperties !== undefined
  const rest =
    more === false ? null : more === undefined ? (isOpen ? any : null) : more === true ? any : inner(more)
  return {
    kind: 'record',
    fields: Object.fromEntries(named.map(([name, part]) => [name, inner(part)])),
    rest,
  }
}

function allOf(types: readonly Type[]): Type {
  const records = types.filter((type) => type.kind === 'record')
  if (records.length === 0) return types.find((type) => type.kind !== 'any') ?? any
  const closed = records.every(({ rest }) => rest === null)
  return {
    kind: 'record',
    fields: Object.assign({}, ...records.map(({ fields }) => fields)) as Record<string, Type>,
    rest: closed ? null : any,
  }
}

function pointed(root: unknown, reference: string): unknown {
  if (!reference.startsWith('#/')) return reference === '#' ? root : undefined
  return reference
    .slice(2)
    .split('/')
    .map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (at, key) =>
        typeof at === 'object' && at !== null && Object.hasOwn(at, key)
          ? (at as Record<string, unknown>)[key]
          : undefined,
      root,
    )
}

/** The type of a JSON value that is written in a definition. */
export function typeOfJson(value: unknown): Type {
  if (value === null) return { kind: 'null' }
  if (typeof value === 'boolean') return { kind: 'bool' }
  if (typeof value === 'string') return { kind: 'string' }
  if (typeof value === 'number') return { kind: Number.isInteger(value) ? 'int' : 'double' }
  if (Array.isArray(value)) return { kind: 'list', of: either(value.map(typeOfJson)) }
  if (typeof value === 'object')
    return {
      kind: 'record',
      fields: Object.fromEntries(Object.entries(value).map(([key, part]) => [key, typeOfJson(part)])),
      rest: null,
    }
  return any
}

/** A type in the words of people: `a list of text`, `text or nothing`. */
export function typeText(type: Type): string {
  switch (type.kind) {
    case 'any':
      return 'anything'
    case 'null':
      return 'nothing (null)'
    case 'bool':
      return 'true or false'
    case 'int':
      return 'a whole number'
    case 'double':
    case 'number':
      return 'a number'
    case 'string':
      return 'text'
    case 'list':
      return type.of.kind === 'any' ? 'a list' : `a list of ${typeText(type.of).replace(/^an? /, '')}`
    case 'record':
      return 'an object'
    case 'either':
      return type.of.map(typeText).join(' or ')
    default:
      return `a ${type.kind}`
  }
}

/** Whether a value of `given` may stand where `wanted` is. Where one of several fits, it may. */
export function mayBe(given: Type, wanted: Type): boolean {
  if (given.kind === 'any' || wanted.kind === 'any') return true
  if (given.kind === 'either') return given.of.some((type) => mayBe(type, wanted))
  if (wanted.kind === 'either') return wanted.of.some((type) => mayBe(given, type))
  const isNumber = (type: Type): boolean => ['int', 'double', 'number'].includes(type.kind)
  if (given.kind === 'number' || wanted.kind === 'number') return isNumber(given) && isNumber(wanted)
  if (given.kind !== wanted.kind) return false
  if (given.kind === 'list' && wanted.kind === 'list') return mayBe(given.of, wanted.of)
  return true
}
