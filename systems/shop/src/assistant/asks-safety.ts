import { isAsking } from '../language/asking.ts'
import { fold } from '../language/fold.ts'
import type { Language } from '../language/language.ts'
import { lexemesOf } from '../language/lexemes.ts'
import type { Caution } from './by-model/reading.ts'
import { speaksOfChild } from './for-a-child.ts'

const read = new WeakMap<Language, Map<string, readonly string[]>>()

/** Words with a space at both ends, as a phrase is looked for in a message. */
const spaced = (text: string, { code }: Language): string =>
  ` ${lexemesOf(text, code)
    .map(({ word }) => fold(word))
    .join(' ')} `

/** The phrases of a line of `dangers.txt`, without the space at their end where any ending will do. */
function phrasesOf(name: string, language: Language): readonly string[] {
  const known = read.get(language) ?? new Map<string, readonly string[]>()
  read.set(language, known)
  const line = language.dangerLines.find((each) => each.startsWith(`${name} =`)) ?? ''
  const found =
    known.get(name) ??
    line
      .slice(line.indexOf('=') + 1)
      .split(',')
      .map((phrase) => phrase.trim())
      .filter((phrase) => phrase !== '')
      .map((phrase) => {
        const words = spaced(phrase.replaceAll('*', ''), language)
        return phrase.endsWith('*') ? words.trimEnd() : words
      })
  known.set(name, found)
  return found
}

/**
 * What has to be said beside goods: a question whether something may hurt a child ("will the shelf tip over?"), or whether who takes a
 * medicine, carries a device in their body or is pregnant may use it. Asked of one product, whether it is dangerous at all, or a child may have
 * it. Null where nothing of the kind is asked: "a helmet for my daughter".
 */
export function safetyAsked(message: string, language: Language, isOfOne = false): Caution | null {
  if (!message.includes('?') && !isAsking(message, language.code)) return null
  const said = spaced(message, language)
  const says = (name: string) => phrasesOf(name, language).some((phrase) => said.includes(phrase))
  if (says('treated') && says('may')) return { kind: 'danger', isOfMedicine: true }
  const isOfChild = speaksOfChild(message, language)
  const isRisky = isOfOne ? says('hazards') || (isOfChild && says('may')) : isOfChild && says('hazards')
  return isRisky ? { kind: 'safety' } : null
}
