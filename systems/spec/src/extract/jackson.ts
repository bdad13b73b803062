import type { Expr, FieldDecl } from '../parse/ir.ts'
import { annotationsOf } from '../resolve/annotations.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import { each, textOf } from '../resolve/values.ts'
import type { ClassRef } from '../resolve/values.ts'

/**
 * Fields of a class of Java that neither requests nor answers have (Jackson's annotations, "Property Inclusion"): those that are ignored themselves, by what reads
 * them, or by name at the class.
 */
export function ignoredByJackson(interpreter: Interpreter, ref: ClassRef): Set<string> {
  const { cls, scope } = ref
  const accessors = [
    ...cls.fields.map(({ name, decorators }) => ({ property: name, decorators })),
    // `getMObj` reads `mObj`.
    ...cls.members.map(({ name, decorators }) => ({
      property: (/^(?:get|is|set)([A-Z]\w*)$/.exec(name)?.[1] ?? '').replace(/^[A-Z]/, (letter) =>
        letter.toLowerCase(),
      ),
      decorators,
    })),
  ]
  const having = (isAsked: (e: Expr) => boolean) =>
    new Set(accessors.filter(({ decorators }) => decorators.some(isAsked)).map(({ property }) => property))
  // One way alone is ignored where the other is named: a password that is set and not shown.
  const named = having(isNamed)
  const ignored = new Set([...having(isIgnore)].filter((property) => !named.has(property)))
  for (const { path, args } of annotationsOf(interpreter, cls.decorators, scope, ref))
    if (/(?:^|\.)JsonIgnoreProperties$/.test(path))
      for (const { name, value } of args)
        if (name === null || name === 'value')
          for (const one of each(value))
            for (const item of one.t === 'list' ? one.items : [one]) ignored.add(textOf(item) ?? '')
  return ignored
}

/**
 * Fields of a class of Java as methods that read them name them too (Jackson, "Property naming"): `@JsonProperty("depth") int getD()` is `depth`, whether or not
 * anything is kept of it.
 */
export function withNamedReaders({ cls }: ClassRef): FieldDecl[] {
  const readers = new Map(
    cls.members
      .filter(
        ({ params, isStatic, decorators }) => params.length === 0 && !isStatic && decorators.some(isNamed),
      )
      .map((one) => [propertyOf(one.name), one]),
  )
  const fields = cls.fields.map((field) => {
    const reader = readers.get(field.name) ?? givenAs(field, cls)
    readers.delete(field.name)
    return reader ? { ...field, decorators: [...reader.decorators, ...field.decorators] } : field
  })
  const more = [...readers].map(([name, { returns: type, decorators, start, end }]): FieldDecl => ({
    name,
    type,
    decorators,
    value: null,
    tag: '',
    isOptional: false,
    isStatic: false,
    start,
    end,
  }))
  return [...fields, ...more]
}

// What a constructor is given by another name is called so where a method reads it by that one, and none by its own.
function givenAs({ name }: FieldDecl, { members, decorators }: ClassRef['cls']) {
  if (decorators.some((one) => /^(?:Data|Value|Getter)$/.test(calledName(one)))) return undefined
  const readers = new Set(
    members.flatMap((one) => (one.params.length === 0 && !one.isStatic ? [propertyOf(one.name)] : [])),
  )
  if (readers.has(name)) return undefined
  return members
    .filter((one) => one.name === 'constructor' || one.isStatic)
    .flatMap(({ params }) => params)
    .find(
      (param) =>
        param.name === name &&
        param.decorators.some((one) => {
          const [given] = isNamed(one) && one.k === 'call' ? one.args : []
          return given?.value.k === 'str' && readers.has(given.value.value)
        }),
    )
}

/** `getDepth` reads `depth`; a method without such a name what it is called. */
const propertyOf = (name: string): string =>
  /^(?:get|is)([A-Z]\w*)$/.exec(name)?.[1]?.replace(/^[A-Z]/, (letter) => letter.toLowerCase()) ?? name

const isNamed = (e: Expr): boolean => calledName(e) === 'JsonProperty'

const isIgnore = (e: Expr): boolean =>
  /^(?:JsonIgnore|JsonbTransient)$/.test(calledName(e)) &&
  !(e.k === 'call' && e.args.some(({ value }) => value.k === 'bool' && !value.value))

function calledName(e: Expr): string {
  if (e.k === 'call') return calledName(e.callee)
  return e.k === 'name' || e.k === 'member' ? e.name : ''
}
