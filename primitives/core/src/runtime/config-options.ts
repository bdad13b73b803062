import { z } from 'zod'

/** One section of the configuration: a system, a primitive or an app, and the schema of its options. */
export interface ConfigSection {
  /** Key in `heavylift.config.json`; the first part of the environment names. */
  name: string
  schema: z.ZodType
}

/** One option, read from its schema. This is all that `heavylift config` shows. */
export interface ConfigOption {
  /** `server.port`. */
  path: string
  section: string
  /** Below the section. */
  keys: string[]
  /** `HEAVYLIFT_SERVER_PORT`, then the names given by `.meta({ env: 'DATABASE_URL' })`. */
  envNames: string[]
  /** `integer`, `string`, `true or false`, `"a" or "b"`, `JSON`. */
  type: string
  description: string
  /** Undefined when the option is unset by default. */
  defaultValue: unknown
  /** From `.meta({ secret: true })`: never printed. */
  isSecret: boolean
}

interface JsonSchema {
  type?: string | string[]
  description?: string
  default?: unknown
  enum?: unknown[]
  const?: unknown
  anyOf?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  additionalProperties?: boolean | JsonSchema
  env?: string | string[]
  secret?: boolean
}

/**
 * Lists every option of a section from its zod schema: descriptions from `.describe()`, defaults from `.default()`,
 * further environment names from `.meta({ env })`, secrets from `.meta({ secret: true })`.
 */
export function listOptions(section: ConfigSection): ConfigOption[] {
  const options: ConfigOption[] = []
  walk(toJsonSchema(section.schema), [], undefined, (schema, keys, inheritedDefault) => {
    const given = schema.env === undefined ? [] : [schema.env].flat()
    options.push({
      path: [section.name, ...keys].join('.'),
      section: section.name,
      keys,
      envNames: [toEnvName([section.name, ...keys]), ...given],
      type: typeName(schema),
      description: schema.description ?? '',
      defaultValue: Object.hasOwn(schema, 'default') ? schema.default : inheritedDefault,
      isSecret: schema.secret === true,
    })
  })
  return options
}

/** `['server', 'maxBodyBytes']` → `HEAVYLIFT_SERVER_MAX_BODY_BYTES`. */
export function toEnvName(path: string[]): string {
  const words = path.map((part) => part.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/[^A-Za-z0-9]+/g, '_'))
  return `HEAVYLIFT_${words.join('_').toUpperCase()}`
}

function toJsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as JsonSchema
}

function walk(
  schema: JsonSchema,
  keys: string[],
  inheritedDefault: unknown,
  visit: (schema: JsonSchema, keys: string[], inheritedDefault: unknown) => void,
): void {
  if (schema.properties === undefined) {
    // A whole section may be one option; an object without options has none.
    const isOneOption = schema.anyOf !== undefined || (schema.type ?? 'object') !== 'object'
    if (keys.length > 0 || isOneOption) visit(schema, keys, inheritedDefault)
    return
  }
  const defaults = schema.default ?? inheritedDefault
  for (const [key, child] of Object.entries(schema.properties)) {
    const childDefault = isRecord(defaults) ? defaults[key] : undefined
    walk(child, [...keys, key], childDefault, visit)
  }
}

function typeName(schema: JsonSchema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' or ')
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(typeName))].join(' or ')
  const types = schema.type === undefined ? ['any'] : [schema.type].flat()
  return types.map((type) => plainTypes[type] ?? 'JSON').join(' or ')
}

const plainTypes: Record<string, string> = {
  boolean: 'true or false',
  integer: 'integer',
  null: 'null',
  number: 'number',
  string: 'string',
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
