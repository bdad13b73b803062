import { positionMask } from '../analyze/document.ts'
import type { Segment } from '../index/segment.ts'

/** How many documents hold a term; 0 for a term that is not there. */
export function documentFrequency(segment: Segment, term: string): number {
  const id = segment.terms.get(term)
  return id === undefined ? 0 : postingCount(segment, id)
}

export function postingCount(segment: Segment, id: number): number {
  return (segment.postingStart[id + 1] as number) - (segment.postingStart[id] as number)
}

/** Documents that hold several terms near each other (a phrase), with the least of their impacts. */
export function phraseMatches(
  segment: Segment,
  ids: readonly number[],
): { documents: number[]; impacts: number[] } {
  const documents: number[] = []
  const impacts: number[] = []
  const rarest = ids.reduce((least, id) =>
    postingCount(segment, id) < postingCount(segment, least) ? id : least,
  )
  const end = segment.postingStart[rarest + 1] as number
  for (let at = segment.postingStart[rarest] as number; at < end; at += 1) {
    const document = segment.postingDocument[at] as number
    const impact = phraseImpact(segment, ids, document)
    if (impact === 0) continue
    documents.push(document)
    impacts.push(impact)
  }
  return { documents, impacts }
}

/** Impact of one term, or of a phrase, in a document; 0 where it does not stand there. */
export function phraseImpact(segment: Segment, ids: readonly number[], document: number): number {
  let least = Infinity
  let first = -1
  for (const id of ids) {
    const posting = findPosting(segment, id, document)
    if (posting === -1) return 0
    least = Math.min(least, segment.postingImpact[posting] as number)
    if (first === -1) first = posting
    // A phrase may span three places, so that a word between or another order is no obstacle.
    else if (smallestGap(segment, first, posting) > 3) return 0
  }
  return least
}

/** The posting of a term in a document, or -1. */
export function findPosting(segment: Segment, id: number, document: number): number {
  const { postingStart, postingDocument } = segment
  let low = postingStart[id] as number
  let high = (postingStart[id + 1] as number) - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const at = postingDocument[middle] as number
    if (at === document) return middle
    if (at < document) low = middle + 1
    else high = middle - 1
  }
  return -1
}

export function placesOf(segment: Segment, posting: number): Uint32Array {
  return segment.places.subarray(segment.placeStart[posting], segment.placeStart[posting + 1])
}

/** Least number of places between two postings of a document in one field, 0 left out; Infinity where there is none. */
export function smallestGap(segment: Segment, a: number, b: number): number {
  const { places, placeStart } = segment
  let least = Infinity
  for (let i = placeStart[a] as number; i < (placeStart[a + 1] as number); i += 1)
    for (let j = placeStart[b] as number; j < (placeStart[b + 1] as number); j += 1) {
      const one = places[i] as number
      const other = places[j] as number
      if (one >>> 20 !== other >>> 20) continue
      const gap = Math.abs((one & positionMask) - (other & positionMask))
      if (gap > 0 && gap < least) least = gap
    }
  return least
}
