import { isDeepStrictEqual } from 'node:util'
import { unsaid } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import type { Runtime } from './runtime.ts'
import type { Value } from './values.ts'
import { ended } from './values.ts'
import { areToldApart } from './when.ts'

/**
 * JavaScript: calls each of several functions of which it is known when it is which. What one does that never comes back comes where it is that one. Null of any
 * other.
 */
export function ofEachChosen(
  { effects }: Pick<Runtime, 'effects'>,
  callee: Extract<Value, { t: 'union' }>,
  call: (of: Value) => Value,
): Value[] | null {
  const { when } = callee
  if (!effects || !when || !areToldApart(callee) || !callee.of.every(({ t }) => t === 'func')) return null
  if (when.flat(2).includes(unsaid)) return null
  return callee.of.map((of, at) => {
    const before = effects.length
    const given = call(of)
    const own = when[at]
    if (given === ended && own)
      for (const effect of effects.slice(before)) effect.conditions = narrowed(effect.conditions, own)
    return given
  })
}

// What it says of the value already is said by which one it is.
function narrowed(conditions: readonly Condition[], own: Condition): Condition[] {
  const at = conditions.findLastIndex((one) => isSaid(one, own))
  return at === -1 ? [...conditions, own] : conditions.with(at, own)
}

const isSaid = (one: Condition, own: Condition): boolean =>
  own.every((row) =>
    one.some((other) => other.every((atom) => row.some((is) => isDeepStrictEqual(is, atom)))),
  )
