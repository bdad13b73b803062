import type { Constraint, Field, Shape } from '../../facts/shape.ts'
import { constraintOf } from '../../packs/validators/validators.ts'
import type { Expr } from '../../parse/ir.ts'
import { noteWritten, writtenOf } from '../../resolve/declared.ts'
import type { ArgValue, ObjectValue, SymbolValue, Value } from '../../resolve/values.ts'
import { constant, each, symbol, textOf } from '../../resolve/values.ts'
import { keyOf, listOfDescribed } from './described.ts'
import type { Described } from './described.ts'
import { ownTable } from '../../parse/own-table.ts'

/** Libraries whose schemas are made by calls: zod, Joi, yup, superstruct, TypeBox (Elysia's `t` too). */
const roots =
  /^(?:zod|joi|@hapi\/joi|koa-joi-router\.Joi|celebrate|yup|@hono\/zod-openapi|fastify-type-provider-zod|@sinclair\/typebox|typebox|@fastify\/type-provider-typebox|superstruct|elysia\.t)\b/i

interface Step {
  name: string
  args: ArgValue[]
}

/** The calls of a schema's chain, from the first on; null where it is of no library that is known. */
function stepsOf(value: SymbolValue): Step[] | null {
  if (!roots.test(value.path)) return null
  const steps: Step[] = []
  for (let one: Value | null = value; one?.t === 'symbol'; one = one.of) {
    if (!one.path.endsWith('()')) {
      const part = partOf(one)
      if (part === null) continue
      const before = part.t === 'symbol' ? stepsOf(part) : null
      return before && [...before, ...steps]
    }
    const name = /([\w$]+)\(\)$/.exec(one.path)?.[1] ?? ''
    steps.unshift({ name: name.replace(/^Type\./, ''), args: one.args })
  }
  return steps.length > 0 ? steps : null
}

/** Members by which schemas give those of their fields: `Boat.shape.name` of zod, `Boat.properties.name` of TypeBox, `Boat.fields.name` of yup. */
const holdsFields = /\)\.(?:shape|properties|fields)$/

// The schema of a field that is asked of another; null where it is none.
function partOf({ of, path }: SymbolValue): Value | null {
  if (of?.t !== 'symbol' || !holdsFields.test(of.path)) return null
  const name = path.slice(of.path.length + 1)
  for (let one: Value | null = of.of; one?.t === 'symbol'; one = one.of)
    for (const { value } of one.args) {
      const found = value.t === 'object' ? value.props.get(name) : undefined
      if (found) return found
    }
  return symbol('?', name)
}

const kinds: Record<
  string,
  Shape['type'] & ('string' | 'number' | 'integer' | 'boolean' | 'null' | 'unknown')
> = {
  string: 'string',
  String: 'string',
  number: 'number',
  Number: 'number',
  bigint: 'integer',
  int: 'integer',
  integer: 'integer',
  Integer: 'integer',
  boolean: 'boolean',
  bool: 'boolean',
  Boolean: 'boolean',
  date: 'string',
  Date: 'string',
  null: 'null',
  Null: 'null',
  any: 'unknown',
  unknown: 'unknown',
  mixed: 'unknown',
  Any: 'unknown',
  Unknown: 'unknown',
}
const formats: Record<string, string> = ownTable({
  email: 'email',
  uuid: 'uuid',
  guid: 'uuid',
  url: 'uri',
  uri: 'uri',
  datetime: 'date-time',
  isoDate: 'date-time',
})
const lows = new Set(['min', 'gte', 'nonempty'])
const highs = new Set(['max', 'lte'])

/**
 * A schema made by a chain of calls, as zod, Joi and yup have them (`z.string().min(1).optional()`), or by TypeBox's functions with options.
 * Joi's and yup's fields may be missing unless they say `required`; zod's and TypeBox's unless they say `optional`.
 */
export function chainSchema(value: Value, inside: (inner: Value) => Described | null): Described | null {
  if (value.t !== 'symbol') return null
  const steps = stepsOf(value)
  if (!steps) return null
  const isLax = /^(?:joi|@hapi\/joi|koa-joi-router|celebrate|yup)/i.test(value.path)
  const isTypeBox = /typebox|^elysia\b/i.test(value.path)
  const described: Described = { shape: { type: 'unknown' }, constraints: [], isRequired: !isLax }
  for (const { name, args } of steps) {
    const [first] = args.map((arg) => arg.value)
    if (isTypeBox) typeBox(described, name, args, inside)
    else step(described, name, first, args, inside)
  }
  return described
}

