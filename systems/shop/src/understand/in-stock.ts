import type { Constraint } from '../domain/constraints.ts'
import { anyOf, grammarOf } from '../language/grammar.ts'
import type { LanguageCode } from '../language/languages.ts'
import { availabilityFacet } from '../search/constraints/facets.ts'

/** A wish for what can be had now, with where it stands in the text. */
export interface FoundInStock {
  constraint: Constraint
  start: number
  end: number
}

const patterns = new Map<LanguageCode, RegExp>()

/** "And in stock", "que haya stock": only what can be had now; null where that is not said. */
export function findInStock(text: string, code: LanguageCode): FoundInStock | null {
  const pattern = patterns.get(code) ?? new RegExp(anyOf(grammarOf(code)['in-stock']), 'u')
  patterns.set(code, pattern)
  const match = pattern.exec(text.toLowerCase())
  if (match === null) return null
  const [start, end] = [match.index, match.index + match[0].length]
  return {
    constraint: {
      kind: 'facet',
      name: availabilityFacet,
      values: ['in stock'],
      negated: false,
      strength: 'insisted',
      text: text.slice(start, end),
    },
    start,
    end,
  }
}
