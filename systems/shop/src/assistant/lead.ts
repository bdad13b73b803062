import type { Product } from '../domain/product.ts'
import { isPriced } from '../domain/money.ts'
import { fold } from '../language/fold.ts'
import { grammarOf } from '../language/grammar.ts'
import { lexemesOf } from '../language/lexemes.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { isInStock, shownVariant } from './cards.ts'

/** A product and the variant of it that would be shown. */
interface Item {
  product: Product
  variantId: string | null
}

/**
 * Which of two that fit a message alike leads: what is sold by itself before a set that it is part of, what has a price before what is
 * given away, what is in stock before what is not. Negative where the first does; 0 where neither does.
 */
export function leadOf(message: string, lexicon: Lexicon): (a: Item, b: Item) => number {
  const sets = new Set(grammarOf(lexicon.language.code).set.map((phrase) => fold(phrase)))
  const wordsOf = (text: string) => lexemesOf(text).map(({ word }) => word)
  const asksForSet = wordsOf(message).some((word) => sets.has(word))
  const isSet = ({ product }: Item) =>
    !asksForSet &&
    (wordsOf(product.title).some((word) => sets.has(word)) || /\p{L}\s\+\s\p{L}/u.test(product.title))
  const isFree = ({ product, variantId }: Item) => {
    const { price } = shownVariant(product, variantId)
    return isPriced(price) && price.minor === 0
  }
  const isOut = ({ product }: Item) => !product.variants.some(isInStock)
  const rank = (item: Item) => (isFree(item) ? 4 : 0) + (isSet(item) ? 2 : 0) + (isOut(item) ? 1 : 0)
  return (a, b) => rank(a) - rank(b)
}
