import { isAskingWord } from '../language/asking.ts'
import { fold } from '../language/fold.ts'
import { grammarOf } from '../language/grammar.ts'
import { lexemesOf } from '../language/lexemes.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { talkWords } from '../understand/turn-kind.ts'

/** So many brands are named. */
const mostBrands = 10

/** Whether a message about what the store sells asks for its brands: "which brands do you carry?". */
export function asksForBrands(message: string, { language, stem }: Lexicon): boolean {
  const names = new Set(grammarOf(language.code).brand.map((word) => stem(fold(word))))
  return lexemesOf(message, language.code).some(({ word }) => names.has(stem(word)))
}

/** Whether a message names nothing but brands, beside the words that questions are put in. */
export function asksForBrandsAlone(message: string, lexicon: Lexicon): boolean {
  const { language, stem } = lexicon
  const talk = talkWords(language)
  const isTalk = (word: string) =>
    talk.has(word) || language.isFunctionWord(word) || isAskingWord(word, language.code)
  const content = lexemesOf(message, language.code).filter(
    ({ kind, word }) => kind === 'word' && !isTalk(word),
  )
  const names = new Set(grammarOf(language.code).brand.map((word) => stem(fold(word))))
  return asksForBrands(message, lexicon) && content.every(({ word }) => names.has(stem(word)))
}

/** The brands with the most products. */
export const brandsOf = (brands: ReadonlyMap<string, number>): string[] =>
  [...brands]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, mostBrands)
    .map(([name]) => name)
