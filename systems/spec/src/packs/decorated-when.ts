import { always } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import { allOf, both } from '../resolve/conditions.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import type { FuncValue, Site, SymbolValue, Value } from '../resolve/values.ts'

/** When what decorates a function does, where a setting says whether it is that one. */
export const decoratedWhen = new WeakMap<Value, Condition>()

/** A mark of a function that is there in some cases. */
export function markWhere(mark: Value, when: Condition): Value {
  const all = both(when, decoratedWhen.get(mark) ?? always)
  if (all.every((row) => row.length === 0)) return mark
  const own = { ...mark }
  decoratedWhen.set(own, all)
  return own
}

/** What code outside decorates a function with that a decorator of the repository hands to it: `return login_required(fn)`. */
export function handedOn(
  interpreter: Interpreter,
  decorator: FuncValue,
  made: readonly Value[],
  fn: FuncValue,
  site: Site,
): Value[] {
  const takes = (one: Value): one is SymbolValue & { of: Value } =>
    one.t === 'symbol' &&
    one.of?.t === 'symbol' &&
    one.args[0]?.value.t === 'func' &&
    one.args[0].value.fn === fn.fn
  if (!made.some(takes)) return []
  if (made.length === 1) return made.flatMap((one) => (takes(one) ? [one.of] : []))
  return interpreter
    .outcomes(decorator, [{ name: null, value: fn }], site)
    .flatMap(({ value, conditions }) => (takes(value) ? [markWhere(value.of, allOf(conditions))] : []))
}
