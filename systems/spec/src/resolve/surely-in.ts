import type { Value } from './values.ts'

/** What `Optional.of` was given. */
const there = new WeakSet<Value>()

/** What is surely in an `Optional`. */
export function surelyIn(value: Value): Value {
  if (value.t !== 'symbol') return value
  const own = { ...value }
  there.add(own)
  return own
}

export const isSurelyIn = (value: Value): boolean => there.has(value)
