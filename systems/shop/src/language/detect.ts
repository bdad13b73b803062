import { eld } from 'eld/medium'
import { fold } from './fold.ts'
import { languageOf } from './language.ts'
import { languageCodes } from './languages.ts'
import type { LanguageCode } from './languages.ts'
import { lexemesOf } from './lexemes.ts'

/** The language that a message is written in. */
export interface DetectedLanguage {
  /** One that the shop can read; null for another. */
  code: LanguageCode | null
  /** ISO 639-1 of whatever language it seems to be. */
  tag: string
  /** Whether enough little words of it stand there for an answer in it: names and single words are of no language. */
  isSpoken: boolean
  /** Whether at least one does, and more than of the store's language. */
  isLikely?: true
}

/** How much likelier than the store's language another has to be, in eld's scores from 0 to 1. */
const margin = 0.12
/** So many little words make a sentence of a language. */
const leastSpoken = 2
/** Fewer words in Latin letters are of no language that the shop cannot read. */
const leastUnread = 4
/** Letters that a message needs before anything is told from it. */
const leastLetters = 8

/**
 * Tells what language a message is written in: the store's, unless another is clearly likelier by its letters (eld, n-grams of 60
 * languages) and no fewer of its function words stand in the text. What a catalog's own words say (`knows`, by folded word) is the
 * store's language, whatever the letters look like: names and loan words are no other language. A message too short to tell is the store's.
 * Who spoke another language `before` goes on in it, as long as no message holds more little words of the store's.
 */
export function detectLanguage(
  text: string,
  store: LanguageCode,
  knows: (word: string) => boolean = () => false,
  before: LanguageCode | null = null,
): DetectedLanguage {
  const own = { code: store, tag: store, isSpoken: true }
  // No other language opens a question or a cry with a sign of its own.
  if (/^\s*[¿¡]\s*\p{L}/u.test(text) && store !== 'es') return { code: 'es', tag: 'es', isSpoken: true }
  const words = lexemesOf(text)
    .filter((lexeme) => lexeme.kind === 'word')
    .map((lexeme) => fold(lexeme.word))
  if (before !== null && isLatin(text) && functionWords(words, store) <= functionWords(words, before))
    return { code: before, tag: before, isSpoken: true }
  if (words.join('').length < leastLetters && isLatin(text)) return own
  const content = words.filter((word) => !languageOf(store).isFunctionWord(word))
  const known = content.filter((word) => knows(word))
  if (content.length > 0 && known.length * 2 > content.length) return own
  const found = eld.detect(text)
  const tag = found.language
  if (tag === '' || tag === store || !found.isReliable()) return own
  const scores = found.getScores()
  if ((scores[tag] ?? 0) - (scores[store] ?? 0) < margin) return own
  const code = languageCodes.find((one) => one === tag) ?? null
  if (code !== null && functionWords(words, store) > functionWords(words, code)) return own
  // Of a language that the shop cannot read, few words tell nothing: "baby clothes".
  if (code === null && (functionWords(words, store) > 1 || (words.length < leastUnread && isLatin(text))))
    return own
  const spoken = code === null ? 0 : functionWords(words, code)
  const isMore = spoken > functionWords(words, store)
  return { code, tag, isSpoken: spoken >= leastSpoken && isMore, ...(isMore ? { isLikely: true } : {}) }
}

const functionWords = (words: readonly string[], code: LanguageCode): number =>
  words.filter((word) => languageOf(code).isFunctionWord(word) || languageOf(code).isRequestWord(word)).length

/** Whether most letters are Latin. */
function isLatin(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  return (text.match(/\p{Script=Latin}/gu)?.length ?? 0) * 2 >= letters
}

/** What a language is called in another: `Polish` for `pl` in English. */
export function languageName(tag: string, within: LanguageCode): string {
  return new Intl.DisplayNames(within, { type: 'language' }).of(tag) ?? tag
}
