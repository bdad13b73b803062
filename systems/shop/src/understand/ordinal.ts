import { linesOf } from '../language/data-files.ts'
import { fold } from '../language/fold.ts'
import { languageOf } from '../language/language.ts'
import type { LanguageCode } from '../language/languages.ts'
import { lexemesOf } from '../language/lexemes.ts'
import type { FoundReference } from './intent.ts'

const known = new Map<LanguageCode, ReadonlyMap<string, number>>()

/** Words of places in a list, folded: `zweites` is 2, `dernière` -1. */
function ordinalWords(code: LanguageCode): ReadonlyMap<string, number> {
  const found = known.get(code)
  if (found !== undefined) return found
  const words = new Map<string, number>()
  for (const line of linesOf(code, 'ordinals')) {
    const [place = '', rest = ''] = line.split(/:(.*)/)
    for (const word of rest.split(',')) words.set(fold(word.trim()), Number(place))
  }
  known.set(code, words)
  return words
}

/**
 * The place in a list that a message points at by an ordinal that stands for itself: "das zweite bitte", "montre-moi le deuxième". Null
 * where a word of content follows or leads it, which it then counts ("im zweiten Stock", "second hand").
 */
export function findOrdinal(text: string, code: LanguageCode): FoundReference | null {
  const language = languageOf(code)
  const ordinals = ordinalWords(code)
  const isBare = (word: string) => language.isFunctionWord(word) || language.isRequestWord(word)
  const lexemes = lexemesOf(text, code)
  for (const [at, { word, start, end, breakBefore }] of lexemes.entries()) {
    const position = ordinals.get(word)
    if (position === undefined) continue
    const [before, next] = [lexemes[at - 1], lexemes[at + 1]]
    const isLed = before === undefined || breakBefore || isBare(before.word)
    const isLast = next === undefined || next.breakBefore || isBare(next.word)
    if (isLed && isLast) return { reference: { kind: 'ordinal', position }, start, end }
  }
  return null
}

/** The place that a word names in any of its forms, counted from 1, or from -1 backwards: `premiers` is 1. Null where it names none. */
export function placeOf(word: string, code: LanguageCode): number | null {
  const ordinals = ordinalWords(code)
  const place = ordinals.get(word)
  if (place !== undefined) return place
  const language = languageOf(code)
  return [...ordinals].find(([each]) => language.stem(each) === language.stem(word))?.[1] ?? null
}
