import { unsaid } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import type { Pack } from '../packs/pack.ts'
import { asError } from '../resolve/binding.ts'
import { comparison, truth } from '../resolve/conditions.ts'
import { isMadeError, mayBeError } from '../resolve/go-errors.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import type { Scope, Value } from '../resolve/values.ts'
import { constant, each } from '../resolve/values.ts'

const ofRead = /^(?:body|query|path|header|cookie|form) failed$/

/**
 * Errors that a handler of Go returns and that stand for no status by themselves, each with what has to hold for it to be one. What a call of the framework's
 * own gives is an answer.
 */
export function returnedErrors(
  value: Value,
  { uses }: Pack,
  interpreter: Interpreter,
  scope: Scope,
): { error: Value; when: Condition[] }[] {
  return each(value).flatMap((one) => {
    if (one.t === 'object')
      return one.ref && interpreter.lookup.method(one.ref, 'Error') ? [{ error: one, when: [] }] : []
    if (one.t !== 'symbol' || one.note === 'answered') return []
    if (isMadeError(one)) return [{ error: one, when: [] }]
    // What reading a request into something fails with may say a status by itself: a body of another type.
    if (
      ofRead.test(one.text) &&
      uses.test(one.path) &&
      (one.note as { fails?: number } | null)?.fails === undefined
    )
      return [{ error: one, when: [truth(one), [[unsaid]]] }]
    if (uses.test(one.path) || !(mayBeError(one) || one.path.endsWith('()'))) return []
    const error = asError(one, scope)
    return [{ error, when: [comparison('!=', error, constant(null))] }]
  })
}
