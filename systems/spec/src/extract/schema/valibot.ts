import type { Constraint, Field, Shape } from '../../facts/shape.ts'
import { constraintOf } from '../../packs/validators/validators.ts'
import { noteWritten } from '../../resolve/declared.ts'
import type { ArgValue, SymbolValue, Value } from '../../resolve/values.ts'
import { constant, textOf } from '../../resolve/values.ts'
import { listOfDescribed } from './described.ts'
import type { Described } from './described.ts'
import { ownTable } from '../../parse/own-table.ts'

/** What is described by a schema or, where it is none that is known, by nothing. */
type Inside = (inner: Value) => Described | null

const name = ({ path }: SymbolValue): string => /^valibot\..*?(\w+?)(?:Async|_)?\(\)$/.exec(path)?.[1] ?? ''

/** Schemas of one type (valibot.dev, "Schemas"). */
const kinds: Record<
  string,
  Shape['type'] & ('string' | 'number' | 'integer' | 'boolean' | 'null' | 'unknown')
> = {
  string: 'string',
  number: 'number',
  bigint: 'integer',
  boolean: 'boolean',
  date: 'string',
  null: 'null',
  any: 'unknown',
  unknown: 'unknown',
}

/** Actions that ask something of what a schema took (valibot.dev, "Actions"). */
const asks: Record<string, [keyword: Constraint['keyword'], ofList?: Constraint['keyword']]> = ownTable({
  minLength: ['minLength', 'minItems'],
  maxLength: ['maxLength', 'maxItems'],
  minValue: ['minimum'],
  maxValue: ['maximum'],
  gtValue: ['exclusiveMinimum'],
  ltValue: ['exclusiveMaximum'],
  multipleOf: ['multipleOf'],
  regex: ['pattern'],
  value: ['const'],
  values: ['enum'],
})
const formats: Record<string, string> = ownTable({
  email: 'email',
  rfcEmail: 'email',
  url: 'uri',
  uuid: 'uuid',
  ipv4: 'ipv4',
  ipv6: 'ipv6',
  isoDate: 'date',
  isoTimestamp: 'date-time',
  isoDateTime: 'date-time',
})
/** Actions that leave the type as it is; what stands after any other asks of what was made of the input. */
const keeps =
  /^(?:trim\w*|to(?:Lower|Upper)Case|normalize|brand|flavor|readonly|description|title|metadata|examples|check\w*|rawCheck|partialCheck|forward|some|every|custom|guard)$/

/** A schema of valibot, which is made by functions (`v.pipe(v.string(), v.minLength(1))`); null of any other value. A field may be missing only where it says so. */
export function valibotSchema(value: Value, inside: Inside): Described | null {
  if (value.t !== 'symbol' || !/^valibot\..*\(\)$/.test(value.path)) return null
  return schemaOf(name(value), value.args, inside)
}

