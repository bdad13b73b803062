import { asksWhich, isAsking } from '../language/asking.ts'
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

/** Which of the lines of `dangers.txt` a message says a phrase of. */
function saying(message: string, language: Language): (name: string) => boolean {
  const said = spaced(message, language)
  return (name) => phrasesOf(name, language).some((phrase) => said.includes(phrase))
}

/** Whether a message names a danger to a child: "will the shelf tip over on my son of 4?" */
export const namesHazard = (message: string, language: Language): boolean =>
  isPut(message, language) && isOfChild(message, language) && saying(message, language)('hazards')

/** Whether a message is about a child: it says one, or whose it is, where it is kept and what it does with things ("the crib", "in his mouth"). */
const isOfChild = (message: string, language: Language): boolean =>
  speaksOfChild(message, language) || saying(message, language)('young')

const isPut = (message: string, { code }: Language): boolean =>
  message.includes('?') || isAsking(message, code)

/**
 * What has to be said beside goods: a question whether something may hurt a child ("will the shelf tip over?"), suits one or may be done with one by ("can
 * I run it while the kids play?"), or whether who takes a medicine, carries a device in their body or is pregnant may use it. Asked of one product,
 * whether it is dangerous at all. Null where nothing of the kind is asked: "a helmet for my daughter", "can I get one in white for her?".
 */
export function safetyAsked(message: string, language: Language, isOfOne = false): Caution | null {
  if (!isPut(message, language)) return null
  const says = saying(message, language)
  if (says('treated') && says('may')) return { kind: 'danger', isOfMedicine: true }
  if (isOfOne && says('hazards')) return { kind: 'safety' }
  if (!isOfChild(message, language)) return null
  const isAllowed = says('may') && !says('gets') && (isOfOne || !asksWhich(message, language.code))
  return isAllowed || says('hazards') || says('safe') ? { kind: 'safety' } : null
}
