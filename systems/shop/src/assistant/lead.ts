import type { Constraint } from '../domain/constraints.ts'
import type { Product } from '../domain/product.ts'
import { isPriced } from '../domain/money.ts'
import { fold } from '../language/fold.ts'
import { grammarOf } from '../language/grammar.ts'
import { lexemesOf } from '../language/lexemes.ts'
import type { Lexeme } from '../language/lexemes.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { isInStock, shownVariant } from './cards.ts'

/** A product and the variant of it that would be shown. */
interface Item {
  product: Product
  variantId: string | null
}

/**
 * Which of two that fit a message alike leads: what has a price before what is given away, what is in stock before what is not, what is sold
 * by itself before a set that it is part of. Negative where the first does; 0 where neither does.
 */
export function leadOf(message: string, lexicon: Lexicon): (a: Item, b: Item) => number {
  const sets = new Set(grammarOf(lexicon.language.code).set.map((phrase) => fold(phrase)))
  const wordsOf = (text: string) => lexemesOf(text).map(({ word }) => word)
  // "(40 Pack)" and "set of 4" count the same thing.
  const isCounted = (all: readonly Lexeme[], at: number) =>
    all.slice(Math.max(0, at - 1), at + 3).some(({ kind }) => kind === 'number')
  const asksForSet = wordsOf(message).some((word) => sets.has(word))
  const isSet = ({ product }: Item) =>
    !asksForSet &&
    (lexemesOf(product.title).some(({ word }, at, all) => sets.has(word) && !isCounted(all, at)) ||
      /\p{L}\s\+\s\p{L}/u.test(product.title))
  const isFree = ({ product, variantId }: Item) => {
    const { price } = shownVariant(product, variantId)
    return isPriced(price) && price.minor === 0
  }
  const isOut = ({ product }: Item) => !product.variants.some(isInStock)
  const rank = (item: Item) => (isFree(item) ? 4 : 0) + (isOut(item) ? 2 : 0) + (isSet(item) ? 1 : 0)
  return (a, b) => rank(a) - rank(b)
}

/** How many of the values that are asked for the variant that would be shown states as they were said: black, and not black and white. */
export function exactly({ product, variantId }: Item, constraints: readonly Constraint[]): number {
  const stated = new Set(Object.values(shownVariant(product, variantId).options).map((value) => fold(value)))
  const isSaid = (one: Constraint) => one.kind === 'facet' && !one.negated && stated.has(fold(one.text))
  return constraints.filter(isSaid).length
}

/** How many of the facets that are asked for a product states a wanted value of, in whatever choice. */
export function valuesStated({ attributes, variants }: Product, constraints: readonly Constraint[]): number {
  const stated = new Set(
    [...Object.values(attributes).flat(), ...variants.flatMap(({ options }) => Object.values(options))].map(
      (value) => fold(value),
    ),
  )
  return constraints.filter(
    (one) => one.kind === 'facet' && !one.negated && one.values.some((value) => stated.has(fold(value))),
  ).length
}

/** Of the variants of a product that fit, in their order, the first that states most of what is asked for as it was said. */
export function exactFirst(
  product: Product,
  variantIds: readonly string[],
  constraints: readonly Constraint[],
): string | null {
  const most = (variantId: string) => exactly({ product, variantId }, constraints)
  return variantIds.toSorted((a, b) => most(b) - most(a))[0] ?? null
}
