import { InvalidInputError } from '@heavylift/core'
import { cleanSchema } from '../../openapi/clean-schema.ts'
import { isObject } from '../json.ts'
import type { Imported, ImportedPart, ImportedSource } from '../report.ts'

type Tool = ImportedSource['tools'][number]

/**
 * Functions as OpenAI (`{ type: 'function', function }` or flat), Anthropic (`input_schema`) and BFCL (types of Python and Java) write
 * them, alone, as a list, or as `tools` or `function` of an object. Null for what is none of them.
 */
export function readFunctions(value: unknown): Tool[] | null {
  const list = Array.isArray(value)
    ? value
    : isObject(value)
      ? (value['tools'] ?? value['functions'] ?? value['function'] ?? [value])
      : null
  if (list === null) return null
  const tools = (Array.isArray(list) ? list : [list]).map(readOne)
  return tools.length > 0 && tools.every((tool) => tool !== null) ? tools : null
}

function readOne(value: unknown): Tool | null {
  if (!isObject(value)) return null
  const given = isObject(value['function']) ? value['function'] : value
  const { name, description } = given
  const schema =
    given['parameters'] ?? given['input_schema'] ?? given['inputSchema'] ?? given['parametersJsonSchema']
  if (
    typeof name !== 'string' ||
    name === '' ||
    (schema !== undefined && schema !== null && !isObject(schema))
  )
    return null
  return {
    name,
    description: typeof description === 'string' ? description : '',
    input: objectSchema(schema ?? {}),
    ...(isObject(given['outputSchema']) ? { output: given['outputSchema'] } : {}),
  }
}

/** A schema of arguments: an object that takes nothing but its properties, unless it says otherwise. */
function objectSchema(schema: Record<string, unknown>): Record<string, unknown> {
  const cleaned = cleanSchema(
    schema,
    (reference) => /^#\/(?:\$defs|definitions)\/([^/]+)$/.exec(reference)?.[1] ?? null,
  )
  const made = typeof cleaned === 'boolean' ? {} : cleaned
  return {
    ...made,
    type: 'object',
    ...(made['properties'] === undefined ? { properties: {} } : {}),
    ...(schema['additionalProperties'] === undefined ? { additionalProperties: false } : {}),
  }
}

/** @throws InvalidInputError `import-not-functions` */
export function importFunctions(value: unknown): Imported {
  const tools = readFunctions(value)
  if (tools === null)
    throw new InvalidInputError({
      code: 'import-not-functions',
      message: 'These are no functions: each needs a name and a schema of its parameters.',
    })
  return ofSources('functions', [{ name: 'app:functions', kind: 'http', title: 'Functions', tools }])
}

/** What an import comes to that brings tools and no steps. */
export function ofSources(
  format: string,
  sources: readonly ImportedSource[],
  parts: readonly ImportedPart[] = [],
): Imported {
  return {
    definition: null,
    sources: [...sources],
    report: {
      format,
      parts: [
        ...sources.flatMap((source) =>
          source.tools.map((tool): ImportedPart => ({
            place: `${source.name}/${tool.name}`,
            what: 'tool',
            state: 'mapped',
          })),
        ),
        ...parts,
      ],
      edges: [],
      expressions: [],
    },
  }
}
