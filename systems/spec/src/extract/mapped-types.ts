import type { Field } from '../facts/shape.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import type { ClassRef, SymbolValue, Value } from '../resolve/values.ts'
import { textOf } from '../resolve/values.ts'

const maps = /^@nestjs\/(?:mapped-types|swagger|graphql)\.(Partial|Pick|Omit|Intersection)Type\(\)$/
const maxDepth = 6

/** What a class of JavaScript extends that calls of Nest make of other classes (docs.nestjs.com, "Mapped types"). */
const mappedBases = (interpreter: Interpreter, ref: ClassRef): SymbolValue[] =>
  ref.module.language === 'javascript'
    ? ref.cls.baseExprs.flatMap((base) => {
        const made = base.k === 'call' ? interpreter.evaluateIn(base, ref.scope) : null
        return made?.t === 'symbol' && maps.test(made.path) ? [made] : []
      })
    : []

/** The fields that a class has of those: all of them, those that are named, those that are not, or all and none needed. */
export function mappedFields(
  interpreter: Interpreter,
  ref: ClassRef,
  fieldsOf: (ref: ClassRef) => readonly Field[],
): Field[] {
  return mappedBases(interpreter, ref).flatMap((base) => fieldsIn(base, fieldsOf, 0))
}

function fieldsIn(value: Value, fieldsOf: (ref: ClassRef) => readonly Field[], depth: number): Field[] {
  if (value.t === 'class') return [...fieldsOf(value.ref)]
  const kind = value.t === 'symbol' ? maps.exec(value.path)?.[1] : undefined
  if (value.t !== 'symbol' || kind === undefined || depth > maxDepth) return []
  const [first, second] = value.args.map((arg) => arg.value)
  const inner = (one: Value | undefined) => (one ? fieldsIn(one, fieldsOf, depth + 1) : [])
  if (kind === 'Partial') return inner(first).map((field) => ({ ...field, isRequired: false }))
  if (kind === 'Intersection') {
    const all = value.args.flatMap((arg) => inner(arg.value))
    return all.filter(({ name }, index) => all.findLastIndex((one) => one.name === name) === index)
  }
  const names = second?.t === 'list' ? second.items.map(textOf) : []
  return inner(first).filter(({ name }) => names.includes(name) === (kind === 'Pick'))
}

/** The classes that those are made of. */
export function mappedClasses(interpreter: Interpreter, ref: ClassRef): ClassRef[] {
  const within = (value: Value, depth: number): ClassRef[] =>
    value.t === 'class'
      ? [value.ref]
      : value.t === 'symbol' && maps.test(value.path) && depth <= maxDepth
        ? value.args.flatMap((arg) => within(arg.value, depth + 1))
        : []
  return mappedBases(interpreter, ref).flatMap((base) => within(base, 0))
}
