import { clippedText } from '@heavylift/models/meaning'
import type { Product } from '../domain/product.ts'

/** What of each product is embedded. */
export async function* meaningTexts(
  products: AsyncIterable<Product> | Iterable<Product>,
): AsyncGenerator<string> {
  for await (const product of products) yield meaningText(product)
}

/** What of a product is embedded: its title and the beginning of its description. */
export function meaningText({ title, description }: Pick<Product, 'title' | 'description'>): string {
  return clippedText(description === '' ? title : `${title}. ${description}`)
}
