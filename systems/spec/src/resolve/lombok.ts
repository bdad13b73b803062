import type { Class, Expr, FieldDecl, Module } from '../parse/ir.ts'

/**
 * The fields that a constructor which Lombok writes sets, in the order of its parameters (projectlombok.org, "@NoArgsConstructor, @RequiredArgsConstructor,
 * @AllArgsConstructor"); null where a class of Java has none of so many parameters, or writes one itself.
 */
export function lombokFields(cls: Class, { text }: Module, count: number): FieldDecl[] | null {
  const names = new Set(cls.decorators.map(nameOf))
  if (
    count === 0 ||
    cls.members.some(({ name, params }) => name === 'constructor' && params.length === count)
  )
    return null
  const isFinal = ({ start, end }: FieldDecl) => /\bfinal\b/.test(text.slice(start, end).split('=')[0] ?? '')
  const own = cls.fields.filter(
    (field) => !field.isStatic && !(field.value && (isFinal(field) || names.has('Value'))),
  )
  const required = own.filter(
    (field) => !field.value && (isFinal(field) || field.decorators.some((one) => nameOf(one) === 'NonNull')),
  )
  const written = [
    ...(names.has('AllArgsConstructor') || names.has('Value') ? [own] : []),
    ...(names.has('RequiredArgsConstructor') || names.has('Data') ? [required] : []),
  ]
  return written.find(({ length }) => length === count) ?? null
}

/** Whether Lombok writes a class a method of this name that makes one of it, as its constructor would (`staticName`, `staticConstructor`). */
export const isMadeBy = ({ decorators, members }: Class, name: string): boolean =>
  !members.some((one) => one.name === name) &&
  decorators.some(
    (one) =>
      one.k === 'call' &&
      /^(?:AllArgsConstructor|RequiredArgsConstructor|NoArgsConstructor|Data|Value)$/.test(nameOf(one)) &&
      one.args.some(
        (arg) =>
          /^static(?:Name|Constructor)$/.test(arg.name ?? '') &&
          arg.value.k === 'str' &&
          arg.value.value === name,
      ),
  )

function nameOf(e: Expr): string {
  const of = e.k === 'call' ? e.callee : e
  return of.k === 'name' || of.k === 'member' ? of.name : ''
}
