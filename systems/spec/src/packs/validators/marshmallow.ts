import type { Condition } from '../../facts/condition.ts'
import { methodOf } from '../../resolve/members.ts'
import type { Interpreter } from '../../resolve/interpreter.ts'
import { symbol, textOf } from '../../resolve/values.ts'
import type { ClassRef, Site, Value } from '../../resolve/values.ts'

const hooks = /^marshmallow\.(?:decorators\.)?(validates|validates_schema|pre_load|post_load)(?:\(\))?$/
/** In which a schema runs its own code (marshmallow, "Extending Schemas"). */
const order = ['pre_load', 'validates', 'validates_schema', 'post_load']

/**
 * Runs the code of a schema that what it loads is given to: what processes it, and what refuses a field that is there, or all of it. `given`: what is loaded,
 * null where that is only known by its place.
 */
export function runSchemaCode(
  interpreter: Interpreter,
  schema: Value,
  ref: ClassRef,
  given: Value | null,
  { place, wrap }: { place: string; wrap: readonly string[] },
  site: Site,
): void {
  const whole = given ?? symbol('?', [place, ...wrap].join('.'))
  const fieldOf = (name: string) => symbol('?', [place, ...wrap, name].join('.'))
  const found = hooksOf(interpreter, ref)
  for (const kind of order) {
    if (kind === 'validates') fieldValidators(interpreter, ref, fieldOf, site)
    for (const one of found.filter((hook) => hook.kind === kind)) {
      const run = (value: Value) =>
        void interpreter.call(interpreter.member(schema, one.name, site), [{ name: null, value }], site)
      if (kind === 'validates')
        for (const name of one.fields)
          interpreter.within(isThere(fieldOf(name).text), () => run(fieldOf(name)))
      else run(whole)
    }
  }
}

const isThere = (subject: string): Condition => [[{ subject, op: 'present' }]]

// Methods that decorators make hooks, the nearest of a name.
function hooksOf(
  interpreter: Interpreter,
  ref: ClassRef,
): { kind: string; name: string; fields: string[] }[] {
  const seen = new Set<string>()
  return [ref, ...interpreter.lookup.orderOf(ref).slice(1)].flatMap((owner) =>
    owner.cls.members.flatMap((fn) => {
      if (fn.decorators.length === 0 || seen.has(fn.name)) return []
      seen.add(fn.name)
      return interpreter.decoratedMethod(methodOf({ fn, owner }, null)).marks.flatMap((mark) => {
        const kind = mark.t === 'symbol' ? hooks.exec(mark.path)?.[1] : undefined
        if (mark.t !== 'symbol' || kind === undefined) return []
        return [{ kind, name: fn.name, fields: mark.args.flatMap(({ value }) => textOf(value) ?? []) }]
      })
    }),
  )
}

// Functions that fields are made with (`validate=check`, `validate=[check, other]`).
function fieldValidators(
  interpreter: Interpreter,
  ref: ClassRef,
  fieldOf: (name: string) => Value & { text: string },
  site: Site,
): void {
  const seen = new Set<string>()
  for (const owner of [ref, ...interpreter.lookup.orderOf(ref).slice(1)])
    for (const { name, value } of owner.cls.fields) {
      const made = value && !seen.has(name) ? interpreter.evaluateIn(value, owner.scope) : null
      seen.add(name)
      const given = made?.t === 'symbol' ? made.args.find((arg) => arg.name === 'validate')?.value : undefined
      for (const one of given?.t === 'list' ? given.items : given ? [given] : [])
        if (one.t === 'func')
          interpreter.within(isThere(fieldOf(name).text), () =>
            interpreter.call(one, [{ name: null, value: fieldOf(name) }], site),
          )
    }
}
