import type { Constraint, Field, Shape } from '../../facts/shape.ts'
import type { Expr, Span } from '../../parse/ir.ts'
import { headOfClass, noteWritten } from '../../resolve/declared.ts'
import type { Interpreter } from '../../resolve/interpreter.ts'
import type { Scope } from '../../resolve/values.ts'
import type { ClassRef, Value } from '../../resolve/values.ts'
import { textOf } from '../../resolve/values.ts'
import { modelField, pythonField } from './python-fields.ts'

const schemas = /(?:^|\.)(?:\w*Serializer|Schema|SQLAlchemySchema|SQLAlchemyAutoSchema|ModelSchema)$/

/** Whether a class is a serializer of REST framework's or a schema of Marshmallow's: its fields are values, not types. */
export function isPythonSchema(interpreter: Interpreter, ref: ClassRef): boolean {
  if (ref.module.language !== 'python') return false
  const names = interpreter.lookup.ancestry(ref)
  // A service's own class of pydantic's may be called as theirs; Django Ninja's are pydantic's.
  return (
    !names.some((name) => /^pydantic\b.*\.BaseModel$/.test(name)) &&
    names.some(
      (name) =>
        schemas.test(name) &&
        !name.startsWith('ninja.') &&
        /rest_framework|marshmallow|serializers|^ma\.|\bma\b|apiflask|Schema$/.test(name),
    )
  )
}

/** Fields that a request may have, of a serializer or schema: those declared, and of a model those that `Meta` names. */
export function schemaFields(
  interpreter: Interpreter,
  ref: ClassRef,
  shapeOf: (ref: ClassRef) => Shape,
): Field[] {
  const declared = new Map<string, Field | null>()
  for (const one of [...chain(interpreter, ref)].toReversed())
    for (const { name, value, start, end } of one.cls.fields) {
      const given = value ? interpreter.evaluateIn(value, one.scope) : null
      const found = given ? pythonField(given, { shapeOf, lookup: interpreter.lookup }) : null
      // What is no field takes the place of one that is above (`SerializerMetaclass`).
      if (given?.t === 'const') declared.delete(name)
      else if (found)
        declared.set(
          name,
          found.isInput
            ? {
                name: found.name ?? name,
                shape: found.shape,
                isRequired: found.isRequired,
                constraints: at(found.constraints, one, { start, end }),
              }
            : null,
        )
    }
  const meta = metaOf(interpreter, ref)
  const model = meta('model')
  const listed = meta('fields')
  // Of a list that is made when the program runs only those are known that stand in it. What the class itself declares is in each (`get_field_names`).
  const isAll =
    listed === null ||
    textOf(listed) === '__all__' ||
    (listed.t === 'symbol' && listed.path.endsWith('.ALL_FIELDS'))
  const isWhole =
    listed?.t === 'list' && !listed.isOpen && listed.items.every((item) => textOf(item) !== null)
  const names = isAll ? null : textsOf(listed)
  const own = new Set(isWhole ? [] : ref.cls.fields.map(({ name }) => name))
  const readOnly = new Set(textsOf(meta('read_only_fields')))
  const left = new Set(textsOf(meta('exclude')))
  const fields = [...declared].flatMap(([name, field]) =>
    field && !readOnly.has(name) && (!model || !names || names.includes(name) || own.has(name))
      ? [field]
      : [],
  )
  if (model?.t !== 'class') return fields
  const extra = meta('extra_kwargs')
  const option = (name: string, key: string) => {
    const own = extra?.t === 'object' ? extra.props.get(name) : undefined
    return own?.t === 'object' ? own.props.get(key) : undefined
  }
  const sourceOf = (name: string) => textOf(option(name, 'source')) ?? name
  for (const one of chain(interpreter, model.ref))
    for (const { name: source, value, start, end } of one.cls.fields) {
      const stored = value ? interpreter.evaluateIn(value, one.scope) : null
      if (!stored || !modelField(stored)?.isInput) continue
      for (const name of names ? names.filter((each) => sourceOf(each) === source) : [source]) {
        if (declared.has(name) || readOnly.has(name) || left.has(name)) continue
        if (isTrue(option(name, 'read_only'))) continue
        const given = extra?.t === 'object' ? extra.props.get(name) : undefined
        const found = modelField(stored, given)
        if (!found) continue
        const required = option(name, 'required')
        const isRequired = required?.t === 'const' ? required.v === true : found.isRequired
        const constraints = at(found.constraints, one, { start, end })
        fields.push({ name, shape: found.shape, isRequired, constraints })
      }
    }
  return fields
}

/** Whether a schema has more than what requests set: what it only gives, and fields of a model that are not read. */
export function hasMoreFields(interpreter: Interpreter, ref: ClassRef, fields: readonly Field[]): boolean {
  const meta = metaOf(interpreter, ref)
  const listed = meta('fields')
  if (listed?.t === 'list')
    return listed.isOpen || listed.items.some((item) => !fields.some(({ name }) => name === textOf(item)))
  const isGiven = (value: Expr | null, scope: Scope) =>
    value !== null &&
    pythonField(interpreter.evaluateIn(value, scope), {
      shapeOf: () => ({ type: 'unknown' }),
      lookup: interpreter.lookup,
    })?.isInput === false
  return (
    meta('model') !== null ||
    chain(interpreter, ref).some(({ cls, scope }) => cls.fields.some(({ value }) => isGiven(value, scope)))
  )
}

/** Whether a field of a serializer stands for a thing that is stored, by itself or by the model's. */
export function isRelation(interpreter: Interpreter, ref: ClassRef, name: string): boolean {
  const declared = (of: ClassRef) =>
    chain(interpreter, of).flatMap(({ cls, scope }) =>
      cls.fields.flatMap((field) =>
        field.name === name && field.value ? interpreter.evaluateIn(field.value, scope) : [],
      ),
    )
  const model = metaOf(interpreter, ref)('model')
  const [own] = [...declared(ref), ...(model?.t === 'class' ? declared(model.ref) : [])]
  return (
    own?.t === 'object' || (own?.t === 'symbol' && /Related|ForeignKey|OneToOne|ManyToMany/.test(own.path))
  )
}

// A field's bounds, with where it is declared.
const at = (constraints: readonly Constraint[], ref: ClassRef, { start, end }: Span): Constraint[] =>
  noteWritten([...constraints], [{ module: ref.module, start, end, symbol: ref.cls.name }, headOfClass(ref)])

const isTrue = (value: Value | undefined) => value?.t === 'const' && value.v === true
const textsOf = (value: Value | null): string[] =>
  value?.t === 'list' ? value.items.flatMap((item) => textOf(item) ?? []) : []

// A class and what it extends, the nearest first.
function chain(interpreter: Interpreter, ref: ClassRef): ClassRef[] {
  const found = [ref]
  for (let at = 0; at < found.length && at < 12; at++) {
    const one = found[at]
    if (one) found.push(...interpreter.lookup.basesOf(one).filter((base) => !found.includes(base)))
  }
  return found
}

function metaOf(interpreter: Interpreter, ref: ClassRef): (name: string) => Value | null {
  return (name) => {
    for (const one of chain(interpreter, ref)) {
      const meta = one.cls.inner.find((inner) => inner.name === 'Meta')
      const field = meta?.fields.find((each) => each.name === name)
      if (field?.value) return interpreter.evaluateIn(field.value, one.scope)
    }
    return null
  }
}
