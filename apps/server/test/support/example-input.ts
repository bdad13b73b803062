import fc from 'fast-check'
import { z } from 'zod'

type Schema = Record<string, unknown>

/** A value that a schema's parser may accept: required fields only, the smallest of each. Enough to get past it in most cases. */
export function exampleInput(schema: z.ZodType): unknown {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Schema
  return example(root, root)
}

function example(schema: Schema, root: Schema): unknown {
  if ('const' in schema) return schema['const']
  if ('default' in schema) return schema['default']
  const choices = schema['enum'] ?? schema['examples']
  if (Array.isArray(choices)) return choices[0]
  if (typeof schema['$ref'] === 'string') return example(followed(schema['$ref'], root), root)
  const branches = schema['anyOf'] ?? schema['oneOf'] ?? schema['allOf']
  if (Array.isArray(branches)) return example((branches as Schema[])[0] ?? {}, root)
  const type = Array.isArray(schema['type']) ? schema['type'][0] : schema['type']
  if (type === 'object') return exampleObject(schema, root)
  if (type === 'array') {
    const items = (schema['items'] ?? {}) as Schema
    return Array.from({ length: Number(schema['minItems'] ?? 0) }, () => example(items, root))
  }
  if (type === 'string') return exampleString(schema)
  if (type === 'integer' || type === 'number') {
    const above = schema['exclusiveMinimum']
    const least = typeof above === 'number' ? above + 1 : Number(schema['minimum'] ?? 1)
    // Not 0, which often means to do nothing.
    return Math.min(Math.max(least, 1), Number(schema['maximum'] ?? Number.POSITIVE_INFINITY))
  }
  if (type === 'boolean') return true
  return null
}

function exampleObject(schema: Schema, root: Schema): Record<string, unknown> {
  const properties = (schema['properties'] ?? {}) as Record<string, Schema>
  const required = (schema['required'] ?? []) as string[]
  return Object.fromEntries(required.map((name) => [name, example(properties[name] ?? {}, root)]))
}

function exampleString(schema: Schema): string {
  if (schema['format'] === 'date-time') return '2026-01-01T00:00:00Z'
  if (schema['format'] === 'uri') return 'https://example.com/'
  if (schema['format'] === 'email') return 'a@example.com'
  if (typeof schema['pattern'] === 'string') {
    const [text] = fc.sample(fc.stringMatching(new RegExp(schema['pattern'])), { numRuns: 1, seed: 1 })
    return text ?? ''
  }
  return 'x'.repeat(Math.max(1, Number(schema['minLength'] ?? 1)))
}

function followed(reference: string, root: Schema): Schema {
  const name = reference.split('/').at(-1) ?? ''
  return ((root['$defs'] ?? {}) as Record<string, Schema>)[name] ?? {}
}