function step(
  into: Described,
  name: string,
  first: Value | undefined,
  args: readonly ArgValue[],
  inside: (inner: Value) => Described | null,
): void {
  const bound = (keyword: Constraint['keyword'], given: Value | undefined) => {
    const made = constraintOf(keyword, given)
    if (made) into.constraints.push(made)
  }
  const isList = into.shape.type === 'array'
  const isText = into.shape.type === 'string'
  const kind = kinds[name]
  if (kind && into.shape.type === 'unknown') into.shape = { type: kind }
  else if (name === 'int' || name === 'integer') into.shape = { type: 'integer' }
  else if (
    /^(?:object|strictObject|looseObject|shape|keys|extend|append|merge|concat|noUnknown)$/.test(name)
  ) {
    const own = first?.t === 'object' ? first : null
    const merged = !own && first && name !== 'object' ? inside(first)?.shape : null
    const fields = own ? fieldsOf(own, inside) : merged?.type === 'object' ? merged.fields : []
    const known = into.shape.type === 'object' ? into.shape.fields : []
    const names = new Set(fields.map((field) => field.name))
    into.shape = { type: 'object', fields: [...known.filter((field) => !names.has(field.name)), ...fields] }
  } else if (name === 'array') {
    // `z.string().min(1).array()`: what was asked so far is asked of each.
    const isOfBefore = into.shape.type !== 'unknown'
    into.shape = listOfDescribed(isOfBefore ? into : first ? inside(first) : null)
    if (isOfBefore) into.constraints = []
  } else if ((name === 'items' || name === 'of') && isList)
    into.shape = listOfDescribed(first ? inside(first) : null)
  else if (name === 'record' || name === 'pattern') {
    if (name === 'record')
      into.shape = {
        type: 'map',
        values: (args.at(-1) ? inside(args.at(-1)?.value ?? { t: 'const', v: null })?.shape : null) ?? {
          type: 'unknown',
        },
      }
    else bound('pattern', first)
  } else if (/^(?:enum|nativeEnum|valid|oneOf|allow|literal|equal)$/.test(name)) {
    if (name === 'allow') {
      if (first?.t === 'const' && first.v === null) return
      return
    }
    const values =
      first?.t === 'list'
        ? first.items
        : first?.t === 'object'
          ? [...first.props.values()]
          : first?.t === 'class' && first.ref.cls.kind === 'enum'
            ? first.ref.cls.constants.map(({ value }): Value => constantOf(value))
            : args.map((arg) => arg.value)
    bound('enum', { t: 'list', items: values, isOpen: false })
    const types = new Set(values.map((one) => (one.t === 'const' ? typeof one.v : 'text')))
    const isKnown = values.length > 0 && !values.some(({ t }) => t === 'symbol' || t === 'class')
    if (into.shape.type === 'unknown' && isKnown)
      into.shape = types.size === 1 && types.has('number') ? { type: 'number' } : { type: 'string' }
  } else if (lows.has(name))
    bound(
      isList ? 'minItems' : isText ? 'minLength' : 'minimum',
      name === 'nonempty' ? { t: 'const', v: 1 } : first,
    )
  else if (highs.has(name)) bound(isList ? 'maxItems' : isText ? 'maxLength' : 'maximum', first)
  else if (name === 'length') {
    bound(isList ? 'minItems' : 'minLength', first)
    bound(isList ? 'maxItems' : 'maxLength', first)
  } else if (name === 'gt' || name === 'greater' || name === 'moreThan') bound('exclusiveMinimum', first)
  else if (name === 'lt' || name === 'less' || name === 'lessThan') bound('exclusiveMaximum', first)
  else if (name === 'positive') into.constraints.push({ keyword: 'exclusiveMinimum', value: 0 })
  else if (name === 'nonnegative') into.constraints.push({ keyword: 'minimum', value: 0 })
  else if (name === 'multipleOf' || name === 'multiple') bound('multipleOf', first)
  else if (name === 'regex' || name === 'matches') bound('pattern', first)
  else if (name === 'optional' || name === 'nullish' || name === 'notRequired' || name === 'partial') {
    if (name === 'partial' && into.shape.type === 'object')
      into.shape = {
        type: 'object',
        fields: into.shape.fields.map((field) => ({ ...field, isRequired: false })),
      }
    else into.isRequired = false
  } else if (name === 'required' || name === 'exist') {
    into.isRequired = true
    if (into.shape.type === 'object' && first === undefined && name === 'exist') into.isRequired = true
  } else if (name === 'default' || name === 'catch' || name === 'prefault') {
    into.isRequired = false
    if (first) into.default = first
  } else if (name === 'pick' || name === 'omit') chosen(into, name, first)
  else if (name === 'union' && first?.t === 'list') {
    const parts = first.items.flatMap((item) => inside(item) ?? [])
    const enums = parts.flatMap((part) => part.constraints.filter(({ keyword }) => keyword === 'enum'))
    if (enums.length === parts.length && parts.length > 0)
      into.constraints.push(
        noteWritten(
          { keyword: 'enum', value: enums.flatMap(({ value }) => (Array.isArray(value) ? value : [])) },
          writtenOf({ type: 'unknown' }, enums),
        ),
      )
    const [only] = parts
    if (only)
      into.shape =
        enums.length === parts.length ? only.shape : { type: 'union', of: parts.map(({ shape }) => shape) }
  } else if (/^(?:preprocess|lazy|effects|pipe)$/.test(name)) {
    const inner = args.map((arg) => inside(arg.value)).find((one) => one !== null)
    if (inner && into.shape.type === 'unknown') Object.assign(into, inner)
  } else {
    const format = formats[name]
    if (format !== undefined) {
      if (into.shape.type === 'unknown') into.shape = { type: 'string' }
      into.constraints.push({ keyword: 'format', value: format })
    }
  }
}

