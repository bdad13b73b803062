import { editDistance } from '@heavylift/core/runtime/nearest'

/** Where a term stands: documents by number, and how much in each. */
export interface Postings {
  ids: number[]
  weights: number[]
}

/** A spelling that may have been meant, and what it counts against the one that was written. */
export interface Alternative {
  word: string
  postings: Postings
  share: number
}

/** A term that stands in fewer documents than this may be a misspelt other one. */
const commonFrom = 3
/** Letters that may be wrong in a word of so many; the first is right. */
const mostWrong = (length: number): number => (length < 8 ? 1 : 2)
const mostAlternatives = 8

/** The words of an index, where each stands, and which are spelt alike. */
export class Terms {
  readonly #numbers = new Map<string, number>()
  readonly #words: string[] = []
  readonly #postings: Postings[] = []
  readonly #byInitial = new Map<string, number[]>()

  /** The number of a word, which is new from now on where it was not known. */
  numberOf(word: string): number {
    let term = this.#numbers.get(word)
    if (term !== undefined) return term
    term = this.#words.push(word) - 1
    this.#numbers.set(word, term)
    this.#postings.push({ ids: [], weights: [] })
    const initial = word.slice(0, 1)
    const all = this.#byInitial.get(initial)
    if (all) all.push(term)
    else this.#byInitial.set(initial, [term])
    return term
  }

  add(term: number, id: number, weight: number): void {
    const { ids, weights } = this.#postings[term]!
    ids.push(id)
    weights.push(weight)
  }

  find(word: string): Postings | null {
    const term = this.#numbers.get(word)
    return term === undefined ? null : this.#postings[term]!
  }

  /** A word itself, and where few documents have it, words that are spelt like it; none has fewer than one document. */
  alternatives(word: string): Alternative[] {
    const own = this.find(word)
    const exact = own === null || own.ids.length === 0 ? [] : [{ word, postings: own, share: 1 }]
    if ((own?.ids.length ?? 0) >= commonFrom || word.length < 4) return exact
    const most = mostWrong(word.length)
    const alike = (this.#byInitial.get(word.slice(0, 1)) ?? []).flatMap((term) => {
      const other = this.#words[term]!
      const postings = this.#postings[term]!
      if (Math.abs(other.length - word.length) > most || postings.ids.length === 0 || other === word)
        return []
      const distance = editDistance(word, other)
      return distance > most ? [] : [{ word: other, postings, share: (1 - distance / word.length) ** 2 }]
    })
    return [...exact, ...alike.sort((a, b) => b.share - a.share).slice(0, mostAlternatives)]
  }

  /** Documents have new numbers; those of -1 are gone. */
  renumber(numbers: readonly number[]): void {
    for (const postings of this.#postings) {
      const kept = postings.ids.flatMap((id, at) =>
        numbers[id] === -1 ? [] : [{ id: numbers[id]!, weight: postings.weights[at]! }],
      )
      postings.ids = kept.map(({ id }) => id)
      postings.weights = kept.map(({ weight }) => weight)
    }
  }
}
