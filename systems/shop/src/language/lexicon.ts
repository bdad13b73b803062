import { languageOf } from './language.ts'
import type { Language } from './language.ts'
import type { LanguageCode } from './languages.ts'
import { parseSynonyms, SynonymTable } from './synonyms.ts'
import type { SynonymGroup } from './synonyms.ts'

/**
 * What words mean in one store: its language, and what it calls by several names. Understanding, search, answers and the check of
 * answers read words by it and by nothing else.
 */
export interface Lexicon {
  readonly language: Language
  /** What the forms of a word share. Indexes hold it, so it depends on the language alone. */
  readonly stem: (word: string) => string
  /** The stem of the word that it has one meaning with: `kids` and `children` are the same. */
  readonly meaning: (word: string) => string
  isFunctionWord(word: string): boolean
  /** What else may stand for words, for search. */
  readonly synonyms: SynonymTable
}

const plain = new Map<LanguageCode, Lexicon>()

/** The lexicon of a language, without a store's own words. */
export function lexiconOf(code: LanguageCode): Lexicon {
  const found = plain.get(code) ?? makeLexicon(code, [])
  plain.set(code, found)
  return found
}

/** A lexicon with a store's own groups over those of its language. Keep it for as long as they stay the same. */
export function makeLexicon(code: LanguageCode, own: readonly SynonymGroup[]): Lexicon {
  const language = languageOf(code)
  const groups = parseSynonyms(language.synonymLines)
  const synonyms = new SynonymTable(language, groups, own)
  return {
    language,
    stem: (word) => language.stem(word),
    meaning: (word) => synonyms.meaning(language.stem(word)),
    isFunctionWord: (word) => language.isFunctionWord(word),
    synonyms,
  }
}

/** For words that the shop's own code is written in. */
export const english: Lexicon = lexiconOf('en')