const constantOf = (e: Expr | null): Value =>
  e?.k === 'num' || e?.k === 'str' ? constant(e.value) : symbol('?')

function chosen(into: Described, name: string, first: Value | undefined): void {
  if (into.shape.type !== 'object' || first?.t !== 'object') return
  const names = new Set(first.props.keys())
  into.shape = {
    type: 'object',
    fields: into.shape.fields.filter((field) => names.has(field.name) === (name === 'pick')),
  }
}

function fieldsOf(object: ObjectValue, inside: (inner: Value) => Described | null): Field[] {
  return [...object.props].map(([name, inner]) => {
    const own = inside(inner)
    return {
      name,
      shape: own?.shape ?? { type: 'unknown' },
      isRequired: own?.isRequired ?? false,
      constraints: noteWritten([...(own?.constraints ?? [])], keyOf(object, name, inner)),
    }
  })
}

const optionNames: Record<string, Constraint['keyword']> = ownTable({
  minLength: 'minLength',
  maxLength: 'maxLength',
  minimum: 'minimum',
  maximum: 'maximum',
  exclusiveMinimum: 'exclusiveMinimum',
  exclusiveMaximum: 'exclusiveMaximum',
  pattern: 'pattern',
  minItems: 'minItems',
  maxItems: 'maxItems',
  multipleOf: 'multipleOf',
})

// `Type.Object({ … })`, `Type.Optional(Type.Integer({ minimum: 1 }))`.
function typeBox(
  into: Described,
  name: string,
  args: readonly ArgValue[],
  inside: (inner: Value) => Described | null,
): void {
  const [first, second] = args.map((arg) => arg.value)
  const kind = kinds[name]
  if (kind) into.shape = { type: kind }
  else if (name === 'Object' && first?.t === 'object')
    into.shape = { type: 'object', fields: fieldsOf(first, inside) }
  else if (/^(?:Composite|Intersect)$/.test(name) && first?.t === 'list') {
    const parts = first.items.map((one) => inside(one)?.shape)
    const fields = parts.flatMap((one) => (one?.type === 'object' ? one.fields : []))
    if (parts.every((one) => one?.type === 'object'))
      into.shape = { type: 'object', fields: [...new Map(fields.map((one) => [one.name, one])).values()] }
  } else if (name === 'Array') into.shape = listOfDescribed(first ? inside(first) : null)
  else if (name === 'Record')
    into.shape = { type: 'map', values: (second ? inside(second)?.shape : null) ?? { type: 'unknown' } }
  else if (/^(?:Optional|Readonly|ReadonlyOptional|Partial|Required)$/.test(name) && first) {
    const inner = inside(first)
    if (inner) Object.assign(into, inner)
    if (name === 'Partial' && into.shape.type === 'object')
      into.shape = {
        type: 'object',
        fields: into.shape.fields.map((field) => ({ ...field, isRequired: false })),
      }
    if (name.endsWith('Optional')) into.isRequired = false
  } else if (name === 'Literal' && first?.t === 'const') {
    into.shape = {
      type: typeof first.v === 'number' ? 'number' : typeof first.v === 'boolean' ? 'boolean' : 'string',
    }
    if (first.v !== null) into.constraints.push({ keyword: 'enum', value: [first.v] })
  } else if ((name === 'Union' || name === 'Enum') && first)
    step(into, name === 'Union' ? 'union' : 'nativeEnum', first, args, inside)
  else if (name === 'Unsafe' && first) {
    const inner = inside(first)
    if (inner) Object.assign(into, inner)
  } else if ((name === 'Pick' || name === 'Omit') && first) {
    const inner = inside(first)
    const names = second?.t === 'list' ? new Set(second.items.flatMap((item) => textOf(item) ?? [])) : null
    if (inner?.shape.type === 'object' && names)
      into.shape = {
        type: 'object',
        fields: inner.shape.fields.filter((field) => names.has(field.name) === (name === 'Pick')),
      }
  }
  const options = [...args]
    .toReversed()
    .flatMap((arg) => each(arg.value))
    .find((one) => one.t === 'object' && name !== 'Object')
  if (options?.t !== 'object') return
  for (const [key, keyword] of Object.entries(optionNames)) {
    const made = options.props.has(key) ? constraintOf(keyword, options.props.get(key)) : null
    if (made) into.constraints.push(made)
  }
  const format = textOf(options.props.get('format'))
  if (format !== null) into.constraints.push({ keyword: 'format', value: format })
  const otherwise = options.props.get('default')
  if (otherwise) {
    into.default = otherwise
    into.isRequired = false
  }
}
