import { z } from 'zod'
import { agentDefinition } from '../definition/definition.ts'
import { isRecord } from './change.ts'

type JsonSchema = Record<string, unknown>

let made: JsonSchema | null = null

/** The definition's JSON Schema 2020-12, for editors and for programs that write definitions. */
export function definitionSchema(): JsonSchema {
  made ??= z.toJSONSchema(agentDefinition, { io: 'input', unrepresentable: 'any' })
  return made
}

/** The names that an object at a path may have, given what is there; empty where every name may be. */
export function knownNames(value: unknown, path: readonly PropertyKey[]): string[] {
  const schema = schemaAt(value, path)
  return Object.keys(isRecord(schema?.['properties']) ? schema['properties'] : {})
}

/** The values that a field may have, where they can be counted. */
export function knownValues(value: unknown, path: readonly PropertyKey[]): string[] {
  const last = path.at(-1)
  const around = schemaAt(value, path.slice(0, -1), true)
  const found = (Array.isArray(around) ? around : [around]).flatMap((each) => {
    const field = resolve(isRecord(each?.['properties']) ? each['properties'][String(last)] : null)
    if (Array.isArray(field?.['enum'])) return field['enum']
    return field?.['const'] === undefined ? [] : [field['const']]
  })
  return found.filter((each): each is string => typeof each === 'string')
}

function schemaAt(value: unknown, path: readonly PropertyKey[]): JsonSchema | null
function schemaAt(
  value: unknown,
  path: readonly PropertyKey[],
  areAll: true,
): JsonSchema | JsonSchema[] | null
function schemaAt(
  value: unknown,
  path: readonly PropertyKey[],
  areAll = false,
): JsonSchema | JsonSchema[] | null {
  let schema: JsonSchema | null = definitionSchema()
  let here = value
  for (const segment of path) {
    const inside: unknown =
      typeof segment === 'number'
        ? schema?.['items']
        : isRecord(schema?.['properties'])
          ? schema['properties'][String(segment)]
          : null
    here = Array.isArray(here) ? here[Number(segment)] : isRecord(here) ? here[String(segment)] : undefined
    const next = resolve(inside)
    const options = optionsOf(next)
    if (options === null) schema = next
    else {
      const kind = isRecord(here) ? here['kind'] : undefined
      const chosen = options.find((option) => kindOf(option) === kind) ?? null
      if (chosen === null && areAll && segment === path.at(-1)) return options
      schema = chosen
    }
  }
  return schema
}

function optionsOf(schema: JsonSchema | null): JsonSchema[] | null {
  const options = schema?.['oneOf'] ?? schema?.['anyOf']
  return Array.isArray(options) ? options.map(resolve).filter((each) => each !== null) : null
}

function kindOf(option: JsonSchema): unknown {
  const kind = isRecord(option['properties']) ? option['properties']['kind'] : null
  return isRecord(kind) ? kind['const'] : undefined
}

function resolve(schema: unknown): JsonSchema | null {
  if (!isRecord(schema)) return null
  const reference = schema['$ref']
  if (typeof reference !== 'string') return schema
  let found: unknown = definitionSchema()
  for (const name of reference.split('/').slice(1)) found = isRecord(found) ? found[name] : null
  return isRecord(found) ? resolve(found) : null
}
