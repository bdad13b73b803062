import type { Lexicon } from '../language/lexicon.ts'
import { lexemesOf } from '../language/lexemes.ts'

/** The meanings of a text's words, without those that carry none. */
export function meanings(text: string, lexicon: Lexicon): Set<string> {
  const words = lexemesOf(text, lexicon.language.code).flatMap(({ word, kind }) =>
    kind === 'sign' ? [] : [word],
  )
  const kept = words.filter((word) => !lexicon.isFunctionWord(word))
  return new Set((kept.length > 0 ? kept : words).map((word) => lexicon.meaning(word)))
}

/** Whether a query asks for these words: all of them are in it. `*` is in every query. */
export function asksFor(query: ReadonlySet<string>, words: string, lexicon: Lexicon): boolean {
  if (words === '*') return true
  const wanted = meanings(words, lexicon)
  return wanted.size > 0 && [...wanted].every((word) => query.has(word))
}

/** Whether a query asks for these words and for nothing else. */
export function asksForJust(query: ReadonlySet<string>, words: string, lexicon: Lexicon): boolean {
  return asksFor(query, words, lexicon) && query.size === meanings(words, lexicon).size
}
