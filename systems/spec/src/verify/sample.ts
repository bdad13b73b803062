import type { FactOf } from '../facts/fact.ts'
import type { Constraint, Field, Shape } from '../facts/shape.ts'

/** The fields of a model by its name. */
export type Models = ReadonlyMap<string, FactOf<'model'>>

const texts: Record<string, string> = {
  email: 'someone@example.com',
  uuid: '7f1b6c1e-4a53-4c3b-9d0e-2f4d4a5b6c7d',
  date: '2026-01-31',
  'date-time': '2026-01-31T12:00:00Z',
  time: '12:00:00',
  uri: 'https://example.com/thing',
  url: 'https://example.com/thing',
  ipv4: '192.0.2.1',
}

const boundOf = (constraints: readonly Constraint[], keyword: Constraint['keyword']) =>
  constraints.find((one) => one.keyword === keyword)?.value

/** The value of a shape within its bounds; `name` tells what a text or a number may be. Of objects only what is required. */
export function sampleOf(
  shape: Shape,
  constraints: readonly Constraint[],
  name: string,
  models: Models,
  depth = 0,
): unknown {
  const fixed = boundOf(constraints, 'const')
  if (fixed !== undefined) return fixed
  const listed = boundOf(constraints, 'enum')
  if (Array.isArray(listed) && listed.length > 0) return shape.type === 'array' ? [listed[0]] : listed[0]
  switch (shape.type) {
    case 'integer':
    case 'number':
      return numberIn(constraints)
    case 'boolean':
      return true
    case 'null':
      return null
    case 'array':
      return Array.from({ length: Number(boundOf(constraints, 'minItems') ?? 0) }, () =>
        sampleOf(shape.items, shape.ofEach ?? [], name, models, depth + 1),
      )
    case 'map':
      return {}
    case 'union':
      return shape.of[0] ? sampleOf(shape.of[0], constraints, name, models, depth + 1) : null
    case 'object':
      return sampleOfFields(shape.fields, models, depth)
    case 'model':
      return depth > 4 ? {} : sampleOfFields(models.get(shape.name)?.fields ?? [], models, depth)
    default:
      return textIn(constraints, name)
  }
}

const sampleOfFields = (fields: readonly Field[], models: Models, depth: number) =>
  Object.fromEntries(
    fields
      .filter(({ isRequired }) => isRequired)
      .map(({ name, shape, constraints }) => [name, sampleOf(shape, constraints, name, models, depth + 1)]),
  )

function numberIn(constraints: readonly Constraint[]): number {
  const [low, above, high] = (['minimum', 'exclusiveMinimum', 'maximum'] as const).map((keyword) =>
    boundOf(constraints, keyword),
  )
  const least = low !== undefined ? Number(low) : above !== undefined ? Number(above) + 1 : 1
  return high !== undefined && Number(high) < least ? Number(high) : least
}

function textIn(constraints: readonly Constraint[], name: string): string {
  const format = String(boundOf(constraints, 'format') ?? formatOfName(name))
  const text = texts[format] ?? 'sample'
  const least = Number(boundOf(constraints, 'minLength') ?? 0)
  const most = Number(boundOf(constraints, 'maxLength') ?? Number.MAX_SAFE_INTEGER)
  return text.padEnd(least, 'a').slice(0, most)
}

const formatOfName = (name: string) =>
  /e-?mail/i.test(name)
    ? 'email'
    : /ur[il]$|^link$/i.test(name)
      ? 'uri'
      : /date$|_at$|At$/.test(name)
        ? 'date'
        : ''

/** A value that breaks one bound; `undefined` where none can be made. */
export function breaking({ keyword, value }: Constraint): unknown {
  const bound = Number(value)
  switch (keyword) {
    case 'minimum':
      return bound - 1
    case 'maximum':
      return bound + 1
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return bound
    case 'multipleOf':
      return bound + bound / 2
    case 'minLength':
      return bound > 0 && bound < 10_000 ? 'a'.repeat(bound - 1) : undefined
    case 'maxLength':
      return bound < 100_000 ? 'a'.repeat(bound + 1) : undefined
    case 'format':
      return ['email', 'uuid', 'date', 'date-time', 'uri', 'ipv4', 'ipv6'].includes(String(value))
        ? 'heavylift unfit'
        : undefined
    case 'enum':
    case 'const':
      return typeof (Array.isArray(value) ? value[0] : value) === 'number' ? 987_654_321 : 'heavylift-unfit'
    case 'minItems':
      return bound === 1 ? [] : undefined
    case 'not':
      return Array.isArray(value) ? value[0] : value
    default:
      return undefined
  }
}

/** A value that is none of the shape's type; `undefined` where any text may be one. */
export function mistyped(shape: Shape, isText: boolean): unknown {
  switch (shape.type) {
    case 'integer':
    case 'number':
    case 'boolean':
      return 'heavylift-unfit'
    case 'string':
      return isText ? undefined : { unfit: true }
    case 'array':
    case 'object':
    case 'map':
    case 'model':
      return isText ? undefined : 'heavylift-unfit'
    default:
      return undefined
  }
}