function schemaOf(made: string, args: readonly ArgValue[], inside: Inside): Described | null {
  const [first, second] = args.map((arg) => arg.value)
  const of = (one: Value | undefined): Described =>
    (one && inside(one)) || { shape: { type: 'unknown' }, constraints: [], isRequired: true }
  const plain = (shape: Shape, constraints: Constraint[] = []): Described => ({
    shape,
    constraints,
    isRequired: true,
  })
  const kind = kinds[made]
  if (kind) return plain({ type: kind })
  switch (made) {
    case 'pipe':
      return piped(
        of(first),
        args.slice(1).map((arg) => arg.value),
      )
    case 'object':
    case 'strictObject':
    case 'looseObject':
    case 'objectWithRest':
      return plain({ type: 'object', fields: first?.t === 'object' ? fieldsOf(first.props, of) : [] })
    case 'array':
    case 'set':
      return plain(listOfDescribed(of(first)))
    case 'record':
      return plain({ type: 'map', values: of(second).shape })
    case 'picklist':
    case 'enum':
    case 'literal': {
      const given =
        made === 'literal' && first ? { t: 'list' as const, items: [first], isOpen: false } : first
      const found = constraintOf('enum', given)
      const types = new Set([found?.value ?? ''].flat().map((one) => typeof one))
      const [type] = types
      const isOther = types.size === 1 && (type === 'number' || type === 'boolean')
      return plain({ type: isOther ? type : 'string' }, found ? [found] : [])
    }
    case 'union':
    case 'variant': {
      const list = made === 'union' ? first : second
      if (list?.t !== 'list') return plain({ type: 'unknown' })
      const [only, ...more] = list.items.map((item) => of(item))
      return only && more.length === 0
        ? only
        : plain({ type: 'union', of: [...(only ? [only] : []), ...more].map(({ shape }) => shape) })
    }
    case 'intersect': {
      const parts = first?.t === 'list' ? first.items.map((item) => of(item).shape) : []
      return plain({
        type: 'object',
        fields: parts.flatMap((one) => (one.type === 'object' ? one.fields : [])),
      })
    }
    case 'optional':
    case 'exactOptional':
    case 'nullish':
    case 'undefinedable':
      return { ...of(first), isRequired: false, ...(second ? { default: second } : {}) }
    case 'fallback':
      // What does not fit is something else then.
      return { ...plain({ type: 'unknown' }), isRequired: false, ...(second ? { default: second } : {}) }
    case 'nonOptional':
    case 'nonNullish':
      return { ...of(first), isRequired: true }
    case 'nullable':
    case 'nonNullable':
    case 'config':
      return of(first)
    case 'partial':
    case 'required':
    case 'pick':
    case 'omit':
      return chosen(made, of(first), second)
    default:
      return null
  }
}

// A schema and what is asked of what it took, up to what makes something else of it.
function piped(schema: Described, actions: readonly Value[]): Described {
  const made: Described = { ...schema, constraints: [...schema.constraints] }
  const isList = made.shape.type === 'array'
  for (const action of actions) {
    if (action.t !== 'symbol') break
    const [given] = action.args.map((arg) => arg.value)
    const asked = name(action)
    const words = asks[asked]
    const format = formats[asked]
    const add = (keyword: Constraint['keyword'], value: Value | undefined) => {
      const found = constraintOf(keyword, value)
      if (found) made.constraints.push(found)
    }
    if (words) add((isList ? words[1] : undefined) ?? words[0], given)
    else if (asked === 'length' || asked === 'nonEmpty') {
      const bound = asked === 'length' ? given : constant(1)
      add(isList ? 'minItems' : 'minLength', bound)
      if (asked === 'length') add(isList ? 'maxItems' : 'maxLength', bound)
    } else if (asked === 'integer' || asked === 'safeInteger') made.shape = { type: 'integer' }
    else if (format !== undefined) made.constraints.push({ keyword: 'format', value: format })
    else if (!keeps.test(asked)) break
  }
  return made
}

const fieldsOf = (props: ReadonlyMap<string, Value>, of: (inner: Value) => Described): Field[] =>
  [...props].map(([key, inner]) => {
    const { shape, isRequired, constraints } = of(inner)
    const own = noteWritten([...constraints], inner.t === 'symbol' && inner.site ? [inner.site] : [])
    return { name: key, shape, isRequired, constraints: own }
  })

// `v.pick(Schema, ['name'])`; `v.partial(Schema)` is of all fields.
function chosen(made: string, schema: Described, keys: Value | undefined): Described {
  if (schema.shape.type !== 'object') return schema
  const named = keys?.t === 'list' ? new Set(keys.items.flatMap((item) => textOf(item) ?? [])) : null
  const isNamed = (field: Field) => named === null || named.has(field.name)
  const fields =
    made === 'pick'
      ? schema.shape.fields.filter(isNamed)
      : made === 'omit'
        ? schema.shape.fields.filter((field) => named !== null && !isNamed(field))
        : schema.shape.fields.map((field) =>
            isNamed(field) ? { ...field, isRequired: made === 'required' } : field,
          )
  return { ...schema, shape: { type: 'object', fields } }
}
