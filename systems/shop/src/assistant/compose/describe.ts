import type { Product } from '../../domain/product.ts'
import { formatRating, isPriced } from '../../domain/money.ts'
import { listingEvidence } from '../evidence.ts'
import type { Facts } from '../facts.ts'
import type { Phrases } from '../phrases.ts'
import { contentStems } from '../words.ts'
import { titlesIn, verdictOf } from './results.ts'
import { prosAndCons } from './reviews.ts'
import { excerpt } from './writer.ts'
import type { Citations } from './writer.ts'

/** Nobody has written about it here; a rating that the feed states is told with its own count. */
export function noReviews(product: Product, phrases: Phrases, citations: Citations): string {
  const { rating } = product
  const average = formatRating(rating?.average ?? 0)
  const count = phrases.counted('rating.reviews', rating?.count ?? 0)
  const source = { kind: 'product' as const, productId: product.id, field: 'rating' }
  return rating?.count
    ? phrases.say('reviews.unread', {
        rating: average,
        count,
        mark: citations.mark(source, `${average} from ${count}`),
      })
    : phrases.say('reviews.none')
}

/** Words beside those of its title that make a sentence worth to begin with. */
const leastNew = 3

/** How its description begins, where it has one. */
function leadOf(product: Product, phrases: Phrases, citations: Citations): string[] {
  const title = new Set(contentStems(product.title))
  // "What makes it so special?" and "Description" head what follows, and its name says nothing new.
  const told = listingEvidence(product).filter(
    ({ kind, text }) => kind === 'listing' && !text.trimEnd().endsWith('?') && text.trim().includes(' '),
  )
  const newIn = ({ text }: { text: string }) => contentStems(text).filter((stem) => !title.has(stem)).length
  const lead = told.find((one) => newIn(one) >= leastNew) ?? told.find((one) => newIn(one) > 0) ?? told[0]
  if (!lead) return []
  const quote = excerpt(lead.text, 160)
  return [phrases.say('how-to.says', { quote, mark: citations.mark(lead.source, lead.text) })]
}

/** What it costs, why it stands there, how its listing begins and what buyers say most. */
export function describe(product: Product, facts: Facts, phrases: Phrases, citations: Citations): string[] {
  const card = facts.cards.get(product.id)
  const digest = facts.digests.get(product.id)
  const out = phrases.say('stock.out')
  const reasons = card?.reasons.filter((reason) => reason !== out) ?? []
  const lead = leadOf(product, phrases, citations)
  const title = titlesIn(facts)(product.id)
  const why = `${reasons.length ? `: ${phrases.listing(reasons)}` : ''}${card && !card.inStock ? phrases.say('results.stock') : ''}`
  const summary =
    card && isPriced(card.price)
      ? phrases.say('product.costs', { title, price: phrases.money(card.price), why })
      : `${title}${why}.`
  if (!digest || digest.read < 3) return [summary, ...lead]
  const { pros, cons } = prosAndCons(digest)
  return [
    summary,
    ...lead,
    ...[...pros.slice(0, 1), ...cons.slice(0, 1)].flatMap(
      (aspect) => verdictOf(aspect, product.id, phrases, citations) ?? [],
    ),
  ]
}
