import { sum } from '@heavylift/core/math'
import type { AnalyzedDocument } from '../analyze/document.ts'
import { fieldOfPlace } from '../analyze/document.ts'
import { fields, fieldWeights, wholeLengthPenalty } from './fields.ts'

/** An immutable inverted index over some documents, in typed arrays. */
export interface Segment {
  documentCount: number
  terms: Map<string, number>
  /** Postings of term t: from `postingStart[t]` up to `postingStart[t + 1]`, by rising document. */
  postingStart: Uint32Array
  postingDocument: Uint32Array
  /** BM25F's pseudo-frequency: occurrences weighted by field and damped by field length. */
  postingImpact: Float32Array
  /** Places of posting p: from `placeStart[p]` up to `placeStart[p + 1]`. */
  placeStart: Uint32Array
  places: Uint32Array
  averageLengths: Float64Array
}

/** Forward form: term ids and places of all documents one after another. */
export interface ForwardIndex {
  terms: string[]
  /** Terms of document d: from `documentStart[d]` up to `documentStart[d + 1]`. */
  documentStart: Uint32Array
  termIds: Uint32Array
  places: Uint32Array
  /** `fields.length` numbers a document. */
  lengths: Uint32Array
}

/** Average places a field, over the documents where it is not empty; 1 for a field that none has. */
export function averageLengths(lengths: Uint32Array): Float64Array {
  const sums = new Float64Array(fields.length)
  const counts = new Float64Array(fields.length)
  for (let at = 0; at < lengths.length; at += 1) {
    const length = lengths[at] ?? 0
    if (length === 0) continue
    const field = at % fields.length
    sums[field] = (sums[field] ?? 0) + length
    counts[field] = (counts[field] ?? 0) + 1
  }
  return sums.map((sum, field) => (counts[field] === 0 ? 1 : sum / (counts[field] ?? 1)))
}

/** Turns a forward index into an inverted one by counting sort. `averages` of an older segment keep scores comparable. */
export function invert(forward: ForwardIndex, averages = averageLengths(forward.lengths)): Segment {
  const documentCount = forward.documentStart.length - 1
  const termCount = forward.terms.length
  const postingCounts = new Uint32Array(termCount + 1)
  const placeCounts = new Uint32Array(termCount + 1)
  const lastDocument = new Int32Array(termCount).fill(-1)
  const { documentStart, termIds } = forward
  for (let document = 0; document < documentCount; document += 1) {
    const end = documentStart[document + 1] as number
    for (let at = documentStart[document] as number; at < end; at += 1) {
      const term = termIds[at] as number
      placeCounts[term + 1] = (placeCounts[term + 1] as number) + 1
      if (lastDocument[term] === document) continue
      lastDocument[term] = document
      postingCounts[term + 1] = (postingCounts[term + 1] as number) + 1
    }
  }
  for (let term = 0; term < termCount; term += 1) {
    postingCounts[term + 1] = (postingCounts[term + 1] as number) + (postingCounts[term] as number)
    placeCounts[term + 1] = (placeCounts[term + 1] as number) + (placeCounts[term] as number)
  }
  const postings = postingCounts[termCount] as number
  const postingDocument = new Uint32Array(postings)
  const postingImpact = new Float32Array(postings)
  const placeStart = new Uint32Array(postings + 1)
  const places = new Uint32Array(placeCounts[termCount] as number)
  const nextPosting = postingCounts.slice()
  const nextPlace = placeCounts.slice()
  lastDocument.fill(-1)
  const averageWhole = Math.max(1, sum(forward.lengths) / Math.max(1, documentCount))
  const perOccurrence = new Float64Array(fields.length)
  for (let document = 0; document < documentCount; document += 1) {
    const start = document * fields.length
    const whole = sum(forward.lengths.subarray(start, start + fields.length)) / averageWhole
    const diluted = 1 - wholeLengthPenalty + wholeLengthPenalty * whole
    fields.forEach((field, index) => {
      const { weight, lengthPenalty } = fieldWeights[field]
      const relative = (forward.lengths[start + index] ?? 0) / (averages[index] ?? 1)
      perOccurrence[index] = weight / ((1 - lengthPenalty + lengthPenalty * relative) * diluted)
    })
    const end = documentStart[document + 1] as number
    for (let at = documentStart[document] as number; at < end; at += 1) {
      const term = termIds[at] as number
      const place = forward.places[at] as number
      let posting: number
      if (lastDocument[term] === document) posting = (nextPosting[term] as number) - 1
      else {
        lastDocument[term] = document
        posting = nextPosting[term] as number
        nextPosting[term] = posting + 1
        postingDocument[posting] = document
        placeStart[posting] = nextPlace[term] as number
      }
      const slot = nextPlace[term] as number
      places[slot] = place
      nextPlace[term] = slot + 1
      postingImpact[posting] =
        (postingImpact[posting] as number) + (perOccurrence[fieldOfPlace(place)] as number)
    }
  }
  placeStart[postings] = places.length
  return {
    documentCount,
    terms: new Map(forward.terms.map((term, id) => [term, id])),
    postingStart: postingCounts,
    postingDocument,
    postingImpact,
    placeStart,
    places,
    averageLengths: averages,
  }
}

/** Gathers analysed documents into a forward index; ids are given to terms as they come. */
export class ForwardBuilder {
  readonly #ids = new Map<string, number>()
  readonly #documentStart: number[] = [0]
  #termIds = new Uint32Array(1 << 12)
  #places = new Uint32Array(1 << 12)
  readonly #lengths: number[] = []
  #size = 0

  add(document: AnalyzedDocument): void {
    const needed = this.#size + document.terms.length
    if (needed > this.#termIds.length) {
      this.#termIds = grown(this.#termIds, needed)
      this.#places = grown(this.#places, needed)
    }
    document.terms.forEach((term, at) => {
      let id = this.#ids.get(term)
      if (id === undefined) {
        id = this.#ids.size
        this.#ids.set(term, id)
      }
      this.#termIds[this.#size] = id
      this.#places[this.#size] = document.places[at] as number
      this.#size += 1
    })
    this.#lengths.push(...document.lengths)
    this.#documentStart.push(this.#size)
  }

  finish(): ForwardIndex {
    return {
      terms: [...this.#ids.keys()],
      documentStart: Uint32Array.from(this.#documentStart),
      termIds: this.#termIds.slice(0, this.#size),
      places: this.#places.slice(0, this.#size),
      lengths: Uint32Array.from(this.#lengths),
    }
  }
}

function grown(array: Uint32Array<ArrayBuffer>, needed: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(needed, array.length * 2))
  larger.set(array)
  return larger
}
