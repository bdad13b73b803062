/** Shorter beginnings of a word are prefixes (`ge`, `be`), not things. */
const shortestFirst = 3
/** From here on a beginning that can be spoken is taken for a word that the catalog only has in this one: `raum` in `raumspray`. */
const spokenFirst = /^.{2,}[aeiouyäöüåæø].|^.[aeiouyäöüåæø].{2,}/u

/** Known terms by their endings, for languages that write a thing and its kind as one word. */
export class CompoundTerms {
  readonly #backward: readonly string[]
  readonly #known: ReadonlySet<string>

  constructor(terms: Iterable<string>) {
    this.#known = new Set(terms)
    this.#backward = Array.from(this.#known, reversed).toSorted()
  }

  /**
   * Terms that end in `term` after another word and one of `links`: `dinkelnudel` for `nudel`, not `schlauch`
   * for `auch`.
   */
  endingIn(term: string, links: readonly string[], stem: (word: string) => string): string[] {
    const ending = reversed(term)
    const found: string[] = []
    for (let at = this.#firstFrom(ending); at < this.#backward.length; at += 1) {
      const backward = this.#backward[at] as string
      if (!backward.startsWith(ending)) break
      const first = reversed(backward.slice(ending.length))
      if (spokenFirst.test(first) || links.some((link) => this.#isWord(first, link, stem)))
        found.push(reversed(backward))
    }
    return found
  }

  #isWord(first: string, link: string, stem: (word: string) => string): boolean {
    if (!first.endsWith(link)) return false
    const word = first.slice(0, first.length - link.length)
    return word.length >= shortestFirst && (this.#known.has(word) || this.#known.has(stem(word)))
  }

  #firstFrom(ending: string): number {
    let low = 0
    let high = this.#backward.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#backward[middle] as string) < ending) low = middle + 1
      else high = middle
    }
    return low
  }
}

const reversed = (text: string): string => Array.from(text).toReversed().join('')
