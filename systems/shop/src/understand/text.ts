import { english } from '../language/lexicon.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { lexemesOf } from '../language/lexemes.ts'
import type { Lexeme } from '../language/lexemes.ts'

/** A word, number or sign of a text, with what it means. */
export interface Token extends Lexeme {
  /** What matching compares: one stem for every form, spelling and synonym of one meaning. */
  stem: string
  /** Whether it says something by itself; words of asking ("show", "options") and function words do not. */
  isContent: boolean
}

/** Splits a text into tokens as a store's lexicon reads them. */
export function tokenize(text: string, lexicon: Lexicon = english): Token[] {
  return lexemesOf(text).map((lexeme) => ({
    ...lexeme,
    stem: lexeme.kind === 'word' ? lexicon.meaning(lexeme.word) : lexeme.word,
    isContent: !lexicon.isFunctionWord(lexeme.word) && !lexicon.language.isRequestWord(lexeme.word),
  }))
}

/** Words that may stand inside a value, while a span neither begins nor ends with one. */
export const innerWords: ReadonlySet<string> = new Set(
  'a an and the of for to in on with by or from at is are that it its as be'.split(' '),
)
