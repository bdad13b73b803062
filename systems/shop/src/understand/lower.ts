import { anyOf, grammarOf } from '../language/grammar.ts'
import type { LanguageCode } from '../language/languages.ts'

interface Patterns {
  lower: RegExp
  /** A lower price, and what has the higher one. */
  compared: RegExp
}
const known = new Map<LanguageCode, Patterns>()

/** Between a comparative and what it is compared with, in all of the languages. */
const than = anyOf(['than', 'als', 'dan', 'än', 'que', 'do que', 'di', 'del', 'della', 'dello'])

function patternsOf(code: LanguageCode): Patterns {
  const grammar = grammarOf(code)
  const less = `(?:${anyOf(grammar.cheaper)}|${anyOf(grammar.too)}\\s+${anyOf(grammar.dear)})`
  const named = `\\s+${than}(?!\\s+${anyOf(grammar.it)})`
  const patterns = known.get(code) ?? {
    lower: new RegExp(`${less}(?!${named})`, 'u'),
    compared: new RegExp(`${less}${named}`, 'u'),
  }
  known.set(code, patterns)
  return patterns
}

/**
 * Where a message wishes for less to pay than for what is in sight: "moins cher", "mais em conta", "zu teuer", "a cheaper one". Null where it
 * says none, or names what it compares with ("moins cher que Priorities").
 */
export function findLower(text: string, code: LanguageCode): { start: number; end: number } | null {
  const match = patternsOf(code).lower.exec(text.toLowerCase())
  return match === null ? null : { start: match.index, end: match.index + match[0].length }
}

/** Whether a message compares a price with that of something it names: "moins cher que Priorities". */
export const comparesPrice = (text: string, code: LanguageCode): boolean =>
  saidBeforeCompared(text, code) !== null

/** What a message says before it compares a price with that of something it names; null where it compares none. */
export function saidBeforeCompared(text: string, code: LanguageCode): string | null {
  const match = patternsOf(code).compared.exec(text.toLowerCase())
  return match === null ? null : text.slice(0, match.index)
}

const thanAll = anyOf([
  'than',
  'als',
  'dan',
  'än',
  'que',
  'do que',
  'di',
  'del',
  'della',
  'dello',
  'dei',
  'degli',
  'delle',
  "dell'",
])

/** What a message says before it holds a price against that of something it names, whichever is the higher: "is it" of "is it dearer than the jug". Null where it does not. */
export function saidBeforeCosts(text: string, code: LanguageCode): string | null {
  const { cheaper, costlier } = grammarOf(code)
  const costs = new RegExp(`${anyOf([...cheaper, ...costlier])}\\s+${thanAll}`, 'u')
  const match = costs.exec(text.toLowerCase())
  return match === null ? null : text.slice(0, match.index)
}

export const comparesCosts = (text: string, code: LanguageCode): boolean =>
  saidBeforeCosts(text, code) !== null
