/** Finds known words that a misspelt one may stand for: shared letter pairs first, then edit distance. */
export class SimilarTerms {
  readonly #terms: string[]
  readonly #byGram = new Map<string, number[]>()
  /** Letter pairs that each term shares with the word that is looked for; 0 between look-ups. */
  readonly #shared: Uint8Array

  /** `terms`: every index term; root terms and those with digits or under four letters are never offered. */
  constructor(terms: Iterable<string>) {
    this.#terms = [...terms].filter((term) => term.length >= 4 && /^[a-z]+$/.test(term))
    this.#shared = new Uint8Array(this.#terms.length)
    this.#terms.forEach((term, id) => {
      for (const gram of gramsOf(term)) {
        const list = this.#byGram.get(gram)
        if (list === undefined) this.#byGram.set(gram, [id])
        else list.push(id)
      }
    })
  }

  /** Up to `limit` terms within one edit (two from eight letters on), nearest first; `similarity` is 0 to 1. */
  find(word: string, limit = 3): { term: string; similarity: number }[] {
    if (word.length < 4 || !/^[a-z]+$/.test(word)) return []
    const allowed = word.length >= 8 ? 2 : 1
    const grams = gramsOf(word)
    const touched: number[] = []
    for (const gram of grams)
      for (const id of this.#byGram.get(gram) ?? []) {
        const count = this.#shared[id] as number
        if (count === 0) touched.push(id)
        this.#shared[id] = count + 1
      }
    // One edit touches at most two pairs of letters (three when two letters change places).
    const least = grams.length - 3 * allowed
    const found: { term: string; similarity: number }[] = []
    for (const id of touched) {
      const count = this.#shared[id] as number
      this.#shared[id] = 0
      const term = this.#terms[id] ?? ''
      if (count < least || Math.abs(term.length - word.length) > allowed) continue
      const distance = editDistance(word, term, allowed)
      if (distance <= allowed) found.push({ term, similarity: 1 - distance / word.length })
    }
    return found.toSorted((a, b) => b.similarity - a.similarity || (a.term < b.term ? -1 : 1)).slice(0, limit)
  }
}

function gramsOf(word: string): string[] {
  const padded = `^${word}$`
  const grams = new Set<string>()
  for (let at = 0; at + 2 <= padded.length; at += 1) grams.add(padded.slice(at, at + 2))
  return [...grams]
}

/** Optimal string alignment distance (insert, delete, replace, swap neighbours); stops past `limit` with `limit + 1`. */
export function editDistance(a: string, b: string, limit: number): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (last[j - 1] as number) + (same ? 0 : 1),
      )
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (beforeLast[j - 2] as number) + 1)
      row.push(cost)
      least = Math.min(least, cost)
    }
    if (least > limit) return limit + 1
    beforeLast = last
    last = row
  }
  return last[b.length] as number
}
