import type { Product } from '../domain/product.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { listingStems } from './wishes.ts'
import { contentStems } from './words.ts'

/**
 * Ids of the products that hold whatever of a text the first of them holds and no more than half of all do: of cakes that were found for
 * "dinosaur cake", those that have to do with dinosaurs. All of them, where nothing sets the first apart.
 */
export function alikeFirst(products: readonly Product[], text: string, lexicon: Lexicon): string[] {
  const [first] = products
  if (first === undefined) return []
  const holds = (product: Product, stem: string) => listingStems(product, lexicon).has(stem)
  const telling = [...new Set(contentStems(text, lexicon))].filter(
    (stem) =>
      holds(first, stem) && products.filter((product) => holds(product, stem)).length * 2 <= products.length,
  )
  return products.filter((product) => telling.every((stem) => holds(product, stem))).map(({ id }) => id)
}
