import { HeavyliftError } from '@heavylift/core'
import type { Language } from './language.ts'
import { lexemesOf } from './lexemes.ts'

/**
 * `same`: one meaning. `related`: either may be meant by the other. `narrower`: the first word is the general one, and the others
 * are found for it.
 */
export interface SynonymGroup {
  kind: 'same' | 'related' | 'narrower'
  words: string[]
}

/** Other words that may be meant, with how surely, 0 to 1. */
export interface Substitute {
  stems: string[]
  weight: number
}

const weights = {
  language: { same: 0.5, related: 0.5, narrower: 0.4 },
  // The store knows its goods.
  store: { same: 0.9, related: 0.7, narrower: 0.6 },
}

const signs = { same: '=', narrower: '>' }

/** Groups from lines `a = b, c`, `a, b, c` and `a > b, c`. Throws `synonyms-invalid` for a line that names fewer than two. */
export function parseSynonyms(lines: readonly string[]): SynonymGroup[] {
  return lines.map((line) => {
    const kind = line.includes('=') ? 'same' : line.includes('>') ? 'narrower' : 'related'
    const words = line
      .split(/[=>,]/)
      .map((word) => word.trim())
      .filter((word) => word !== '')
    if (words.length < 2)
      throw new HeavyliftError({
        code: 'synonyms-invalid',
        message: `"${line}" names fewer than two words. Write "a = b", "a, b" or "a > b".`,
        status: 400,
      })
    return { kind, words }
  })
}

/** A group as a line; `parseSynonyms` reads it again. */
export function writeSynonyms({ kind, words: [first = '', ...others] }: SynonymGroup): string {
  return kind === 'related' ? [first, ...others].join(', ') : `${first} ${signs[kind]} ${others.join(', ')}`
}

/** Synonyms by stem. A word in several groups gets the members of each, never the members of their members. */
export class SynonymTable {
  readonly #substitutes = new Map<string, Substitute[]>()
  readonly #meanings = new Map<string, string>()

  constructor(language: Language, groups: readonly SynonymGroup[], own: readonly SynonymGroup[]) {
    const stemsOf = (text: string): string[] =>
      lexemesOf(text)
        .filter(({ kind }) => kind !== 'sign')
        .map(({ word }) => language.stem(word))
    for (const [source, list] of [
      ['store', own],
      ['language', groups],
    ] as const)
      for (const { kind, words } of list) {
        const members = words.map(stemsOf).filter((stems) => stems.length > 0)
        const weight = weights[source][kind]
        const general = kind === 'narrower' ? members.slice(0, 1) : members
        for (const from of general) for (const to of members) this.#add(from, to, weight)
        if (kind === 'same') this.#join(members)
      }
  }

  /** What else the stems of a word or phrase may stand for; none for most. */
  substitutes(stems: readonly string[]): readonly Substitute[] {
    return this.#substitutes.get(stems.join(' ')) ?? []
  }

  /** The stem that stands for all of one meaning. */
  meaning(stem: string): string {
    return this.#meanings.get(stem) ?? stem
  }

  #add(from: readonly string[], to: string[], weight: number): void {
    const key = from.join(' ')
    const name = to.join(' ')
    if (name === key) return
    const list = this.#substitutes.get(key)
    if (list === undefined) this.#substitutes.set(key, [{ stems: to, weight }])
    else if (!list.some(({ stems }) => stems.join(' ') === name)) list.push({ stems: to, weight })
  }

  /** Single words take the meaning of the first of them, or of what one of them means already. */
  #join(members: readonly (readonly string[])[]): void {
    const single = members.flatMap((stems) => (stems.length === 1 ? stems : []))
    const [first] = single
    if (first === undefined) return
    const known = single.map((stem) => this.#meanings.get(stem)).find((stem) => stem !== undefined)
    const meaning = known ?? first
    for (const stem of single) {
      const before = this.#meanings.get(stem)
      if (before !== undefined && before !== meaning)
        for (const [other, its] of this.#meanings) if (its === before) this.#meanings.set(other, meaning)
      this.#meanings.set(stem, meaning)
    }
  }
}
