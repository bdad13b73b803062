import { fold } from '../language/fold.ts'
import type { Language } from '../language/language.ts'
import { lexemesOf } from '../language/lexemes.ts'

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
export function saying(message: string, language: Language): (name: string) => boolean {
  const said = spaced(message, language)
  return (name) => phrasesOf(name, language).some((phrase) => said.includes(phrase))
}

/** Whether a text begins with a phrase of a line of `dangers.txt` and a mark behind it: "WARNING: …", "Achtung! …". */
export const opensWith = (text: string, name: string, language: Language): boolean => {
  const [, opening] = /^([^:!–—]+)[:!–—]/u.exec(text) ?? []
  return opening !== undefined && phrasesOf(name, language).includes(spaced(opening, language))
}

/** A message's words without the phrases of a line of `dangers.txt`. */
export const without = (message: string, name: string, language: Language): string =>
  phrasesOf(name, language)
    .reduce((said, phrase) => said.replaceAll(phrase, ' '), spaced(message, language))
    .trim()
