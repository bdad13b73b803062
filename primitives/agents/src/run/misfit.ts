import { compileSchema } from '../schema/compile-schema.ts'
import type { CompiledSchema } from '../schema/compile-schema.ts'

const compiled = new WeakMap<object, Promise<CompiledSchema>>()

/** What of a value does not fit a JSON Schema, in words, or null. A schema is compiled once: definitions and tools are kept. */
export async function misfit(
  schema: Readonly<Record<string, unknown>>,
  value: unknown,
): Promise<string | null> {
  // The schemas of most inputs: nothing to compile.
  if (isAnyObject(schema)) return isObject(value) ? null : 'it must be an object'
  let ready = compiled.get(schema)
  if (ready === undefined) compiled.set(schema, (ready = compileSchema(schema)))
  const issues = (await ready).check(value)
  if (issues.length === 0) return null
  return issues
    .slice(0, 5)
    .map(({ path, expected }) => `${path === '' ? 'it' : path} must ${expected}`)
    .join('; ')
}

function isAnyObject(schema: Readonly<Record<string, unknown>>): boolean {
  return schema['type'] === 'object' && Object.keys(schema).length === 1
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
