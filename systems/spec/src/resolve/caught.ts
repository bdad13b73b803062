import type { Condition } from '../facts/condition.ts'
import { areOpposite } from './told.ts'
import type { Effect, Value } from './values.ts'

const raisedEffects = new WeakMap<Value, Effect>()

/** What a handler is given of an error that was seen to be thrown: thrown again, it comes from where it came. */
export function caughtValue(effect: Effect): Value {
  const { value } = effect
  const copy: Value = value.t === 'object' ? { ...value, props: new Map(value.props) } : { ...value }
  raisedEffects.set(copy, effect)
  return copy
}

/** Where an error that was caught was thrown first; undefined of any other. */
export const thrownBefore = (value: Value): Effect | undefined => raisedEffects.get(value)

/** Of more errors that a handler takes no more is told than that there may be others. */
export const maxCaught = 6

/** Whether an effect is an error that a `catch` takes. */
export const isThrown = ({ kind, note }: Effect) => kind === 'raise' && note['isHandedOn'] !== true

/**
 * The same in fewer: what a handler throws on both sides of a test (`if (known) throw error`, and later `throw error`) comes whatever that one says. Without, each
 * handler around others would take all of these apart.
 */
export function rejoined(effects: readonly Effect[]): Effect[] {
  const kept: Effect[] = []
  for (const effect of effects) {
    let one = effect
    for (let joined = isThrown(one) ? joinedWith(kept, one) : null; joined; joined = joinedWith(kept, one)) {
      kept.splice(joined.at, 1)
      one = joined.effect
    }
    kept.push(one)
  }
  return kept
}

function joinedWith(all: readonly Effect[], one: Effect): { at: number; effect: Effect } | null {
  for (const [at, other] of all.entries()) {
    if (other.value !== one.value || other.site !== one.site || other.names !== one.names) continue
    if (Object.entries({ ...other.note, ...one.note }).some(([key]) => other.note[key] !== one.note[key]))
      continue
    const side = only(other.conditions, one.conditions)
    const otherSide = side && only(one.conditions, other.conditions)
    if (otherSide && areOpposite(side, otherSide))
      return { at, effect: { ...other, conditions: other.conditions.filter((each) => each !== side) } }
  }
  return null
}

/** The one condition that is not among others; null where that is not one. */
function only(conditions: readonly Condition[], others: readonly Condition[]): Condition | null {
  const [first, ...more] = new Set(conditions.filter((each) => !others.includes(each)))
  return more.length === 0 ? (first ?? null) : null
}
