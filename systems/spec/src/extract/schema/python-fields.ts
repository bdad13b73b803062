import { listOf } from '../../facts/shape.ts'
import type { Constraint, Shape } from '../../facts/shape.ts'
import { constraintOf, keywordArguments } from '../../packs/validators/validators.ts'
import { argOf } from '../../packs/status.ts'
import type { Lookup } from '../../resolve/lookup.ts'
import type { ArgValue, ClassRef, SymbolValue, Value } from '../../resolve/values.ts'
import { constant, each, symbol, textOf } from '../../resolve/values.ts'

/** What is known of classes that are named where a field is made. */
export interface FieldClasses {
  shapeOf: (ref: ClassRef) => Shape
  lookup: Lookup
}

/** A field of a serializer or schema, as its constructor says it. */
export interface DeclaredField {
  shape: Shape
  constraints: Constraint[]
  isRequired: boolean
  /** The name that requests have for it, where that is another. */
  name: string | null
  /** False where requests do not have it (`read_only`, `dump_only`). */
  isInput: boolean
}

const shapes: Record<
  string,
  Shape['type'] & ('string' | 'integer' | 'number' | 'boolean' | 'file' | 'unknown')
> = {
  Integer: 'integer',
  Int: 'integer',
  PositiveInteger: 'integer',
  PositiveSmallInteger: 'integer',
  SmallInteger: 'integer',
  BigInteger: 'integer',
  Auto: 'integer',
  BigAuto: 'integer',
  PrimaryKeyRelated: 'integer',
  ForeignKey: 'integer',
  OneToOne: 'integer',
  Float: 'number',
  Decimal: 'number',
  Number: 'number',
  Boolean: 'boolean',
  Bool: 'boolean',
  NullBoolean: 'boolean',
  File: 'file',
  Image: 'file',
  Raw: 'unknown',
  JSON: 'unknown',
  Method: 'unknown',
  Pluck: 'unknown',
  Constant: 'unknown',
  SerializerMethod: 'unknown',
}
const formats: Record<string, string> = { Email: 'email', URL: 'uri', Url: 'uri', UUID: 'uuid' }

/** Classes of fields of libraries, and those of which it is known what they take. */
const fieldClass =
  /^(?:rest_framework|marshmallow|django_filters|flask_marshmallow|apiflask)\b.*\.(?:fields|serializers|relations)\.(?!\w*Serializer)\w+$/
const known = /\.(?!(?:Field|Related|RelatedField)$)\w+$/

const flag = (args: readonly ArgValue[], name: string): boolean | null => {
  const value = args.find((arg) => arg.name === name)?.value
  return value?.t === 'const' && typeof value.v === 'boolean' ? value.v : null
}
const has = (args: readonly ArgValue[], name: string | null) => args.some((arg) => arg.name === name)

/** A field of a REST framework serializer, a Marshmallow schema or a Django model; null where a value is none. */
export function pythonField(value: Value, classes: FieldClasses): DeclaredField | null {
  const [one] = each(value)
  if (one?.t === 'object' && one.ref?.module.language === 'python') {
    // A field of one's own is one of what it extends, and takes what its own code reads.
    const { ref, args } = one
    const base = classes.lookup.ancestry(ref).find((name) => fieldClass.test(name))
    if (base === undefined) return nested(ref, args, classes)
    const field = pythonField(symbol(`${base}()`, base, { args }), classes)
    const isRead = ['to_internal_value', 'deserialize', '_deserialize'].some((name) =>
      classes.lookup.method(ref, name),
    )
    return field && (isRead || !known.test(base)) ? { ...field, shape: { type: 'unknown' } } : field
  }
  if (one?.t !== 'symbol' || !one.path.endsWith('()')) return null
  const path = one.path.slice(0, -2)
  const rest = /(?:^|\.)(?:serializers|fields|relations)\.(\w+)Field$/.exec(path)?.[1]
  if (rest !== undefined && /rest_framework|^serializers/.test(path)) return restField(rest, one, classes)
  const schema =
    /(?:^|\.)(?:marshmallow|webargs|ma|marshmallow_sqlalchemy|apiflask|flask_marshmallow|flask_restx)\b.*?\.?(?:fields\.)?(\w+)$/.exec(
      path,
    )?.[1]
  if (schema !== undefined && /^[A-Z]/.test(schema) && schema !== 'Schema')
    return schemaField(schema, one, classes)
  return null
}

