import type { Constraint, Field, Shape } from '../facts/shape.ts'
import type { Expr, FieldDecl, TypeRef } from '../parse/ir.ts'
import { unwrap } from '../resolve/lookup.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import type { ClassRef, Scope, Value } from '../resolve/values.ts'

/** How Jackson writes the constants of an enum, where that is not by their names; `values` is null where they are not known. */
interface Spelled {
  values: (string | number)[] | null
  type: TypeRef | null
}

/** An enum of Java that is written as `@JsonValue` gives, or some of whose constants are named by `@JsonProperty`; null where they are written by their own names. */
function spelledBy(interpreter: Interpreter, ref: ClassRef): Spelled | null {
  const { cls, module } = ref
  const isValue = (e: Expr) => nameOf(e) === 'JsonValue'
  const method = cls.members.find(({ decorators }) => decorators.some(isValue))
  const field = cls.fields.find(({ decorators }) => decorators.some(isValue))
  if (method || field) {
    const values = cls.constants.map(({ name }): Value | null => {
      const one = interpreter.staticMember(ref, name)
      const had = one && interpreter.memberOf(one, method?.name ?? field?.name ?? '', null)
      if (!method || had?.t !== 'func') return had
      const site = { module, start: method.start, end: method.headEnd, symbol: cls.name }
      return interpreter.record(() => interpreter.call(had, [], site), 500).result
    })
    const known = values.flatMap((one) =>
      one?.t === 'const' && (typeof one.v === 'string' || typeof one.v === 'number') ? [one.v] : [],
    )
    return {
      values: known.length === cls.constants.length ? known : null,
      type: method?.returns ?? field?.type ?? null,
    }
  }
  const text = module.text.slice(cls.headEnd, cls.end)
  if (!/@JsonProperty\b/.test(text)) return null
  return {
    values: cls.constants.map(
      ({ name }) =>
        new RegExp(
          String.raw`@JsonProperty\(\s*(?:value\s*=\s*)?"([^"]*)"\s*\)\s*(?:@\w+(?:\([^()]*\))?\s*)*${name}\b`,
        ).exec(text)?.[1] ?? name,
    ),
    type: null,
  }
}

/** A field of a class as Jackson reads and writes it, where its type is an enum of the repository. */
export function spelledField(
  interpreter: Interpreter,
  field: Field,
  declared: FieldDecl,
  scope: Scope,
  ofType: (type: TypeRef, scope: Scope) => Shape,
): Field {
  if (scope.module.language !== 'java' || !declared.type) return field
  const target = interpreter.lookup.typeTarget(unwrap(declared.type).name, scope)
  if (typeof target === 'string' || target.cls.kind !== 'enum') return field
  const spelled = spelledBy(interpreter, target)
  if (!spelled) return field
  const others = field.constraints.filter(({ keyword }) => keyword !== 'enum')
  const constraints: Constraint[] = spelled.values
    ? [...others, { keyword: 'enum', value: spelled.values }]
    : others
  return { ...field, constraints, shape: spelled.type ? ofType(spelled.type, target.scope) : field.shape }
}

/** What stands before and after the names of a thing's fields, where Jackson puts them in the place of the thing (`@JsonUnwrapped`). */
export function unwrappedAs({
  decorators,
}: FieldDecl): { prefix: string; suffix: string; isChecked: boolean } | null {
  const found = decorators.find((one) => nameOf(one) === 'JsonUnwrapped')
  if (!found) return null
  const given = (wanted: string) => {
    const value = found.k === 'call' ? found.args.find(({ name }) => name === wanted)?.value : undefined
    return value?.k === 'str' ? value.value : ''
  }
  const isChecked = decorators.some((one) => nameOf(one) === 'Valid')
  return { prefix: given('prefix'), suffix: given('suffix'), isChecked }
}

function nameOf(e: Expr): string {
  if (e.k === 'call') return nameOf(e.callee)
  return e.k === 'name' || e.k === 'member' ? e.name : ''
}
