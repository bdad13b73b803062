import { HeavyliftError } from '@heavylift/core'
import { linesOf } from './data-files.ts'
import { fold } from './fold.ts'
import type { LanguageCode } from './languages.ts'

/** How a language says limits, choices and exclusions: the roles of `data/<code>/grammar.txt`. */
export const grammarRoles = [
  'at-least',
  'above',
  'at-most',
  'below',
  'around',
  'or-more',
  'or-less',
  'or-so',
  'between',
  'to',
  'and',
  'or',
  'nor',
  'not',
  'filler',
  'price',
  'budget',
  'each',
  'spend',
  'without',
  'free',
  'free-of',
  'only',
  'must',
  'apart',
  'gift',
  'set',
  'size',
  'in-stock',
  'age',
  'years',
  'child',
  'in',
  'who',
  'speaker',
  'this',
  'the',
  'article',
  'own',
  'users',
  'for',
  'from',
  'made-of',
  'reviews',
  'with',
  'most',
  'least',
  'best',
  'highest',
  'lowest',
  'rated',
  'popular',
  'dear',
  'cheap',
  'cheapest',
  'dearest',
  'cheaper',
  'too',
  'costlier',
  'cheaper-of',
  'dearer-of',
  'newest',
  'newer',
  'older',
  'successor',
  'predecessor',
  'best-rated',
  'most-popular',
  'half',
  'double',
  'asks',
  'asks-of-it',
  'how-many',
  'which',
  'in-all',
  'both',
  'against',
  'it',
  'similar',
  'some',
  'something',
  'rather',
  'colour',
  'when',
  'opener',
  'back',
  'habit',
  'less',
  'others',
  'other-one',
  'brand',
  'net',
  'gross',
  'wants',
  'likes',
  'takes',
  'accessories',
  'spare',
  'for-it',
  'fits',
  'again',
  'exists',
  'forbids',
  'every',
  'daily',
  'period',
] as const
export type GrammarRole = (typeof grammarRoles)[number]

/** Phrases by role, longest first, as they are written: lower case, with accents. */
export type Grammar = Readonly<Record<GrammarRole, readonly string[]>>

const known = new Map<LanguageCode, Grammar>()

/** The grammar of a language, read on first use. Throws `language-data-invalid` for a role that is missing or unknown. */
export function grammarOf(code: LanguageCode): Grammar {
  const found = known.get(code) ?? readGrammar(code)
  known.set(code, found)
  return found
}

function readGrammar(code: LanguageCode): Grammar {
  const phrases = new Map<string, string[]>()
  for (const line of linesOf(code, 'grammar')) {
    const [role = '', rest = ''] = line.split(/:(.*)/)
    const said = rest
      .split(', ')
      .map((phrase) => phrase.trim())
      .filter((phrase) => phrase !== '')
    phrases.set(
      role,
      said.toSorted((a, b) => b.length - a.length),
    )
  }
  const wrong = [
    ...grammarRoles.filter((role) => !phrases.has(role)),
    ...[...phrases.keys()].filter((role) => !(grammarRoles as readonly string[]).includes(role)),
  ]
  if (wrong.length > 0)
    throw new HeavyliftError({
      code: 'language-data-invalid',
      message: `data/${code}/grammar.txt lacks or does not know: ${wrong.join(', ')}.`,
    })
  return Object.fromEntries(phrases) as Record<GrammarRole, string[]>
}

/**
 * A regular expression's source that matches any of some phrases in a lower-case text, with and without accents; whole words where a
 * phrase begins or ends with a letter; `…` stands for any word. Nothing, where there are no phrases.
 */
export function anyOf(phrases: readonly string[]): string {
  if (phrases.length === 0) return '(?!)'
  const written = new Set(phrases.flatMap((phrase) => [phrase, fold(phrase)]))
  const sources = [...written]
    .toSorted((a, b) => b.length - a.length)
    .map((phrase) => {
      const source = phrase
        .split(' ')
        .map((word) =>
          word === '…'
            ? String.raw`\p{L}+`
            : word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/'/g, "['’]"),
        )
        .join('\\s+')
      const opens = /^[\p{L}\p{N}]/u.test(phrase) ? '(?<![\\p{L}\\p{N}])' : ''
      const closes = /[\p{L}\p{N}]$/u.test(phrase) ? '(?![\\p{L}\\p{N}])' : ''
      return `${opens}${source}${closes}`
    })
  return `(?:${sources.join('|')})`
}
