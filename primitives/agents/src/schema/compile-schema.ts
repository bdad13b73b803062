import { InvalidInputError } from '@heavylift/core'
import { explainIssues } from './explain-issues.ts'
import type { SchemaIssue } from './explain-issues.ts'
import { linearPattern } from './linear-pattern.ts'

/** Dialects by the address that `$schema` gives. A schema that names none is of the dialect that the caller says. */
export const dialects = {
  '2020-12': 'https://json-schema.org/draft/2020-12/schema',
  '2019-09': 'https://json-schema.org/draft/2019-09/schema',
  'draft-07': 'http://json-schema.org/draft-07/schema',
  'draft-06': 'http://json-schema.org/draft-06/schema',
  'draft-04': 'http://json-schema.org/draft-04/schema',
  'openapi-3.0': 'https://spec.openapis.org/oas/3.0/dialect',
} as const
export type Dialect = keyof typeof dialects

/** A schema that is ready to be held against values. Nothing of it became code. */
export interface CompiledSchema {
  /** What is wrong with a JSON value; empty where it fits. Takes about 10 µs for the arguments of a tool. */
  check(value: unknown): SchemaIssue[]
  /** Patterns with look-around or back references, which are not checked: they could take for ever. */
  uncheckedPatterns: readonly string[]
}

export interface CompileOptions {
  /** Of a schema without `$schema`. Default 2020-12. */
  dialect?: Dialect
  /** Other schemas that references may lead to, by their address. */
  others?: readonly { address: string; schema: object | boolean }[]
}

let count = 0

/**
 * Compiles a JSON Schema. References lead only into the schema itself, `others`, and the standards' own schemas; nothing is fetched.
 *
 * @throws InvalidInputError `schema-invalid`: not a schema by its dialect, an unknown dialect, or a reference that leads nowhere
 */
export async function compileSchema(
  schema: object | boolean,
  options: CompileOptions = {},
): Promise<CompiledSchema> {
  const engine = await import('./engine.ts')
  refuseVocabulary(schema)
  const dialect = dialects[options.dialect ?? '2020-12']
  const address = `https://schema.heavylift.invalid/${(count += 1)}`
  const registered: string[] = []
  const register = (each: object | boolean, at: string): void => {
    engine.registerSchema(each as Parameters<typeof engine.registerSchema>[0], at, dialect)
    registered.push(at)
  }
  try {
    for (const other of options.others ?? []) register(other.schema, other.address)
    register(schema, address)
    const validate = await engine.validate(address)
    return {
      check: (value) => {
        const answer = validate(value as Parameters<typeof validate>[0], engine.DETAILED)
        return answer.valid ? [] : explainIssues(answer.errors ?? [], schema, value)
      },
      uncheckedPatterns: patternsOf(schema).filter((pattern) => linearPattern(pattern) === null),
    }
  } catch (cause) {
    throw new InvalidInputError({
      code: 'schema-invalid',
      message: `This is no schema that can be used: ${why(cause)}`,
      cause,
    })
  } finally {
    for (const each of registered) engine.unregisterSchema(each)
  }
}

/** A vocabulary of its own would change what keywords mean for every other schema of this process. */
function refuseVocabulary(schema: unknown): void {
  if (typeof schema !== 'object' || schema === null) return
  for (const inner of Object.values(schema)) refuseVocabulary(inner)
  if (!Array.isArray(schema) && Object.hasOwn(schema, '$vocabulary'))
    throw new InvalidInputError({
      code: 'schema-invalid',
      message: 'A schema may not define a vocabulary (`$vocabulary`). Use one of the standard dialects.',
    })
}

function why(cause: unknown): string {
  const units = (cause as { output?: { errors?: { keyword: string; instanceLocation: string }[] } }).output
    ?.errors
  const first = units?.find(
    (unit) => !/\/(properties|items|allOf|anyOf|ref|dynamicRef|additionalProperties)$/.test(unit.keyword),
  )
  if (first)
    return `${decodeURIComponent(first.instanceLocation.replace(/^[^#]*#/, '')) || 'the whole'} breaks the rule ${first.keyword.slice(first.keyword.lastIndexOf('/') + 1)} of its dialect.`
  const message = cause instanceof Error ? cause.message : String(cause)
  return message.slice(0, 300)
}

/** Every `pattern` and name of `patternProperties` in it, wherever it stands. */
function patternsOf(schema: unknown, found = new Set<string>()): string[] {
  if (Array.isArray(schema)) for (const each of schema) patternsOf(each, found)
  else if (typeof schema === 'object' && schema !== null)
    for (const [key, inner] of Object.entries(schema)) {
      if (key === 'pattern' && typeof inner === 'string') found.add(inner)
      if (key === 'patternProperties' && typeof inner === 'object' && inner !== null)
        for (const pattern of Object.keys(inner)) found.add(pattern)
      patternsOf(inner, found)
    }
  return [...found]
}
