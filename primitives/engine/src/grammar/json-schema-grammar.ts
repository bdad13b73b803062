import { OpenAiError } from '../server/openai-error.ts'
import { integerGrammar, numberGrammar } from './number-grammar.ts'
import type { NumberBounds } from './number-grammar.ts'

type Schema = Record<string, unknown>

/** Rules that hold no schema. One optional space, as models write JSON; never a line break, in which small ones get lost. */
const common: Record<string, string> = {
  ws: '" "?',
  char: String.raw`[^"\\\x00-\x1f\x7f] | "\\" (["\\/bfnrt] | "u" [0-9a-fA-F]{4})`,
  string: '"\\"" char* "\\""',
  number: '"-"? ("0" | [1-9] [0-9]{0,14}) ("." [0-9]{1,12})?',
  integer: '"-"? ("0" | [1-9] [0-9]{0,14})',
  boolean: '"true" | "false"',
  null: '"null"',
  value: 'object | array | string | number | boolean | null',
  member: 'string ":" ws value',
  object: '"{" (member ("," ws member)*)? "}"',
  array: '"[" (value ("," ws value)*)? "]"',
  date: '[1-2] [0-9]{3} "-" ("0" [1-9] | "1" [0-2]) "-" ("0" [1-9] | "1" [0-9] | "2" [0-8])',
  time: '([01] [0-9] | "2" [0-3]) ":" [0-5] [0-9] ":" [0-5] [0-9]',
  hex: '[0-9a-f]',
}

/** Formats that a grammar can hold; the value between the quotation marks. */
const formats: Record<string, string> = {
  date: 'date',
  time: 'time "Z"',
  'date-time': 'date "T" time "Z"',
  uuid: 'hex{8} "-" hex{4} "-4" hex{3} "-" [89ab] hex{3} "-" hex{12}',
  email: '[a-zA-Z0-9_+-]+ ("." [a-zA-Z0-9_+-]+)* "@" [a-zA-Z0-9]+ ("." [a-zA-Z0-9]+)* "." [a-zA-Z]{2,10}',
  ipv4: '[1-9] [0-9]? "." [1-9]? [0-9] "." [1-9]? [0-9] "." [1-9]? [0-9]',
}

/** Keywords that forbid what a grammar cannot forbid. Others that are not known only describe. */
const unserved = [
  'not',
  'if',
  'then',
  'else',
  'dependentSchemas',
  'dependentRequired',
  'uniqueItems',
  'contains',
  'propertyNames',
  'multipleOf',
]

/**
 * A grammar (GBNF) of the compact JSON texts that a JSON Schema describes. Every text of it is valid under the schema;
 * members come in the schema's order, the required ones first, and objects that name properties hold only those.
 * @throws OpenAiError `unsupported_schema` naming the place, when a keyword cannot be held.
 */
export function jsonSchemaGrammar(schema: Schema): string {
  const builder = new GrammarBuilder()
  builder.add('root', builder.schema(schema, schema, '$'))
  return builder.text()
}

/** Grammar of any JSON object, for `json_object`. */
export function jsonObjectGrammar(): string {
  const builder = new GrammarBuilder()
  builder.add('root', 'object')
  return builder.text()
}

/** Collects rules. Several schemas may share one. */
export class GrammarBuilder {
  readonly #rules = new Map<string, string>()
  readonly #references = new Map<unknown, string>()

  add(name: string, expression: string): string {
    this.#rules.set(name, expression)
    return name
  }

