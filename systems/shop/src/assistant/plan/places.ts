import { lexemesOf } from '../../language/lexemes.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { parseNumberWords } from '../../language/numbers.ts'
import { placeOf } from '../../understand/ordinal.ts'
import { talkWords } from '../../understand/turn-kind.ts'

/** More than these nobody names by place. */
const mostPlaces = 6
const mostAtOnce = 4

/**
 * Which of the products shown a message names by place, counted from 0: "the first two", "les deux premiers" → 0 and 1, "1 and 3" → 0
 * and 2, "the first and the second" → 0 and 1. Empty unless it names at least two. `shown`: how many there are. A number behind a word that
 * goods may be called by is of their name: "the pot 3 or the pot 4".
 */
export function placesIn(message: string, shown: number, lexicon: Lexicon): number[] {
  const { language } = lexicon
  const { code } = language
  const lexemes = lexemesOf(message, code)
  const words = lexemes.map(({ word }) => word)
  const places = words.map((word) => (word === 'top' ? 1 : placeOf(word, code)))
  for (const [at, place] of places.entries()) {
    if (place !== 1 && place !== -1) continue
    const count = [words[at + 1], words[at - 1]].map(numberOf).find((number) => number !== null)
    if (count === undefined) continue
    const from = place === 1 ? 0 : Math.max(0, shown - count)
    return Array.from({ length: count }, (_, offset) => from + offset)
  }
  const byWord = places.flatMap((place) => {
    if (place === -1 && shown > 1) return shown - 1
    return place !== null && place > 0 && place <= mostPlaces ? place - 1 : []
  })
  const talk = talkWords(language)
  const isOfName = (start: number): boolean => {
    const before = lexemes.findLast(({ end }) => end <= start)
    return before?.kind === 'word' && !talk.has(before.word) && !lexicon.isFunctionWord(before.word)
  }
  const byNumber = Array.from(message.matchAll(/\b([1-6])(?=st|nd|rd|th|\b)/g)).flatMap((match) =>
    isOfName(match.index) ? [] : Number(match[1]) - 1,
  )
  const named = [...new Set([...byWord, ...byNumber])]
  return named.length >= 2 ? named : []

  function numberOf(word: string | undefined): number | null {
    const number =
      word === undefined ? Number.NaN : /^\d$/.test(word) ? Number(word) : parseNumberWords(word, code)
    return number >= 2 && number <= mostAtOnce ? number : null
  }
}
