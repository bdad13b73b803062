import { differenceOf, sumOf, wordHash } from '../facts/code-mark.ts'
import type { CodeMarks } from '../facts/code-mark.ts'

/** Calls of one name behind an operation that are thought of. */
const mostCalls = 12

/**
 * Differences of marks that only say which functions of its own the repository has. A call that was not followed is a word, unless one of these
 * is called so: a new function of that name, or one that has another name now, changes the words of calls that did not change.
 */
export class NameSums {
  readonly #all = new Set<number>([0])
  readonly #known = new Map<number, boolean>()

  constructor({ places }: CodeMarks, names: readonly string[]) {
    const had = Object.values(places).flatMap((all) =>
      Object.keys(all).map((symbol) => symbol.replace(/^.*\./, '')),
    )
    const now = new Set(names)
    const gone = new Set(had.filter((name) => name !== '' && !now.has(name)))
    for (const name of now) this.#put(name, differenceOf)
    for (const name of gone) this.#put(name, sumOf)
  }

  #put(name: string, next: (sum: number, hash: number) => number): void {
    for (const word of [name, `.${name}`]) {
      let sum = 0
      for (let count = 0; count < mostCalls; count++) this.#all.add((sum = next(sum, wordHash(word))))
    }
  }

  /** Whether a difference is of one or two such names. */
  has(difference: number): boolean {
    let found = this.#known.get(difference)
    if (found === undefined) {
      found = this.#all.values().some((sum) => this.#all.has(differenceOf(difference, sum)))
      this.#known.set(difference, found)
    }
    return found
  }
}