function restField(kind: string, { args }: SymbolValue, classes: FieldClasses): DeclaredField {
  const child = args.find(({ name }) => name === 'child')?.value
  const inner = child ? pythonField(child, classes) : null
  // "PrimaryKeyRelatedField": `pk_field` says what a key is written as and read from.
  const key = kind === 'PrimaryKeyRelated' ? args.find(({ name }) => name === 'pk_field')?.value : undefined
  const item: Shape = key
    ? (pythonField(key, classes)?.shape ?? { type: 'unknown' })
    : { type: shapes[kind] ?? 'string' }
  const shape: Shape =
    kind === 'List' || kind === 'ManyRelated' || flag(args, 'many') === true
      ? listOf(inner?.shape ?? (key ? item : { type: shapes[kind] ?? 'unknown' }), inner?.constraints)
      : kind === 'Dict' || kind === 'HStore'
        ? { type: 'map', values: { type: 'unknown' } }
        : item
  const readOnly = flag(args, 'read_only') === true || kind === 'SerializerMethod' || kind === 'Hidden'
  return {
    shape,
    constraints: withoutBlank(
      [...boundsOf(args, kind, shape), ...djangoValidators(args)],
      kind === 'Char' && !has(args, 'allow_blank'),
    ),
    isRequired: !readOnly && flag(args, 'required') !== false && !has(args, 'default'),
    name: null,
    isInput: !readOnly,
  }
}

// "CharField": an empty text is none, unless `allow_blank` says so.
const withoutBlank = (found: Constraint[], isFilled: boolean): Constraint[] =>
  isFilled && !found.some(({ keyword, value }) => keyword === 'minLength' && Number(value) > 0)
    ? [...found.filter(({ keyword }) => keyword !== 'minLength'), { keyword: 'minLength', value: 1 }]
    : found

/** Validators of Django (docs.djangoproject.com, "Validators"), which a serializer takes over from its model. */
const ofDjango: Record<string, { keyword: Constraint['keyword']; name: string }> = {
  RegexValidator: { keyword: 'pattern', name: 'regex' },
  MinValueValidator: { keyword: 'minimum', name: 'limit_value' },
  MaxValueValidator: { keyword: 'maximum', name: 'limit_value' },
  MinLengthValidator: { keyword: 'minLength', name: 'limit_value' },
  MaxLengthValidator: { keyword: 'maxLength', name: 'limit_value' },
}

function djangoValidators(args: readonly ArgValue[]): Constraint[] {
  const all = args.find(({ name }) => name === 'validators')?.value
  return (all?.t === 'list' ? all.items : []).flatMap((one): Constraint[] => {
    const kind = one.t === 'symbol' ? /^django\.core\.validators\.(\w+)\(\)$/.exec(one.path)?.[1] : undefined
    const rule = kind === undefined ? undefined : ofDjango[kind]
    if (one.t !== 'symbol' || !rule) return []
    // What else it is given may turn it around (`inverse_match`, `flags`).
    if (one.args.some(({ name }) => name === 'inverse_match' || name === 'flags')) return []
    const made = constraintOf(rule.keyword, argOf(one.args, { at: 0, name: rule.name }))
    return made ? [made] : []
  })
}

function nested(ref: ClassRef, args: readonly ArgValue[], classes: FieldClasses): DeclaredField {
  const own = classes.shapeOf(ref)
  const readOnly = flag(args, 'read_only') === true || flag(args, 'dump_only') === true
  return {
    shape: flag(args, 'many') === true ? { type: 'array', items: own } : own,
    constraints: [],
    isRequired: !readOnly && flag(args, 'required') !== false && !has(args, 'default'),
    name: null,
    isInput: !readOnly,
  }
}

