import { symbol } from './values.ts'
import type { SymbolValue, Value } from './values.ts'

const caught = new WeakSet<Value>()

/** What is caught and was not seen to be thrown: an error, whichever it is. */
export function unknownError(name: string): SymbolValue {
  const error = symbol('?', name, { isThere: true })
  caught.add(error)
  return error
}

/** Notes what a handler takes: whatever it was made by, it is an error. */
export function noteCaught(value: Value): void {
  if (value.t === 'symbol') caught.add(value)
}

/** Whether a value is one that was caught. */
export const isCaught = (value: Value): boolean => caught.has(value)
