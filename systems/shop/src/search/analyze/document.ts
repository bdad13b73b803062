import { root, stem } from './stem.ts'
import { isFunctionWord } from './stop-words.ts'
import { tokenise } from './tokens.ts'

/** What an index holds of one product: parallel arrays of terms and of where they stand. */
export interface AnalyzedDocument {
  terms: string[]
  /** `field << 20 | position`; positions past 2^20 - 1 are not indexed. */
  places: ArrayLike<number>
  /** Places taken in each field. */
  lengths: Iterable<number>
}

const positionBits = 20
export const positionMask = (1 << positionBits) - 1

export function fieldOfPlace(place: number): number {
  return place >>> positionBits
}

/** Terms that root-level matches are stored under; `~` never begins a stem. */
export function rootTerm(form: string): string {
  return `~${form}`
}

/** Terms of one form; empty for function words. Words repeat so much in a catalog that looking them up pays. */
const termsByForm = new Map<string, readonly string[]>()
const mostRemembered = 100_000

function termsOf(form: string): readonly string[] {
  const known = termsByForm.get(form)
  if (known !== undefined) return known
  const stemmed = stem(form)
  const rooted = root(form)
  const terms = isFunctionWord(form) ? [] : rooted === stemmed ? [stemmed] : [stemmed, rootTerm(rooted)]
  if (termsByForm.size >= mostRemembered) termsByForm.clear()
  termsByForm.set(form, terms)
  return terms
}

/** Analyses the text of each field. Function words keep their place, so that distances stay true, but are not held. */
export function analyseDocument(texts: readonly string[]): AnalyzedDocument {
  const terms: string[] = []
  const places: number[] = []
  const lengths: number[] = []
  texts.forEach((text, field) => {
    let length = 0
    if (text !== '')
      for (const { forms, position } of tokenise(text)) {
        if (position >= positionMask) break
        const before = terms.length
        for (const form of forms)
          for (const term of termsOf(form)) {
            if (forms.length > 1 && terms.includes(term, before)) continue
            terms.push(term)
            places.push((field << positionBits) | position)
          }
        if (terms.length > before) length += 1
      }
    lengths.push(length)
  })
  return { terms, places, lengths }
}
