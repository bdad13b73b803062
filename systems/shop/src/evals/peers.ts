import MiniSearch from 'minisearch'
import type { Product } from '../domain/product.ts'
import { fieldTexts } from '../search/index/fields.ts'

/** The texts that every engine is given, so that they differ by ranking alone. */
export interface PlainDocument {
  id: string
  title: string
  brand: string
  category: string
  attributes: string
  options: string
  description: string
}

export function plainDocument(product: Product): PlainDocument {
  const [, , brand = '', category = '', attributes = '', options = '', description = ''] = fieldTexts(product)
  return { id: product.id, title: product.title, brand, category, attributes, options, description }
}

export const plainFields = ['title', 'brand', 'category', 'attributes', 'options', 'description'] as const

/** BM25 as it comes: the library's own tokeniser and weights, no stop words, no stemming. */
export function plainMiniSearch(documents: readonly PlainDocument[]): MiniSearch<PlainDocument> {
  const index = new MiniSearch<PlainDocument>({ fields: [...plainFields] })
  index.addAll(documents)
  return index
}
