import type { AnswerPart, ProductCard } from '../domain/answer.ts'
import type { Product } from '../domain/product.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { opensWith, saying } from '../understand/danger-phrases.ts'
import { isOfChild } from './asks-safety.ts'
import { cautionOf, isLimiting } from './cautions.ts'
import { listingEvidence } from './evidence.ts'
import type { Facts } from './facts.ts'
import { forbids } from './forbids.ts'
import { isOfCare } from './warns.ts'

/** A card shows so many lines that warn at most. */
const mostShown = 2
/** From here on a line is shown in which a known phrase warns or forbids. */
const leastKnown = 0.5
/** From here on one that denies, limits or obliges without such a phrase. */
const leastUnknown = 0.8
/** A longer line is read on the product's page. */
const longestShown = 200

/**
 * What a shopper should know of a product before they choose it: the lines of its listing that warn ("keep away from children"), then those that forbid something or
 * say what it is not for ("not for induction"), the surest first, as they stand there. How it is cleaned is not among them.
 */
export function cautionsOf(product: Product, lexicon: Lexicon): string[] {
  const { language } = lexicon
  const found = listingEvidence(product, lexicon).flatMap(({ kind, text }) => {
    if (kind !== 'listing' || text.length > longestShown) return []
    const isSignalled = opensWith(text, 'signals', language)
    const warns = isSignalled || saying(text, language)('warns')
    const isKnown = warns || forbids(text, lexicon)
    if (!isKnown && !isLimiting(text, language.code)) return []
    const likely = cautionOf(text, lexicon)
    const isShown =
      isSignalled ||
      (warns && isOfChild(text, language)) ||
      (likely >= (isKnown ? leastKnown : leastUnknown) && !isOfCare(text, lexicon))
    return isShown ? { text, rank: likely + (warns ? 1 : 0) } : []
  })
  const texts = found.toSorted((a, b) => b.rank - a.rank).map(({ text }) => text)
  return [...new Set(texts)].slice(0, mostShown)
}

/** A card with what its listing warns of, where it does. */
export function withCautions(card: ProductCard, product: Product | undefined, lexicon: Lexicon): ProductCard {
  const cautions = product ? cautionsOf(product, lexicon) : []
  return cautions.length > 0 ? { ...card, cautions } : card
}

/** A part of an answer whose cards, and a comparison in a row, say what the listings warn of. */
export function partWithCautions(part: AnswerPart, { products, lexicon, phrases }: Facts): AnswerPart {
  const cautioned = (cards: readonly ProductCard[]) =>
    cards.map((card) => withCautions(card, products.get(card.productId), lexicon))
  if (part.type === 'data-products')
    return { ...part, data: { ...part.data, cards: cautioned(part.data.cards) } }
  if (part.type !== 'data-comparison') return part
  const compared = cautioned(part.data.products)
  const values = compared.map(({ cautions }) => cautions?.join(' ') ?? null)
  const row = { label: phrases.say('table.cautions'), values, best: null }
  const rows = values.every((value) => value === null) ? part.data.rows : [...part.data.rows, row]
  return { ...part, data: { products: compared, rows } }
}
