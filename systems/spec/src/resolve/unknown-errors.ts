import { symbol } from './values.ts'
import type { SymbolValue, Value } from './values.ts'

const made = new WeakSet<Value>()

/** What is caught and was not seen to be thrown: an error, whichever it is. */
export function unknownError(name: string): SymbolValue {
  const error = symbol('?', name, { isThere: true })
  made.add(error)
  return error
}

/** Whether a value is one that was caught and not seen to be thrown. */
export const isUnknownError = (value: Value): boolean => made.has(value)