  /** A rule for a schema; `root` is where its references lead. Returns the rule's name. */
  schema(schema: unknown, root: Schema, path: string): string {
    if (schema === true || (isSchema(schema) && Object.keys(schema).length === 0)) return 'value'
    if (!isSchema(schema)) throw refuse(path, 'is not a schema')
    const known = this.#references.get(schema)
    if (known !== undefined) return known
    // Named before its rule is made, so that a schema may refer to itself.
    const name = `r${this.#references.size}`
    this.#references.set(schema, name)
    return this.add(name, this.#expression(schema, root, path))
  }

  /** Rules that are reached, the root first. */
  text(): string {
    const all = new Map([...Object.entries(common), ...this.#rules])
    return [...all].map(([name, expression]) => `${name} ::= ${expression}`).join('\n')
  }

  #expression(schema: Schema, root: Schema, path: string): string {
    for (const keyword of unserved) {
      if (schema[keyword] !== undefined && schema[keyword] !== false && schema[keyword] !== 1) {
        throw refuse(`${path}.${keyword}`, 'is not served by the local engine')
      }
    }
    const reference = schema['$ref']
    if (typeof reference === 'string') return this.schema(resolve(reference, root, path), root, reference)
    if ('const' in schema) return literal(JSON.stringify(schema['const']))
    if (Array.isArray(schema['enum'])) {
      if (schema['enum'].length === 0) throw refuse(`${path}.enum`, 'is empty')
      return schema['enum'].map((value) => literal(JSON.stringify(value))).join(' | ')
    }
    const choices = schema['anyOf'] ?? schema['oneOf']
    if (Array.isArray(choices)) {
      return choices.map((choice, index) => this.schema(choice, root, `${path}.anyOf[${index}]`)).join(' | ')
    }
    if (Array.isArray(schema['allOf'])) {
      return this.#expression(merged(schema, schema['allOf'], root, path), root, path)
    }
    const types: unknown[] = schema['type'] === undefined ? [typeOf(schema)] : [schema['type']].flat()
    return types.map((type) => this.#typed(type, schema, root, path)).join(' | ')
  }

  #typed(type: unknown, schema: Schema, root: Schema, path: string): string {
    switch (type) {
      case 'object':
        return this.#object(schema, root, path)
      case 'array':
        return this.#array(schema, root, path)
      case 'string':
        return stringExpression(schema, path)
      case 'integer':
      case 'number':
        return numberExpression(type, schema as NumberBounds, path)
      case 'boolean':
      case 'null':
      case 'value':
        return type
      default:
        throw refuse(`${path}.type`, `${JSON.stringify(type)} is no JSON type`)
    }
  }

  #object(schema: Schema, root: Schema, path: string): string {
    const properties = isSchema(schema['properties']) ? schema['properties'] : {}
    const required = Array.isArray(schema['required']) ? schema['required'].map(String) : []
    const more = schema['additionalProperties']
    const names = [...new Set([...Object.keys(properties), ...required])]
    if (names.length === 0 && more !== false) return this.#map(schema, root, path)
    if (Number(schema['minProperties'] ?? 0) > required.length) {
      throw refuse(`${path}.minProperties`, 'is more than what is required')
    }
    const member = (name: string) =>
      `${literal(`${JSON.stringify(name)}:`)} ws ${this.schema(properties[name] ?? more ?? true, root, `${path}.${name}`)}`
    const first = names.filter((name) => required.includes(name)).map(member)
    const others = names.filter((name) => !required.includes(name)).map(member)
    if (first.length > 0) {
      const rest = others.map((other) => ` ("," ws ${other})?`).join('')
      return `"{" ${first.join(' "," ws ')}${rest} "}"`
    }
    // Any of them may be the first, then those after it.
    const starts = others.map((other, index) =>
      [other, ...others.slice(index + 1).map((later) => `("," ws ${later})?`)].join(' '),
    )
    return starts.length === 0 ? '"{}"' : `"{" (${starts.join(' | ')})? "}"`
  }

  #map(schema: Schema, root: Schema, path: string): string {
    const value = this.schema(schema['additionalProperties'] ?? true, root, `${path}.*`)
    const items = repeated(
      `string ":" ws ${value}`,
      Number(schema['minProperties'] ?? 0),
      numberOrNull(schema['maxProperties']),
    )
    return `"{" ${items} "}"`
  }

