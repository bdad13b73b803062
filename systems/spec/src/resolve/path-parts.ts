import { textOf } from './values.ts'
import type { Value } from './values.ts'

/** Marks what a variable of a path stands for, which has no slash. */
export const pathPart = { isPathPart: true } as const

// Whether code looks in the path of a request for a word of routes (`path.contains("/admin/")`): none that a variable of the path stands for.
const isWordOfRoutes = (parts: readonly Value[], word: string): boolean =>
  word.includes('/') &&
  parts.every((one) => textOf(one) !== null || (one.t === 'symbol' && one.note === pathPart))

/** Whether a text that is known in parts has another in it; null where that is not known. */
export function hasInParts(parts: readonly Value[], word: string): boolean | null {
  if (parts.some((one) => textOf(one)?.includes(word))) return true
  return isWordOfRoutes(parts, word) ? false : null
}
