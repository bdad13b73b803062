import { isObject } from '../import/json.ts'

/** What a reference leads to, as a name among the `$defs` of the schema that holds it; null for one that leads nowhere in the document. */
export type NameOf = (reference: string) => string | null

const types = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'])
/** Types that documents name although no dialect has them. */
const usualTypes: Record<string, string> = {
  int: 'integer',
  long: 'integer',
  float: 'number',
  double: 'number',
  bool: 'boolean',
  file: 'string',
  date: 'string',
  datetime: 'string',
  map: 'object',
  list: 'array',
  dict: 'object',
  hashmap: 'object',
  arraylist: 'array',
  tuple: 'array',
  set: 'array',
  str: 'string',
  char: 'string',
  decimal: 'number',
  short: 'integer',
  byte: 'integer',
  bigint: 'integer',
}
const wholeNumbers = new Set([
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'minContains',
  'maxContains',
])
const numbers = new Set(['minimum', 'maximum'])
const one = new Set([
  'not',
  'additionalProperties',
  'propertyNames',
  'contains',
  'unevaluatedProperties',
  'unevaluatedItems',
  'if',
  'then',
  'else',
  'contentSchema',
])
const lists = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems'])
const maps = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions'])
const texts = new Set([
  'title',
  'description',
  'pattern',
  'format',
  '$comment',
  'contentEncoding',
  'contentMediaType',
])
const flags = new Set(['readOnly', 'writeOnly', 'deprecated', 'uniqueItems'])

/**
 * A schema of OpenAPI 2.0, 3.0 or 3.1 as JSON Schema 2020-12 (OpenAPI 3.1.1, appendix on the way from 3.0). What the dialect does not
 * know, and what does not fit its keyword, is left out: a document with faults still gives a schema that can be used.
 */
export function cleanSchema(schema: unknown, nameOf: NameOf): Record<string, unknown> | boolean {
  if (typeof schema === 'boolean') return schema
  if (!isObject(schema)) return {}
  const reference = schema['$ref']
  if (typeof reference === 'string') {
    const name = nameOf(reference)
    const cleaned = name === null ? {} : { $ref: `#/$defs/${name}` }
    return withNull(schema['nullable'] === true || schema['x-nullable'] === true, {
      ...cleaned,
      ...(typeof schema['description'] === 'string' ? { description: schema['description'] } : {}),
    })
  }
  const made: Record<string, unknown> = {}
  for (const [keyword, value] of Object.entries(schema)) clean(keyword, value, schema, made, nameOf)
  return withNull(schema['nullable'] === true || schema['x-nullable'] === true, made)
}

function clean(
  keyword: string,
  value: unknown,
  schema: Record<string, unknown>,
  made: Record<string, unknown>,
  nameOf: NameOf,
): void {
  const inner = (each: unknown): Record<string, unknown> | boolean => cleanSchema(each, nameOf)
  if (keyword === 'type') {
    const found = (Array.isArray(value) ? value : [value]).map(typeOf).filter((type) => type !== null)
    if (found.length > 0) made['type'] = found.length === 1 ? found[0] : [...new Set(found)]
  } else if (texts.has(keyword)) {
    if (typeof value === 'string') made[keyword] = value
  } else if (flags.has(keyword)) {
    if (typeof value === 'boolean') made[keyword] = value
  } else if (keyword === 'enum') {
    if (Array.isArray(value) && value.length > 0) made['enum'] = value
  } else if (keyword === 'const' || keyword === 'default') made[keyword] = value
  else if (keyword === 'example') made['examples'] ??= [value]
  else if (keyword === 'examples') {
    if (Array.isArray(value)) made['examples'] = value
  } else if (keyword === 'required') {
    if (Array.isArray(value))
      made['required'] = [...new Set(value.filter((name) => typeof name === 'string'))]
  } else if (keyword === 'exclusiveMinimum' || keyword === 'exclusiveMaximum') {
    const bound = keyword === 'exclusiveMinimum' ? 'minimum' : 'maximum'
    if (value === true && toNumber(schema[bound]) !== null) {
      made[keyword] = toNumber(schema[bound])
      delete made[bound]
    } else if (typeof value === 'number') made[keyword] = value
  } else if (numbers.has(keyword)) {
    const exclusive = keyword === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum'
    if (schema[exclusive] !== true && toNumber(value) !== null) made[keyword] = toNumber(value)
  } else if (keyword === 'multipleOf') {
    const number = toNumber(value)
    if (number !== null && number > 0) made['multipleOf'] = number
  } else if (wholeNumbers.has(keyword)) {
    const number = toNumber(value)
    if (number !== null && Number.isInteger(number) && number >= 0) made[keyword] = number
  } else if (keyword === 'items') {
    if (Array.isArray(value)) {
      if (value.length > 0) made['prefixItems'] = value.map(inner)
    } else made['items'] = inner(value)
  } else if (one.has(keyword)) {
    if (typeof value === 'boolean' || isObject(value)) made[keyword] = inner(value)
  } else if (lists.has(keyword)) {
    if (Array.isArray(value) && value.length > 0) made[keyword] = value.map(inner)
  } else if (maps.has(keyword)) {
    if (isObject(value))
      made[keyword === 'definitions' ? '$defs' : keyword] = Object.fromEntries(
        Object.entries(value).map(([name, each]) => [name, inner(each)]),
      )
  }
}

function typeOf(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const plain = value.toLowerCase()
  return types.has(plain) ? plain : (usualTypes[plain] ?? null)
}

function toNumber(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}

/** OpenAPI 3.0 says by `nullable` that null fits too; it has no say over a reference, where documents mean it all the same. */
function withNull(isNullable: boolean, schema: Record<string, unknown>): Record<string, unknown> {
  if (!isNullable) return schema
  const { type, enum: values } = schema
  if (type === undefined)
    return '$ref' in schema || 'allOf' in schema || 'oneOf' in schema || 'anyOf' in schema
      ? { anyOf: [schema, { type: 'null' }] }
      : schema
  return {
    ...schema,
    type: [...new Set([...(Array.isArray(type) ? (type as unknown[]) : [type]), 'null'])],
    ...(Array.isArray(values) && !values.includes(null) ? { enum: [...(values as unknown[]), null] } : {}),
  }
}
