import { fold } from './fold.ts'
import type { Language } from './language.ts'

/** A side of a thing: what asks for it or names it, and the letters that label it. */
export interface Side {
  name: string
  words: ReadonlySet<string>
  letters: ReadonlySet<string>
}

const read = new WeakMap<Language, readonly Side[]>()

/** The sides that a language has words for. */
export function sidesOf(language: Language): readonly Side[] {
  const known = read.get(language)
  if (known) return known
  const listOf = (text: string) =>
    new Set(
      text
        .trim()
        .split(/\s+/)
        .map((word) => fold(word)),
    )
  const sides = language.sideLines.map((line): Side => {
    const [name = '', rest = ''] = line.split('=')
    const [said = '', letters = ''] = rest.split('|')
    return { name: name.trim(), words: listOf(said), letters: listOf(letters) }
  })
  read.set(language, sides)
  return sides
}