function schemaField(kind: string, { args }: SymbolValue, classes: FieldClasses): DeclaredField | null {
  const first = argOf(args, 0)
  const inside = first ? insideOf(first, classes) : null
  const shape: Shape =
    kind === 'List' || kind === 'Tuple'
      ? { type: 'array', items: (kind === 'List' ? inside : null) ?? { type: 'unknown' } }
      : kind === 'DelimitedList'
        ? { type: 'array', items: inside ?? { type: 'string' } }
        : kind === 'Nested'
          ? flag(args, 'many') === true
            ? { type: 'array', items: inside ?? { type: 'unknown' } }
            : (inside ?? { type: 'unknown' })
          : kind === 'Dict' || kind === 'Mapping'
            ? { type: 'map', values: { type: 'unknown' } }
            : { type: shapes[kind] ?? 'string' }
  const isOutput =
    flag(args, 'dump_only') === true ||
    flag(args, 'readonly') === true ||
    kind === 'Method' ||
    kind === 'Function'
  return {
    shape,
    constraints: [
      ...boundsOf(args, kind, shape),
      ...validatorsOf(args.find(({ name }) => name === 'validate')?.value, shape),
    ],
    isRequired: flag(args, 'required') === true,
    name: textOf(args.find(({ name }) => name === 'data_key' || name === 'load_from')?.value),
    isInput: !isOutput,
  }
}

function insideOf(value: Value, classes: FieldClasses): Shape | null {
  const [one] = each(value)
  if (one?.t === 'class') return classes.shapeOf(one.ref)
  if (one?.t === 'symbol' && !one.path.endsWith('()'))
    return pythonField({ ...one, path: `${one.path}()` }, classes)?.shape ?? null
  return one ? (pythonField(one, classes)?.shape ?? null) : null
}

// Flask-RESTX, "Response marshalling".
const rangeArguments: Record<string, Constraint['keyword']> = { min: 'minimum', max: 'maximum' }

/** Bounds by keyword arguments, and what a class of fields bounds by itself. */
function boundsOf(args: readonly ArgValue[], kind: string, shape: Shape): Constraint[] {
  const found = args.flatMap(({ name, value }): Constraint[] => {
    if (name === null) return []
    if (name === 'choices' || name === 'enum') return choices(value)
    const keyword = keywordArguments[name] ?? rangeArguments[name]
    const key =
      shape.type === 'array' && keyword === 'minLength'
        ? 'minItems'
        : shape.type === 'array' && keyword === 'maxLength'
          ? 'maxItems'
          : keyword
    const made = key ? constraintOf(key, value) : null
    return made ? [made] : []
  })
  const format = formats[kind]
  if (format !== undefined) found.push({ keyword: 'format', value: format })
  if (kind.startsWith('Positive')) found.push({ keyword: 'minimum', value: 0 })
  if (kind === 'Slug') found.push({ keyword: 'pattern', value: '^[-a-zA-Z0-9_]+$' })
  return found
}

// Choices are values, or pairs of a value and what people see, or an enumeration's.
function choices(value: Value): Constraint[] {
  const items =
    value.t === 'list'
      ? value.items.map((item) => (item.t === 'list' ? (item.items[0] ?? item) : item))
      : value.t === 'object'
        ? [...value.props.keys()].map((key) => constant(key))
        : value.t === 'symbol' && value.path.endsWith('.choices') && value.of?.t === 'class'
          ? value.of.ref.cls.fields.flatMap((field) =>
              field.value?.k === 'str'
                ? [constant(field.value.value)]
                : field.value?.k === 'array' && field.value.items[0]?.k === 'str'
                  ? [constant(field.value.items[0].value)]
                  : [],
            )
          : []
  const found = items.length > 0 ? constraintOf('enum', { t: 'list', items, isOpen: false }) : null
  return found ? [found] : []
}

