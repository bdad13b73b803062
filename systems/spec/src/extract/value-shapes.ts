import type { Constraint, Field, Shape } from '../facts/shape.ts'
import { isFound } from '../resolve/python-found.ts'
import { isSometimes } from '../resolve/sometimes.ts'
import { each, union } from '../resolve/values.ts'
import type { Value } from '../resolve/values.ts'
import type { Shapes } from './shapes.ts'
import { boundTo } from './type-parameters.ts'

/** What all errors of JavaScript have of their own, that can not be enumerated. */
const ofError = /^(?:@error|name|message|stack|cause)$/

/** The shape of a value that is answered with or read into. `withTexts`: with what is written in it as it is, which is so of answers. `present`: parts of the request that are there. */
export function shapeInto(
  shapes: Shapes,
  value: Value,
  withTexts = false,
  within: ReadonlySet<Value> = new Set(),
  present: ReadonlySet<string> = new Set(),
): Shape {
  const ways = each(value)
  if (ways.length > 1) return ofEither(ways.map((way) => shapeInto(shapes, way, withTexts, within, present)))
  const [one] = ways
  // What is written into a part of itself goes on without an end.
  if (!one || within.has(one)) return { type: 'unknown' }
  const inOne = new Set([...within, one])
  if (one.t === 'object') {
    if (one.ref) {
      const { ref, props } = one
      const heldIn = (field: string) => {
        const held = props.get(field)
        return held ? shapeInto(shapes, held, withTexts, inOne, present) : null
      }
      return shapes.ofClass(ref, 0, boundTo(ref, [], heldIn))
    }
    if (one.typed && one.props.size === 0) return shapes.ofType(one.typed.type, one.typed.scope)
    const fields = [...one.props].flatMap(([name, inner]): Field[] => {
      // JSON has of an error what code adds to it.
      if (one.props.has('@error') && ofError.test(name)) return []
      // JSON has no `undefined`: what is, is not there.
      const ways = each(inner)
      const there = ways.filter((way) => way.t !== 'const' || way.isUndefined !== true)
      if (there.length === 0) return []
      const value = there.length === ways.length ? inner : union(there)
      return [
        {
          name,
          shape: shapeInto(shapes, value, withTexts, inOne, present),
          isRequired:
            there.length === ways.length && !isSometimes(one.props, name) && !mayBeUndefined(inner, present),
          constraints:
            withTexts && inner.t === 'const' && inner.isWritten && inner.v !== null
              ? [{ keyword: 'const', value: inner.v }]
              : [],
        },
      ]
    })
    return { type: 'object', fields }
  }
  // What is written as JSON is read as what it was.
  const written = one.t === 'symbol' && writesJson.test(one.path) ? one.args[0]?.value : undefined
  if (written) return shapeInto(shapes, written, withTexts, inOne, present)
  if (one.t === 'symbol')
    return one.typed
      ? shapes.ofType(one.typed.type, one.typed.scope)
      : one.ref && !isFound(one)
        ? shapes.ofClass(one.ref)
        : { type: 'unknown' }
  if (one.t === 'class') return shapes.ofClass(one.ref)
  if (one.t === 'list' && one.items.length === 1 && one.items[0] && isByte(one.items[0]))
    return { type: 'file' }
  if (one.t === 'list')
    return {
      type: 'array',
      items: ofEither(one.items.map((item) => shapeInto(shapes, item, withTexts, inOne, present))),
    }
  if (one.t === 'text') return { type: 'string' }
  if (one.t === 'const')
    return one.v === null
      ? { type: 'null' }
      : { type: typeof one.v === 'number' ? 'number' : typeof one.v === 'boolean' ? 'boolean' : 'string' }
  return { type: 'unknown' }
}

// JavaScript: a part of the request that is not there is `undefined`, which JSON leaves out.
const mayBeUndefined = (value: Value, present: ReadonlySet<string>): boolean =>
  value.t === 'symbol' &&
  !present.has(value.text) &&
  value.site?.module.language === 'javascript' &&
  /^(?:query|header|cookie)\.[\w-]+$/.test(value.text)

// Java: bytes are sent as they are.
const isByte = (value: Value): boolean =>
  value.t === 'symbol' && value.typed?.type.name === 'byte' && value.typed.scope.module.language === 'java'

const writesJson =
  /^(?:(?:json|simplejson|ujson|orjson|flask\.json)\.dumps|JSON\.stringify|flask\.jsonify)\(\)$/

/** The shape of answers that are given in several ways: each of them, where all are known. Objects of the same fields are one. */
export function shapeOfAll(
  shapes: Shapes,
  bodies: readonly (Value | null)[],
  present: ReadonlySet<string> = new Set(),
): Shape {
  const ways = bodies
    .flatMap((body) => (body ? each(body) : []))
    // Of a body that is empty there is nothing to say.
    .filter((one) => !(one.t === 'const' && one.v === ''))
    .map((one) => shapeInto(shapes, one, true, new Set(), present))
  if (ways.some(({ type }) => type === 'unknown')) return { type: 'unknown' }
  const known = new Map<string, Shape>()
  for (const way of ways.filter(({ type }) => type !== 'null')) {
    const key =
      way.type === 'object'
        ? way.fields
            .map(({ name }) => name)
            .toSorted()
            .join(' ')
        : JSON.stringify(way)
    const other = known.get(key)
    known.set(key, other ? ofEither([other, way]) : way)
  }
  const all = [...known].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, shape]) => shape)
  const [only] = all
  if (only === undefined) return { type: 'unknown' }
  return all.length === 1 ? only : { type: 'union', of: all.slice(0, maxWays) }
}

const maxWays = 4

/** What a value is that may be any of these: what all of them say. Nothing is known of it where that is so of one of them. */
function ofEither(ways: readonly Shape[]): Shape {
  const [first] = ways
  if (!first) return { type: 'unknown' }
  const of: Shape[] = []
  for (const way of ways.flatMap((one) => (one.type === 'union' ? one.of : [one]))) {
    if (way.type === 'unknown') return way
    const at = of.findIndex((one) => one.type === way.type && isOneWith(one, way))
    const other = of[at]
    if (other) of[at] = asOne(other, way)
    else of.push(way)
  }
  const [only] = of
  if (of.length === 1 && only) return only
  return of.length > maxWays ? { type: 'unknown' } : { type: 'union', of }
}

const isOneWith = (a: Shape, b: Shape): boolean =>
  a.type === 'object' || a.type === 'array' || JSON.stringify(a) === JSON.stringify(b)

// Of two objects each field that either has: it is there where it is in both, and what is said of it is said by both.
function asOne(a: Shape, b: Shape): Shape {
  if (a.type === 'array' && b.type === 'array') return { type: 'array', items: ofEither([a.items, b.items]) }
  if (a.type !== 'object' || b.type !== 'object') return a
  const others = new Map(b.fields.map((field) => [field.name, field]))
  const own = new Set(a.fields.map(({ name }) => name))
  return {
    type: 'object',
    fields: [
      ...a.fields.map((field): Field => {
        const other = others.get(field.name)
        return other
          ? {
              name: field.name,
              shape: ofEither([field.shape, other.shape]),
              isRequired: field.isRequired && other.isRequired,
              constraints: eitherConstant(field.constraints, other.constraints),
            }
          : { ...field, isRequired: false }
      }),
      ...b.fields.filter(({ name }) => !own.has(name)).map((field) => ({ ...field, isRequired: false })),
    ],
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
