import { fieldOfPlace } from '../analyze/document.ts'
import type { ForwardIndex } from './segment.ts'

/** Fewer rows are no kind to learn from. */
const leastRows = 3
/** A word names a kind when at least this share of its titles have it, */
const leastShare = 0.5
/** and it is this many times as usual there as in the titles of other kinds. */
const leastLift = 5
/** What stands after a word makes it a mere companion when it is in this share of as many titles: a colour in half of them is not. */
const leastAsCommon = 0.75

/** What products of a kind are called: for each kind the terms (ids) that most of its titles have, and few others. */
export type KindNames = readonly ReadonlySet<number>[]

/**
 * Learns the names of kinds from titles. `kinds` has the kind of each document. A word that mostly stands right before a name that is
 * more the kind's own only says what the product goes with: of `laptop` and `lock` in the titles of laptop locks, `lock` is their name.
 */
export function kindNames(text: ForwardIndex, kinds: Uint32Array): KindNames {
  const documents = kinds.length
  const frequencies = new Map<number, number>()
  const sizes: number[] = []
  const counts: Map<number, number>[] = []
  for (let document = 0; document < documents; document += 1) {
    const kind = kinds[document] as number
    const own = (counts[kind] ??= new Map<number, number>())
    sizes[kind] = (sizes[kind] ?? 0) + 1
    for (const term of new Set(titleTerms(text, document).map((each) => each.term))) {
      frequencies.set(term, (frequencies.get(term) ?? 0) + 1)
      own.set(term, (own.get(term) ?? 0) + 1)
    }
  }
  const usual = counts.map((own, kind) => {
    const names = new Set<number>()
    const size = sizes[kind] ?? 0
    if (size < leastRows) return names
    for (const [term, count] of own) {
      const share = count / (size + 1)
      const elsewhere = ((frequencies.get(term) ?? 0) - count) / (documents - size + 1)
      if (share >= leastShare && share >= elsewhere * leastLift && /^\p{L}/u.test(text.terms[term] ?? ''))
        names.add(term)
    }
    return names
  })
  return withoutLeading(text, kinds, usual, counts, frequencies)
}

function withoutLeading(
  text: ForwardIndex,
  kinds: Uint32Array,
  names: readonly Set<number>[],
  counts: readonly Map<number, number>[],
  frequencies: ReadonlyMap<number, number>,
): KindNames {
  /** Share of a word's titles that are of a kind. */
  const specificity = (term: number, kind: number): number =>
    (counts[kind]?.get(term) ?? 0) / (frequencies.get(term) ?? 1)
  const leads = names.map(() => new Map<number, number>())
  kinds.forEach((kind, document) => {
    const own = names[kind]
    const leading = leads[kind]
    if (own === undefined || leading === undefined || own.size < 2) return
    const called = titleTerms(text, document).filter(({ term }) => own.has(term))
    const found = new Set(
      called.flatMap(({ term, place }) =>
        called.some(
          (next) =>
            next.place === place + 1 &&
            next.term !== term &&
            (counts[kind]?.get(next.term) ?? 0) >= (counts[kind]?.get(term) ?? 0) * leastAsCommon &&
            specificity(next.term, kind) > specificity(term, kind),
        )
          ? [term]
          : [],
      ),
    )
    for (const term of found) leading.set(term, (leading.get(term) ?? 0) + 1)
  })
  return names.map((own, kind) => {
    const isLast = (term: number): boolean =>
      (leads[kind]?.get(term) ?? 0) < (counts[kind]?.get(term) ?? 0) / 2
    return new Set([...own].filter(isLast))
  })
}

function titleTerms(
  { documentStart, termIds, places }: ForwardIndex,
  document: number,
): { term: number; place: number }[] {
  const found: { term: number; place: number }[] = []
  for (let at = documentStart[document] as number; at < (documentStart[document + 1] as number); at += 1) {
    // Terms come by field, and the title is the first.
    const place = places[at] as number
    if (fieldOfPlace(place) !== 0) break
    found.push({ term: termIds[at] as number, place })
  }
  return found
}
