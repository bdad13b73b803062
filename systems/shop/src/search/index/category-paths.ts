import { fold } from '../../language/fold.ts'
import { grammarOf } from '../../language/grammar.ts'
import type { Language } from '../../language/language.ts'
import { nounFirst } from '../../language/languages.ts'
import { readPlaces } from '../analyze/places.ts'
import type { FactColumns } from './facts.ts'

/** What a category's name calls its products, and what else stands in it; stems. `Cell Phone Cases & Clips`: case, clip; cell, phone. */
interface NamedThings {
  heads: ReadonlySet<string>
  others: ReadonlySet<string>
}

/** The products of a path are what a word names, something that goes with it, or it does not say. */
export type Verdict = 1 | -1 | 0

/** The paths of categories that rows stand in. What is called so by a store is so: its own categories tell a thing from its accessories. */
export class CategoryPaths {
  /** The path of each row. */
  readonly of: Uint32Array
  /** Numbers of category facets, from the department down. */
  readonly #paths: (readonly number[])[] = []
  readonly #facetValues: readonly string[]
  readonly #named = new Map<string, Map<number, NamedThings>>()

  constructor({ facetNames, facetValues, facetStart, facets, productIds }: FactColumns) {
    this.#facetValues = facetValues
    const numbers = new Map<string, number>()
    this.of = Uint32Array.from(productIds, (_, row) => {
      const path = Array.from(facets.subarray(facetStart[row], facetStart[row + 1])).filter(
        (facet) => facetNames[facet] === 'category',
      )
      const key = path.join(' ')
      const known = numbers.get(key)
      if (known !== undefined) return known
      numbers.set(key, this.#paths.length)
      return this.#paths.push(path) - 1
    })
  }

  /** By path: what its deepest category that has one of the words (stems) says of it. */
  verdicts(words: ReadonlySet<string>, language: Language): Int8Array {
    const named = this.#named.get(language.code) ?? new Map<number, NamedThings>()
    this.#named.set(language.code, named)
    const told = new Map<number, Verdict>()
    const of = (category: number): Verdict => {
      const known = told.get(category)
      if (known !== undefined) return known
      const things = named.get(category) ?? namedThings(this.#facetValues[category] ?? '', language)
      named.set(category, things)
      const has = (stems: ReadonlySet<string>): boolean => [...words].some((word) => stems.has(word))
      const verdict = has(things.heads) ? 1 : has(things.others) ? -1 : 0
      told.set(category, verdict)
      return verdict
    }
    return Int8Array.from(this.#paths, (path) => {
      const deepest = path.findLast((category) => of(category) !== 0)
      return deepest === undefined ? 0 : of(deepest)
    })
  }
}

/** Reads `Laptops & Tablets`, `Cell Phone Cases`, `Covers for Phones`, `Aceite de oliva`. */
function namedThings(name: string, language: Language): NamedThings {
  const { and, or, accessories } = grammarOf(language.code)
  const goesWith = new Set(accessories.map((word) => language.stem(fold(word))))
  const joins = new Set([...and, ...or].map(fold))
  const heads = new Set<string>()
  const others = new Set<string>()
  const isFirst = nounFirst.has(language.code)
  for (const part of name.split(/[^\p{L}\p{N}'’.\s-]/u)) {
    // A phrase ends where a function word begins; what is joined to it by "and" is another thing of its own.
    let phrase: string[] = []
    let isThing = true
    const close = (): void => {
      // "Trapani accessori", in whatever order, holds no drills.
      const named = phrase.findIndex((stem) => goesWith.has(stem))
      const place = named === -1 ? (isFirst ? 0 : phrase.length - 1) : named
      phrase.forEach((stem, at) => {
        const isHead = isThing && at === place
        ;(isHead ? heads : others).add(stem)
      })
      phrase = []
    }
    for (const { forms } of readPlaces(part, language)) {
      const word = forms[0] ?? ''
      if (!language.isFunctionWord(word) && !joins.has(word)) phrase.push(language.stem(word))
      else if (phrase.length > 0) {
        close()
        isThing = joins.has(word) && isThing
      }
    }
    close()
  }
  return { heads, others: new Set([...others].filter((stem) => !heads.has(stem))) }
}
