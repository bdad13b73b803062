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