  #array(schema: Schema, root: Schema, path: string): string {
    const least = Number(schema['minItems'] ?? 0)
    const most = numberOrNull(schema['maxItems'])
    if (most !== null && most < least) throw refuse(`${path}.maxItems`, 'is less than minItems')
    const prefix = Array.isArray(schema['prefixItems']) ? schema['prefixItems'] : []
    if (prefix.length > 0) {
      const items = prefix.map((item, index) => this.schema(item, root, `${path}[${index}]`))
      return `"[" ${items.join(' "," ws ')} "]"`
    }
    const item = this.schema(schema['items'] ?? true, root, `${path}[]`)
    return `"[" ${repeated(item, least, most)} "]"`
  }
}

function repeated(item: string, least: number, most: number | null): string {
  if (most === 0) return '""'
  const more = `("," ws ${item}){${Math.max(0, least - 1)},${most === null ? '' : most - 1}}`
  return least === 0 ? `(${item} ${more})?` : `${item} ${more}`
}

function stringExpression(schema: Schema, path: string): string {
  const format = typeof schema['format'] === 'string' ? formats[schema['format']] : undefined
  if (format !== undefined) return `"\\"" ${format} "\\""`
  if (schema['pattern'] !== undefined) {
    throw refuse(`${path}.pattern`, 'is not served by the local engine; use enum or format')
  }
  const least = Number(schema['minLength'] ?? 0)
  const most = numberOrNull(schema['maxLength'])
  if (least === 0 && most === null) return 'string'
  return `"\\"" char{${least},${most ?? ''}} "\\""`
}

function numberExpression(type: 'integer' | 'number', bounds: NumberBounds, path: string): string {
  const isBound = [bounds.minimum, bounds.maximum, bounds.exclusiveMinimum, bounds.exclusiveMaximum].some(
    (bound) => bound !== undefined && Math.abs(bound) < 1e15,
  )
  if (!isBound) return type
  const grammar = type === 'integer' ? integerGrammar(bounds) : numberGrammar(bounds)
  if (grammar === null) throw refuse(path, 'leaves no number that the local engine can write')
  return grammar
}

function typeOf(schema: Schema): string {
  if (schema['properties'] !== undefined || schema['additionalProperties'] !== undefined) return 'object'
  if (schema['items'] !== undefined || schema['prefixItems'] !== undefined) return 'array'
  if (['minLength', 'maxLength', 'pattern', 'format'].some((key) => schema[key] !== undefined))
    return 'string'
  return schema['minimum'] !== undefined || schema['maximum'] !== undefined ? 'number' : 'value'
}

/** Object schemas laid over one another, which is what `allOf` is used for. */
function merged(schema: Schema, parts: readonly unknown[], root: Schema, path: string): Schema {
  const { allOf: _allOf, ...own } = schema
  let result: Schema = own
  for (const part of parts) {
    const ref = isSchema(part) && typeof part['$ref'] === 'string' ? part['$ref'] : null
    const next = ref === null ? part : resolve(ref, root, path)
    if (!isSchema(next)) throw refuse(`${path}.allOf`, 'holds what is not a schema')
    const isPlain =
      parts.length === 1 && Object.keys(own).every((key) => !/^(type|properties|required)$/.test(key))
    if (!isPlain && next['properties'] === undefined && next['type'] !== 'object') {
      throw refuse(`${path}.allOf`, 'is served for objects only')
    }
    result = {
      ...result,
      ...next,
      properties: { ...(result['properties'] as object), ...(next['properties'] as object) },
      required: [...((result['required'] ?? []) as string[]), ...((next['required'] ?? []) as string[])],
    }
    if (isPlain) result = { ...own, ...next }
  }
  return result
}

function resolve(reference: string, root: Schema, path: string): unknown {
  if (!reference.startsWith('#')) throw refuse(`${path}.$ref`, 'leads outside of the schema')
  let found: unknown = root
  for (const part of reference.slice(1).split('/').slice(1)) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')
    found = isSchema(found) ? found[key] : undefined
  }
  if (found === undefined) throw refuse(`${path}.$ref`, `"${reference}" leads nowhere`)
  return found
}

/** A GBNF terminal. */
export function literal(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
  return `"${escaped}"`
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}

function refuse(path: string, why: string): OpenAiError {
  return new OpenAiError(400, 'unsupported_schema', `The schema's ${path} ${why}.`, 'response_format')
}
