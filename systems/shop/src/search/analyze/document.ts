import type { Language } from '../../language/language.ts'
import { readPlaces } from './places.ts'

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

/** Analyses the text of each field. Function words keep their place, so that distances stay true, but are not held. */
export function analyseDocument(texts: readonly string[], language: Language): AnalyzedDocument {
  const terms: string[] = []
  const places: number[] = []
  const lengths: number[] = []
  texts.forEach((text, field) => {
    let length = 0
    if (text !== '')
      for (const { forms, position } of readPlaces(text, language)) {
        if (position >= positionMask) break
        const before = terms.length
        for (const form of forms) {
          if (language.isFunctionWord(form)) continue
          const term = language.stem(form)
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
