import type { Constraint, Field, Shape } from '../facts/shape.ts'
import { each } from '../resolve/values.ts'
import type { Value } from '../resolve/values.ts'
import type { Shapes } from './shapes.ts'

/** The shape of a value that is answered with or read into. `withTexts`: with what is written in it as it is, which is so of answers. */
export function shapeInto(shapes: Shapes, value: Value, withTexts = false): Shape {
  const ways = each(value)
  if (ways.length > 1) {
    const known = ways.map((way) => shapeInto(shapes, way, withTexts))
    const first = known.find((shape) => !isUntold(shape))
    if (known.every(({ type }) => type !== 'unknown')) return first ?? { type: 'null' }
    return first ? loosely(first) : { type: 'unknown' }
  }
  const [one] = ways
  if (!one) return { type: 'unknown' }
  if (one.t === 'object') {
    if (one.ref) return shapes.ofClass(one.ref)
    const fields: Field[] = [...one.props].map(([name, inner]) => ({
      name,
      shape: shapeInto(shapes, inner, withTexts),
      isRequired: true,
      constraints:
        withTexts && inner.t === 'const' && inner.isWritten && inner.v !== null
          ? [{ keyword: 'const', value: inner.v }]
          : [],
    }))
    return { type: 'object', fields }
  }
  // What is written as JSON is read as what it was.
  const written = one.t === 'symbol' && writesJson.test(one.path) ? one.args[0]?.value : undefined
  if (written) return shapeInto(shapes, written, withTexts)
  if (one.t === 'symbol')
    return one.typed
      ? shapes.ofType(one.typed.type, one.typed.scope)
      : one.ref
        ? shapes.ofClass(one.ref)
        : { type: 'unknown' }
  if (one.t === 'class') return shapes.ofClass(one.ref)
  if (one.t === 'list')
    return {
      type: 'array',
      items: one.items[0] ? shapeInto(shapes, one.items[0], withTexts) : { type: 'unknown' },
    }
  if (one.t === 'text') return { type: 'string' }
  if (one.t === 'const')
    return one.v === null || (one.v === '' && withTexts)
      ? { type: 'null' }
      : { type: typeof one.v === 'number' ? 'number' : typeof one.v === 'boolean' ? 'boolean' : 'string' }
  return { type: 'unknown' }
}

const writesJson =
  /^(?:(?:json|simplejson|ujson|orjson|flask\.json)\.dumps|JSON\.stringify|flask\.jsonify)\(\)$/

/** The shape of answers that are given in several ways: each of them, as far as they are known. Objects of the same fields are one. */
export function shapeOfAll(shapes: Shapes, bodies: readonly (Value | null)[]): Shape {
  const ways = bodies.flatMap((body) => (body ? each(body) : [])).map((one) => shapeInto(shapes, one, true))
  const isWhole = ways.every(({ type }) => type !== 'unknown')
  const known = new Map<string, Shape>()
  for (const way of ways.filter((one) => !isUntold(one))) {
    const shape = isWhole ? way : loosely(way)
    const key =
      shape.type === 'object'
        ? shape.fields
            .map(({ name }) => name)
            .toSorted()
            .join(' ')
        : JSON.stringify(shape)
    const other = known.get(key)
    known.set(key, other ? alike(other, shape) : shape)
  }
  const all = [...known].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, shape]) => shape)
  const [only] = all
  if (only === undefined) return { type: 'unknown' }
  return all.length === 1 ? only : { type: 'union', of: all.slice(0, maxWays) }
}

const maxWays = 4
const isUntold = ({ type }: Shape) => type === 'unknown' || type === 'null'

// What is known of a value that may be another one too, of which nothing is known: no text of it, and null stands for anything.
function loosely(shape: Shape): Shape {
  if (shape.type === 'null') return { type: 'unknown' }
  if (shape.type === 'array') return { ...shape, items: loosely(shape.items) }
  if (shape.type !== 'object') return shape
  return {
    ...shape,
    fields: shape.fields.map((field) => ({
      ...field,
      shape: loosely(field.shape),
      constraints: field.constraints.filter(({ keyword }) => keyword !== 'const' && keyword !== 'enum'),
    })),
  }
}

// Of two objects with the same fields what either says of each.
function alike(a: Shape, b: Shape): Shape {
  if (a.type !== 'object' || b.type !== 'object')
    return isUntold(a) && !(a.type === 'unknown' && b.type === 'null') ? b : a
  const others = new Map(b.fields.map((field) => [field.name, field]))
  return {
    ...a,
    fields: a.fields.map((field) => {
      const other = others.get(field.name) ?? field
      return {
        ...field,
        shape: alike(field.shape, other.shape),
        constraints: eitherConstant(field.constraints, other.constraints),
      }
    }),
  }
}

// What is written in each of two answers: one of both; nothing where one of them does not say it.
function eitherConstant(a: readonly Constraint[], b: readonly Constraint[]): Constraint[] {
  const [left, right] = [a, b].map(valuesOf)
  if (!left || !right || left.length === 0 || right.length === 0) return []
  const all = [...new Set([...left, ...right])].toSorted((x, y) => (String(x) < String(y) ? -1 : 1))
  const [only] = all
  return all.length === 1 && only !== undefined
    ? [{ keyword: 'const', value: only }]
    : all.length <= maxConstants
      ? [{ keyword: 'enum', value: all }]
      : []
}

/** Without what is said already as the text of an error. */
export function withoutText(shape: Shape, text: string): Shape {
  if (shape.type === 'array') return { ...shape, items: withoutText(shape.items, text) }
  if (shape.type !== 'object' || text === '') return shape
  return {
    ...shape,
    fields: shape.fields.map((field) => ({
      ...field,
      shape: withoutText(field.shape, text),
      constraints: field.constraints.filter(({ value }) => value !== text),
    })),
  }
}

const valuesOf = (constraints: readonly Constraint[]) =>
  constraints.flatMap(({ keyword, value }) =>
    keyword === 'const' || keyword === 'enum'
      ? (Array.isArray(value) ? value : [value]).filter((one) => one !== null)
      : [],
  )
const maxConstants = 8

/** An object of the fields that code reads, by their paths. */
export function nested(paths: readonly string[][]): Shape {
  const heads = new Map<string, string[][]>()
  for (const [head, ...rest] of paths)
    if (head !== undefined) heads.set(head, [...(heads.get(head) ?? []), ...(rest.length > 0 ? [rest] : [])])
  return {
    type: 'object',
    fields: [...heads]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, rest]) => ({
        name,
        shape: rest.length > 0 ? nested(rest) : { type: 'unknown' },
        isRequired: false,
        constraints: [],
      })),
  }
}
