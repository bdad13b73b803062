import type { SortOrder } from '../domain/constraints.ts'
import { anyOf, grammarOf } from '../language/grammar.ts'
import type { Grammar } from '../language/grammar.ts'
import type { LanguageCode } from '../language/languages.ts'

export interface FoundOrder {
  sort: SortOrder
  start: number
  end: number
}

type Pattern = readonly [SortOrder, RegExp]

/** Words that may stand between a superlative and what it is of: "the most highly rated", "die beste durchschnittliche Bewertung". */
const between = '(?:[\\s-]+\\p{L}+)??[\\s-]+'

const known = new Map<LanguageCode, readonly Pattern[]>()

/**
 * How orders are said: a word that is a superlative itself ("cheapest"), or one of being best, most or least beside what it is of
 * ("best rating", "am besten bewertet", "le moins cher"). "Most reviews" counts them, "best reviews" judges by them.
 */
function patternsOf(code: LanguageCode): readonly Pattern[] {
  const found = known.get(code)
  if (found !== undefined) return found
  const grammar = grammarOf(code)
  const any = (...roles: (keyof Grammar)[]): string => anyOf(roles.flatMap((role) => grammar[role]))
  const pair = (superlative: string, of: string): string => `${superlative}${between}${of}`
  const sources: [SortOrder, string[]][] = [
    [
      'price-ascending',
      [
        any('cheapest'),
        pair(any('least'), any('dear')),
        pair(any('most'), any('cheap')),
        pair(any('lowest'), any('price')),
      ],
    ],
    [
      'price-descending',
      [
        any('dearest'),
        pair(any('most'), any('dear')),
        pair(any('least'), any('cheap')),
        pair(any('highest'), any('price')),
      ],
    ],
    ['reviews', [any('most-popular'), pair(any('most'), any('reviews', 'popular'))]],
    ['rating', [any('best-rated'), pair(any('best', 'highest'), any('rated', 'reviews'))]],
    ['newest', [any('newest')]],
  ]
  const patterns = sources.map(([sort, each]): Pattern => [sort, new RegExp(each.join('|'), 'iu')])
  known.set(code, patterns)
  return patterns
}

/** "Sort by price, high to low": as lists of shops put it, in English. */
const bySorting: readonly Pattern[] = [
  [
    'price-descending',
    /(?<![\p{L}])(?:(?:sort(?:ed)?|order(?:ed)?)\s+by\s+price\s*[:,(-]*\s*(?:desc(?:ending)?|high(?:est)?(?:\s+to\s+low)?(?:est)?)\)?|price\s*:?\s*high(?:est)?\s+to\s+low(?:est)?)(?![\p{L}])/iu,
  ],
  [
    'price-ascending',
    /(?<![\p{L}])(?:(?:sort(?:ed)?|order(?:ed)?)\s+by\s+price(?:\s*[:,(-]*\s*(?:asc(?:ending)?|low(?:est)?(?:\s+to\s+high)?(?:est)?)\)?)?|price\s*:?\s*low(?:est)?\s+to\s+high(?:est)?|low(?:est)?\s+to\s+high(?:est)?\s+price)(?![\p{L}])/iu,
  ],
  ['rating', /(?<![\p{L}])(?:sort(?:ed)?|order(?:ed)?)\s+by\s+(?:rating|reviews?|stars?)(?![\p{L}])/iu],
  ['newest', /(?<![\p{L}])(?:sort(?:ed)?|order(?:ed)?)\s+by\s+(?:newest|date|latest|new)(?![\p{L}])/iu],
]

/** The order that a query asks for, with the words that say so (they match no product); null without one. */
export function findOrder(text: string, language: LanguageCode): FoundOrder | null {
  for (const [sort, pattern] of [...bySorting, ...patternsOf(language)]) {
    const match = pattern.exec(text)
    if (match !== null) return { sort, start: match.index, end: match.index + match[0].length }
  }
  return null
}
