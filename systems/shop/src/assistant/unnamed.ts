import type { Product } from '../domain/product.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { contentStems, meaningOf, words } from './words.ts'

/** A message without the words that some products are called by, but for those that it consists of. */
export function unnamed(message: string, products: readonly Product[], lexicon: Lexicon): string {
  const named = new Set(products.flatMap(({ title }) => contentStems(title, lexicon)))
  const kept = words(message).filter(({ text }) => !named.has(meaningOf(text, lexicon)))
  const asks = /[?？]\s*$/.test(message) ? '?' : ''
  return kept.length === 0 ? message : `${kept.map(({ text }) => text).join(' ')}${asks}`
}
