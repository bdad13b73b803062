/** `word` with one character left out, at each place once. */
function shortened(word: string): string[] {
  const out = new Set<string>()
  for (let at = 0; at < word.length; at++) out.add(word.slice(0, at) + word.slice(at + 1))
  return [...out]
}

/** Finds the words of a list that are one slip away: a letter left out, doubled, added, changed, or two swapped. */
export class NearWords {
  readonly #byShortened = new Map<string, string[]>()

  /** Words of fewer than `minLength` letters are left out, as too many others are near to them. */
  constructor(words: Iterable<string>, minLength = 4) {
    for (const word of new Set(words)) {
      if (word.length < minLength) continue
      for (const key of [word, ...shortened(word)]) {
        const known = this.#byShortened.get(key)
        if (known) known.push(word)
        else this.#byShortened.set(key, [word])
      }
    }
  }

  /** The first word that is one slip from `word`, `word` itself among them; null where there is none. */
  find(word: string): string | null {
    for (const key of [word, ...shortened(word)])
      for (const found of this.#byShortened.get(key) ?? []) if (isOneSlip(word, found)) return found
    return null
  }
}

/** Whether the Damerau–Levenshtein distance (optimal string alignment) of two words is at most one. */
export function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let [endA, endB] = [a.length, b.length]
  while (endA > head && endB > head && a[endA - 1] === b[endB - 1]) {
    endA--
    endB--
  }
  const [restA, restB] = [endA - head, endB - head]
  if (restA <= 1 && restB <= 1) return true
  return restA === 2 && restB === 2 && a[head] === b[head + 1] && a[head + 1] === b[head]
}
