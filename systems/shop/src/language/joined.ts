import { joinedNouns } from './languages.ts'
import type { LanguageCode } from './languages.ts'

/** Shorter nouns, as stems, end too many others: a `Hose` is `hos`. */
const shortestJoined = 3
/** Fewer letters before a noun make no other word of it; before a noun of three letters one more is needed (`Karton` is no `Ton`). */
const shortestBefore = 3

/** Whether a word is a noun or, in languages that write them as one, a kind of it: a `Gartenstuhl` is a `Stuhl`. Both as stems. */
export function isKindOf(word: string, noun: string, code: LanguageCode): boolean {
  return (
    word === noun ||
    (joinedNouns[code] !== undefined &&
      noun.length >= shortestJoined &&
      word.length - noun.length >= shortestBefore + (noun.length === shortestJoined ? 1 : 0) &&
      word.endsWith(noun))
  )
}

/** Whether one of some words is so. */
export function holdsKindOf(words: Iterable<string>, noun: string, code: LanguageCode): boolean {
  for (const word of words) if (isKindOf(word, noun, code)) return true
  return false
}
