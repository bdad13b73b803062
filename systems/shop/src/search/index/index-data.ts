import type { Language } from '../../language/language.ts'
import { analyseDocument } from '../analyze/document.ts'
import { keyBytes, meaningKey } from '@heavylift/models/meaning'
import { meaningText } from '../meaning-text.ts'
import type { Product } from '../../domain/product.ts'
import type { FactColumns } from './facts.ts'
import { FactBuilder } from './facts.ts'
import { fields, fieldTexts } from './fields.ts'
import { kindsOf } from './kinds.ts'
import type { ForwardIndex } from './segment.ts'
import { ForwardBuilder } from './segment.ts'

/** Everything that an index holds, in the form in which it is stored. Row i of both parts is the same product. */
export interface IndexData {
  text: ForwardIndex
  facts: FactColumns
  /** The kind of each row; see `kindsOf`. */
  kinds: Uint32Array
  /** Under which key the vector of each row's text is kept, `keyBytes` a row. */
  meaningKeys: Uint8Array
}

/** Gathers products into an index; rows keep the order in which they come. */
export class IndexBuilder {
  readonly #text = new ForwardBuilder()
  readonly #facts: FactBuilder
  readonly #meaningKeys: Uint8Array[] = []

  readonly #language: Language

  constructor(language: Language, currency: string | null = null) {
    this.#language = language
    this.#facts = new FactBuilder(currency)
  }

  add(product: Product): void {
    this.#text.add(analyseDocument(fieldTexts(product), this.#language))
    this.#facts.add(product)
    this.#meaningKeys.push(meaningKey(meaningText(product)))
  }

  /** Takes over a row of another index without reading its text again. */
  copy(from: IndexData, row: number): void {
    const { text } = from
    const start = text.documentStart[row] as number
    const end = text.documentStart[row + 1] as number
    this.#text.add({
      terms: Array.from(text.termIds.subarray(start, end), (id) => text.terms[id] as string),
      places: text.places.subarray(start, end),
      lengths: text.lengths.subarray(row * fields.length, (row + 1) * fields.length),
    })
    this.#facts.copy(from.facts, row)
    this.#meaningKeys.push(from.meaningKeys.subarray(row * keyBytes, (row + 1) * keyBytes))
  }

  finish(): IndexData {
    const facts = this.#facts.finish()
    const meaningKeys = new Uint8Array(Buffer.concat(this.#meaningKeys))
    return { text: this.#text.finish(), facts, kinds: kindsOf(facts), meaningKeys }
  }
}

/** An index with some products replaced in place, new ones at the end and removed ones gone. */
export function changedIndex(
  base: IndexData,
  upserts: readonly Product[],
  removedIds: readonly string[],
  language: Language,
): IndexData {
  const removed = new Set(removedIds)
  const upsertById = new Map(upserts.map((product) => [product.id, product]))
  const builder = new IndexBuilder(language, base.facts.currency)
  base.facts.productIds.forEach((id, row) => {
    const replacement = upsertById.get(id)
    if (replacement !== undefined) {
      builder.add(replacement)
      upsertById.delete(id)
    } else if (!removed.has(id)) builder.copy(base, row)
  })
  for (const product of upsertById.values()) builder.add(product)
  return builder.finish()
}
