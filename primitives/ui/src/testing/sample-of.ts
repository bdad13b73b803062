import { globalRegistry } from 'zod'
import type { z } from 'zod'

/** Below this, lists are empty and what may be absent is absent, so that schemas that hold themselves come to an end. */
const deepest = 8

type Def = z.core.$ZodTypeDef & Record<string, unknown>

/**
 * A small value that a schema takes: one item in each list, the first of a choice, what may be null there. The same every time.
 * An example in the schema's own `.meta({ examples: [...] })` wins. Throws for what cannot be made up (a custom check, a
 * pattern); give such a route its answer in the test.
 */
export function sampleOf<Schema extends z.ZodType>(schema: Schema): z.input<Schema> {
  const sample = make(schema, '', 0)
  const parsed = schema.safeParse(sample)
  if (parsed.success) return sample as z.input<Schema>
  const [issue] = parsed.error.issues
  throw new Error(
    `No sample could be made up: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}. Give the schema an example by .meta({ examples }), or the route an answer.`,
  )
}

function make(schema: z.core.$ZodType, name: string, depth: number): unknown {
  const examples = globalRegistry.get(schema)?.examples
  if (Array.isArray(examples) && examples.length > 0) return examples[0]
  const def = schema._zod.def as Def
  const inner = def['innerType'] as z.core.$ZodType
  switch (def.type) {
    case 'string':
      return text(schema, name)
    case 'number':
    case 'int':
      return number(schema)
    case 'bigint':
      return 1n
    case 'boolean':
      return true
    case 'date':
      return new Date('2026-05-04T12:00:00Z')
    case 'literal':
      return (def['values'] as unknown[])[0]
    case 'enum':
      return Object.values(def['entries'] as object)[0]
    case 'null':
    case 'unknown':
    case 'any':
      return null
    case 'undefined':
    case 'void':
      return undefined
    case 'array':
      return list(schema, def, name, depth)
    case 'tuple':
      return (def['items'] as z.core.$ZodType[]).map((item) => make(item, name, depth + 1))
    case 'object':
      return object(def['shape'] as Record<string, z.core.$ZodType>, depth)
    case 'record':
      return record(def, depth)
    case 'union':
      return make((def['options'] as [z.core.$ZodType])[0], name, depth)
    case 'intersection':
      return Object.assign(
        {},
        make(def['left'] as z.core.$ZodType, name, depth),
        make(def['right'] as z.core.$ZodType, name, depth),
      )
    case 'optional':
      return depth >= deepest ? undefined : make(inner, name, depth)
    case 'nullable':
      return depth >= deepest ? null : make(inner, name, depth)
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
      return make(inner, name, depth)
    case 'lazy':
      return make((def['getter'] as () => z.core.$ZodType)(), name, depth)
    case 'pipe':
      return make(def['in'] as z.core.$ZodType, name, depth)
    default:
      throw new Error(`No sample can be made up for "${name}", which is of type ${def.type}.`)
  }
}

function object(shape: Record<string, z.core.$ZodType>, depth: number): object {
  return Object.fromEntries(
    Object.entries(shape)
      .map(([name, schema]) => [name, make(schema, name, depth + 1)] as const)
      .filter(([, value]) => value !== undefined),
  )
}

function record(def: Def, depth: number): object {
  const keys = (def['keyType'] as z.core.$ZodType)._zod
  const names = keys.values ? [...keys.values].map(String) : ['one']
  return Object.fromEntries(
    names.map((name) => [name, make(def['valueType'] as z.core.$ZodType, name, depth + 1)]),
  )
}

function list(schema: z.core.$ZodType, def: Def, name: string, depth: number): unknown[] {
  const { minimum = 0, maximum = Number.POSITIVE_INFINITY, length } = limits(schema)
  const count = length ?? Math.min(maximum, Math.max(minimum, depth >= deepest ? 0 : 1))
  return Array.from({ length: count }, () => make(def['element'] as z.core.$ZodType, name, depth + 1))
}

const formats: Record<string, string> = {
  datetime: '2026-05-04T12:00:00Z',
  date: '2026-05-04',
  time: '12:00:00',
  url: 'https://example.com/',
  email: 'someone@example.com',
  uuid: '01890a5d-ac96-774b-bcce-b302099a8057',
  guid: '01890a5d-ac96-774b-bcce-b302099a8057',
  ipv4: '192.0.2.1',
  base64: 'AAAA',
}

function text(schema: z.core.$ZodType, name: string): string {
  const { format, minimum = 0, maximum = Number.POSITIVE_INFINITY, length } = limits(schema)
  const made = (format === undefined ? undefined : formats[format]) ?? (name === '' ? 'text' : name)
  return made.padEnd(length ?? minimum, '-').slice(0, length ?? maximum)
}

function number(schema: z.core.$ZodType): number {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = limits(schema)
  const low = minimum ?? (exclusiveMinimum === undefined ? undefined : exclusiveMinimum + 0.5)
  const high = maximum ?? (exclusiveMaximum === undefined ? undefined : exclusiveMaximum - 0.5)
  let value = 1
  if (low !== undefined && value < low) value = Math.ceil(low)
  if (high !== undefined && value > high) value = high
  return multipleOf === undefined ? value : Math.ceil(value / multipleOf) * multipleOf
}

interface Limits {
  format?: string
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  multipleOf?: number
  length?: number
}

interface Check {
  check: string
  format?: string
  value?: number
  inclusive?: boolean
  minimum?: number
  maximum?: number
  length?: number
}

/** Least and most, a length, a format: what the checks of a schema say. */
function limits(schema: z.core.$ZodType): Limits {
  const own = schema._zod.def as Def
  const found: Limits = typeof own['format'] === 'string' ? { format: own['format'] } : {}
  for (const { _zod } of own.checks ?? []) {
    const check = _zod.def as unknown as Check
    const { value = 0 } = check
    if (check.check === 'greater_than') found[check.inclusive ? 'minimum' : 'exclusiveMinimum'] = value
    else if (check.check === 'less_than') found[check.inclusive ? 'maximum' : 'exclusiveMaximum'] = value
    else if (check.check === 'multiple_of') found.multipleOf = value
    else if (check.check === 'min_length' && check.minimum !== undefined) found.minimum = check.minimum
    else if (check.check === 'max_length' && check.maximum !== undefined) found.maximum = check.maximum
    else if (check.check === 'length_equals' && check.length !== undefined) found.length = check.length
    else if (check.check === 'string_format' && check.format !== undefined) found.format = check.format
  }
  return found
}
