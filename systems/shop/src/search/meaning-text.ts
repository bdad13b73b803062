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

/** Characters of a piece of a listing, and of the name that stands before it. */
const pieceLength = 220
const nameLength = 60
const mostPieces = 8

/** What of a product is embedded as a whole, and its description in pieces of some sentences: what it is for may stand anywhere in it. */
export function meaningPieces(product: Pick<Product, 'title' | 'description'>): string[] {
  const pieces: string[] = []
  for (const line of product.description.split(/(?<=[.!?])\s+|\n+/)) {
    const [sentence, last] = [line.trim(), pieces.at(-1)]
    if (sentence === '') continue
    if (last !== undefined && last.length + sentence.length < pieceLength)
      pieces[pieces.length - 1] = `${last} ${sentence}`
    else pieces.push(sentence.slice(0, pieceLength))
  }
  const name = product.title.slice(0, nameLength)
  return [
    meaningText(product),
    ...pieces.slice(0, mostPieces).map((piece) => clippedText(`${name}. ${piece}`)),
  ]
}