/** Validators of Marshmallow: `Length(min=1)`, `Range(1, 9)`, `OneOf([…])`, `Regexp(…)`. */
function validatorsOf(value: Value | undefined, shape: Shape): Constraint[] {
  const all = value ? (value.t === 'list' ? value.items : each(value)) : []
  const isList = shape.type === 'array'
  return all.flatMap((one): Constraint[] => {
    if (one.t !== 'symbol') return []
    const kind = /\.(\w+)\(\)$/.exec(one.path)?.[1]
    const from = (keyword: Constraint['keyword'], given: Value | undefined): Constraint[] => {
      const made = constraintOf(keyword, given)
      return made ? [made] : []
    }
    const [low, high] = [argOf(one.args, { at: 0, name: 'min' }), argOf(one.args, { at: 1, name: 'max' })]
    const equal = one.args.find(({ name }) => name === 'equal')?.value
    if (kind === 'Length')
      return [
        ...from(isList ? 'minItems' : 'minLength', low ?? equal),
        ...from(isList ? 'maxItems' : 'maxLength', high ?? equal),
      ]
    if (kind === 'Range') return [...from('minimum', low), ...from('maximum', high)]
    if (kind === 'OneOf') return from('enum', argOf(one.args, { at: 0, name: 'choices' }))
    if (kind === 'Regexp') return from('pattern', argOf(one.args, { at: 0, name: 'regex' }))
    if (kind === 'Email') return [{ keyword: 'format', value: 'email' }]
    if (kind === 'URL') return [{ keyword: 'format', value: 'uri' }]
    return kind === 'And'
      ? validatorsOf({ t: 'list', items: one.args.map((arg) => arg.value), isOpen: false }, shape)
      : []
  })
}

/** How long a text of these is by itself (docs.djangoproject.com, "Model field reference", `max_length`). */
const longestOf: Record<string, number> = { Email: 254, URL: 200, Slug: 50 }
const longest = (kind: string, args: readonly ArgValue[]): ArgValue[] => {
  const most = longestOf[kind]
  return most === undefined || has(args, 'max_length') ? [] : [{ name: 'max_length', value: constant(most) }]
}

/** A field of a Django model, as its serializer takes it (django-rest-framework.org, "ModelSerializer"); `extra`: what its `extra_kwargs` say of it. */
export function modelField(value: Value, extra?: Value): DeclaredField | null {
  const [one] = each(value)
  if (one?.t !== 'symbol' || !/(?:^|\.)models\.\w+\(\)$/.test(one.path)) return null
  const kind = (/(\w+)\(\)$/.exec(one.path)?.[1] ?? '').replace(/Field$/, '')
  const isMany = kind === 'ManyToMany'
  const shape: Shape = isMany
    ? { type: 'array', items: { type: 'integer' } }
    : { type: shapes[kind] ?? 'string' }
  const { args } = one
  const said: ArgValue[] =
    extra?.t === 'object' ? [...extra.props].map(([name, value]) => ({ name, value })) : []
  const isAutomatic =
    flag(args, 'auto_now') === true ||
    flag(args, 'auto_now_add') === true ||
    /^(?:Big)?Auto$/.test(kind) ||
    flag(args, 'primary_key') === true
  const mayMiss =
    flag(args, 'null') === true || flag(args, 'blank') === true || has(args, 'default') || kind === 'Boolean'
  return {
    shape,
    // What has choices is one of them, and asks for nothing else (REST framework, `build_choice_field`).
    constraints: has(args, 'choices')
      ? boundsOf(args, kind, shape).filter(({ keyword }) => keyword === 'enum')
      : withoutBlank(
          [
            ...boundsOf(
              [...longest(kind, [...args, ...said]), ...args.filter(({ name }) => !has(said, name)), ...said],
              kind,
              shape,
            ).filter(({ keyword }) => keyword !== 'pattern'),
            ...djangoValidators(has(said, 'validators') ? said : args),
          ],
          (kind === 'Char' || kind === 'Text') && flag(args, 'blank') !== true && !has(said, 'allow_blank'),
        ),
    isRequired: !isAutomatic && !mayMiss && flag(args, 'editable') !== false,
    name: null,
    isInput: !isAutomatic && flag(args, 'editable') !== false,
  }
}
