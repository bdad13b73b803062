import { english } from '../language/lexicon.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { numberWords } from '../language/numbers.ts'
import { unitsOf, type Unit } from '../language/units.ts'
import { lexemesOf } from '../language/lexemes.ts'
import type { Lexeme } from '../language/lexemes.ts'

/** A word, number or sign of a text, with what it means. */
export interface Token extends Lexeme {
  /** What matching compares: one stem for every form, spelling and synonym of one meaning. */
  stem: string
  /** The unit of measure that it names; null where it names none. */
  unit: Unit | null
  /** The value of a spelled-out number; null for digits and other words. */
  count: number | null
  /** Whether it says something by itself; words of asking ("show", "options") and function words do not. */
  isContent: boolean
}

/** Splits a text into tokens as a store's lexicon reads them. */
export function tokenize(text: string, lexicon: Lexicon = english): Token[] {
  const { code } = lexicon.language
  const units = unitsOf(code)
  const numbers = numberWords(code)
  return lexemesOf(text).map((lexeme) => ({
    ...lexeme,
    unit: units.get(lexeme.word) ?? null,
    count: lexeme.kind === 'word' ? (numbers.get(lexeme.word) ?? null) : null,
    stem: lexeme.kind === 'word' ? lexicon.meaning(lexeme.word) : lexeme.word,
    isContent: !lexicon.isFunctionWord(lexeme.word) && !lexicon.language.isRequestWord(lexeme.word),
  }))
}

/** Words that may stand inside a value, while a span neither begins nor ends with one. */
export const innerWords: ReadonlySet<string> = new Set(
  'a an and the of for to in on with by or from at is are that it its as be'.split(' '),
)

/** Words of a token list that take part in a match. */
export const contentTokens = (tokens: readonly Token[]): Token[] => {
  const content = tokens.filter((token) => token.kind !== 'sign' && !innerWords.has(token.word))
  return content.length > 0 ? content : tokens.filter((token) => token.kind !== 'sign')
}
