import type { Constraint } from '../domain/constraints.ts'
import { anyOf, grammarOf } from '../language/grammar.ts'
import type { LanguageCode } from '../language/languages.ts'

/** How many reviews are asked for, with where it stood. */
export interface FoundReviewCount {
  constraint: Extract<Constraint, { kind: 'reviews' }>
  start: number
  end: number
}

const patterns = new Map<LanguageCode, RegExp>()

/** "At least 50 reviews", "50 or more reviews", "over 100 ratings", "mindestens 20 Bewertungen"; null without one. */
export function findReviewCount(text: string, code: LanguageCode): FoundReviewCount | null {
  const grammar = grammarOf(code)
  const pattern =
    patterns.get(code) ??
    new RegExp(
      String.raw`(?:(?<above>${anyOf(grammar.above)})|(?<least>${anyOf(grammar['at-least'])}))?\s*(?<number>\d[\d.,]*)\s*(?<more>${anyOf(grammar['or-more'])})?\s*(?:\p{L}+\s+)?(?:${anyOf(grammar.reviews)})`,
      'iu',
    )
  patterns.set(code, pattern)
  const match = pattern.exec(text)
  const { above, least, number, more } = match?.groups ?? {}
  if (match === null || number === undefined) return null
  if (above === undefined && least === undefined && more === undefined) return null
  const count = Number(number.replaceAll(/[.,]/g, ''))
  if (!Number.isSafeInteger(count)) return null
  const start = match.index
  const said = match[0].trimEnd()
  const min = above === undefined ? count : count + 1
  return { constraint: { kind: 'reviews', min, text: said.trimStart() }, start, end: start + said.length }
}
