import type { Constraint, Field, Shape } from '../../facts/shape.ts'
import { constraintKeywords } from '../../facts/shape.ts'
import { constraintOf } from '../../packs/validators/validators.ts'
import type { Value } from '../../resolve/values.ts'
import { textOf } from '../../resolve/values.ts'
import { noteWritten } from '../../resolve/declared.ts'
import { keyOf, listOfDescribed } from './described.ts'
import type { Described } from './described.ts'

const simple = ['string', 'integer', 'number', 'boolean', 'null'] as const

/** A JSON Schema that is written as an object (Fastify's `schema`, ajv); null where an object is none. */
export function jsonSchema(value: Value, inside: (inner: Value) => Described | null): Described | null {
  if (value.t !== 'object' || value.ref !== null) return null
  const { props } = value
  const properties = props.get('properties')
  const types = typesOf(props.get('type'))
  if (types.length === 0 && !properties && !props.has('enum') && !props.has('allOf') && !props.has('const'))
    return null
  const constraints = constraintKeywords.flatMap((keyword): Constraint[] => {
    const given = props.get(keyword)
    if (keyword === 'format') {
      const text = textOf(given)
      return text === null ? [] : [{ keyword, value: text }]
    }
    const made = given ? constraintOf(keyword, given) : null
    return made ? [made] : []
  })
  const otherwise = props.get('default')
  return {
    shape: shapeOf(value, types, inside),
    constraints,
    isRequired: true,
    ...(otherwise ? { default: otherwise } : {}),
  }
}

function typesOf(value: Value | undefined): string[] {
  if (!value) return []
  if (value.t === 'list') return value.items.flatMap((item) => textOf(item) ?? [])
  const text = textOf(value)
  return text === null ? [] : [text]
}

function shapeOf(
  value: Extract<Value, { t: 'object' }>,
  types: readonly string[],
  inside: (inner: Value) => Described | null,
): Shape {
  const { props } = value
  const parts = props.get('allOf')
  if (parts?.t === 'list') {
    const fields = parts.items.flatMap((item) => {
      const own = inside(item)
      return own?.shape.type === 'object' ? own.shape.fields : []
    })
    if (fields.length > 0) return { type: 'object', fields }
  }
  const properties = props.get('properties')
  if (properties?.t === 'object') {
    const required = new Set(typesOf(props.get('required')))
    const fields = [...properties.props].map(([name, inner]): Field => {
      const own = inside(inner)
      return {
        name,
        shape: own?.shape ?? { type: 'unknown' },
        isRequired: required.has(name),
        constraints: noteWritten([...(own?.constraints ?? [])], keyOf(properties, name, inner)),
      }
    })
    return { type: 'object', fields }
  }
  const [type] = types.filter((one) => one !== 'null')
  if (type === 'array') {
    const items = props.get('items')
    return listOfDescribed(items ? inside(items) : null)
  }
  if (type === 'object') return { type: 'object', fields: [] }
  const known = simple.find((one) => one === type)
  return { type: known ?? 'unknown' }
}
