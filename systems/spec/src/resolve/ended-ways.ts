import { isDeepStrictEqual } from 'node:util'
import { unsaid } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import type { Runtime } from './runtime.ts'
import type { Effect, Value } from './values.ts'
import { ended, isSame } from './values.ts'
import { areToldApart, unionOfWays, waysOf } from './when.ts'

/** Functions past which it is not kept which of them gave what. */
const maxChosen = 4

/**
 * JavaScript: what each of several functions gives, with when it is that one, as a helper leaves them for its caller (`if (!fits) refuse = () => answer(400)`); null
 * where it is not known when it is which. What is no function is never called.
 */
export function givenByChosen(
  { effects }: { readonly effects: Effect[] | null },
  callee: Extract<Value, { t: 'union' }>,
  call: (of: Value) => Value,
): Value | null {
  const chosen = callee.of.filter(({ t }) => t === 'func')
  if (!effects || chosen.length < 2 || chosen.length > maxChosen || !areToldApart(callee)) return null
  if (!callee.of.every((one) => one.t === 'func' || one.t === 'const')) return null
  const ways = waysOf(callee).filter(({ value }) => value.t === 'func')
  if (ways.some(({ conditions }) => conditions.flat(2).includes(unsaid))) return null
  const before = effects.length
  const given = new Map(chosen.map((one) => [one, call(one)]))
  if ([...given.values()].includes(ended)) {
    effects.splice(before)
    return null
  }
  return unionOfWays(
    ways.map((way) => ({
      ...way,
      value: given.get(chosen.find((one) => isSame(one, way.value)) ?? way.value) ?? way.value,
    })),
  )
}

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
