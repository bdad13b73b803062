import type { Condition } from '../facts/condition.ts'
import type { Runtime } from './runtime.ts'
import { printValue } from './values.ts'
import type { ArgValue, Site, SymbolValue, Value } from './values.ts'

/** Calls that throw what they are given where they find nothing, by their names: `findOne(…).orFail(() => new Lost())`, `executeTakeFirstOrThrow(Lost)`. */
const throwsGiven = /(?:OrThrow|^orFail)$/

/** Has what a call of JavaScript throws where it finds nothing thrown there; false where the call is none of these. */
export function throwsWhereMissing(
  interpreter: Runtime,
  callee: SymbolValue,
  args: readonly ArgValue[],
  site: Site,
): boolean {
  const name = callee.path.split('.').at(-1) ?? ''
  const given = args.at(-1)?.value
  if (!throwsGiven.test(name) || !callee.of || !given) return false
  const thrown = thrownBy(interpreter, given, site)
  if (!thrown) return false
  const asked = printValue(callee.of)
  const found = name.replace(throwsGiven, '')
  const missing: Condition = [[{ subject: found === '' ? asked : `${asked}.${found}()`, op: 'absent' }]]
  interpreter.within(missing, () => interpreter.raise(thrown(), site))
  return true
}

// A function that makes an error, its class, or the error itself.
function thrownBy(interpreter: Runtime, given: Value, site: Site): (() => Value) | null {
  if (given.t === 'func') return () => interpreter.call(given, [], site)
  if (given.t === 'class') return () => interpreter.instantiate(given.ref, [], site)
  return given.t === 'object' && given.ref !== null ? () => given : null
}
