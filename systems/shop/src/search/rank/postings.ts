import { positionMask } from '../analyze/document.ts'
import type { Segment } from '../index/segment.ts'

/** How many documents hold a term; 0 for a term that is not there. */
export function documentFrequency(segment: Segment, term: string): number {
  const id = segment.terms.get(term)
  return id === undefined ? 0 : postingCount(segment, id)
}

/** The posting of a term in a document, or -1. */
export function findPosting(segment: Segment, term: string, document: number): number {
  const id = segment.terms.get(term)
  return id === undefined ? -1 : findById(segment, id, document)
}

/** Calls `visit` for each document that holds the terms; several must stand near each other (a phrase). */
export function eachMatch(
  segment: Segment,
  terms: readonly string[],
  visit: (document: number, impact: number) => void,
): void {
  const ids: number[] = []
  for (const term of terms) {
    const id = segment.terms.get(term)
    if (id === undefined) return
    ids.push(id)
  }
  const [first] = ids
  if (first === undefined) return
  const { postingStart, postingDocument, postingImpact } = segment
  if (ids.length === 1) {
    const end = postingStart[first + 1] as number
    for (let posting = postingStart[first] as number; posting < end; posting += 1)
      visit(postingDocument[posting] as number, postingImpact[posting] as number)
    return
  }
  const rarest = ids.reduce((least, id) =>
    postingCount(segment, id) < postingCount(segment, least) ? id : least,
  )
  const end = postingStart[rarest + 1] as number
  for (let at = postingStart[rarest] as number; at < end; at += 1) {
    const document = postingDocument[at] as number
    const postings = ids.map((id) => findById(segment, id, document))
    if (postings.includes(-1) || !standTogether(segment, postings)) continue
    visit(document, Math.min(...postings.map((posting) => postingImpact[posting] as number)))
  }
}

/** Whether some place of the first posting has a place of each other within three, in one field. */
export function standTogether(segment: Segment, postings: readonly number[]): boolean {
  const [first, ...others] = postings.map((posting) => placesOf(segment, posting))
  return (
    first?.some((place) => others.every((places) => places.some((other) => gap(place, other) <= 3))) ?? false
  )
}

export function placesOf(segment: Segment, posting: number): Uint32Array {
  return segment.places.subarray(segment.placeStart[posting], segment.placeStart[posting + 1])
}

/** Least number of places from one of `a` to one of `b` in one field, 0 left out; Infinity where there is none. */
export function smallestGap(a: Uint32Array, b: Uint32Array): number {
  let least = Infinity
  for (const place of a)
    for (const other of b) {
      const distance = gap(place, other)
      if (distance > 0 && distance < least) least = distance
    }
  return least
}

function gap(a: number, b: number): number {
  return a >>> 20 === b >>> 20 ? Math.abs((a & positionMask) - (b & positionMask)) : Infinity
}

function postingCount(segment: Segment, id: number): number {
  return (segment.postingStart[id + 1] as number) - (segment.postingStart[id] as number)
}

function findById(segment: Segment, id: number, document: number): number {
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
