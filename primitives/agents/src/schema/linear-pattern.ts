import { RE2JS } from 're2js'

/** Tells whether a text matches somewhere, in time that grows with its length and no faster. */
export interface LinearPattern {
  test(text: string): boolean
}

const kept = new Map<string, LinearPattern | null>()

/**
 * A pattern of a schema, by RE2: schemas come from outside, and a pattern that backtracks could hold up the process for ever.
 * Null for what RE2 cannot do (look-around, back references) and for what is no pattern.
 */
export function linearPattern(source: string): LinearPattern | null {
  const known = kept.get(source)
  if (known !== undefined) return known
  const made = make(source)
  if (kept.size >= 10_000) kept.clear()
  kept.set(source, made)
  return made
}

function make(source: string): LinearPattern | null {
  try {
    const pattern = RE2JS.compile(RE2JS.translateRegExp(source))
    return { test: (text) => pattern.matcher(text).find() }
  } catch {
    return null
  }
}
