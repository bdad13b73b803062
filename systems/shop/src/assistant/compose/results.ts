import type { ProductCard } from '../../domain/answer.ts'
import type { Product } from '../../domain/product.ts'
import { chipOf } from '../cards.ts'
import type { Facts } from '../facts.ts'
import { formatMoney, formatRating, listing, plural } from '../../domain/money.ts'
import type { EffectiveSearch } from '../plan/plan.ts'
import { aspectCounts, askedAspects, prosAndCons } from './reviews.ts'
import { excerpt } from './writer.ts'
import type { Citations } from './writer.ts'

/** Fewer reviews than this say too little to call a product better rated. */
const tellingReviews = 5

/** Says which is the best match and why, what one gives up with it, what buyers say, and what was left out. */
export function resultSentences(search: EffectiveSearch, facts: Facts, citations: Citations): string[] {
  const found = facts.search
  if (!found) return []
  const wanted = wantedWords(search)
  const best = found.cards[0]
  if (!best) {
    return [
      `I found nothing in this store for ${wanted}.`,
      'Try other words, or leave one of your conditions out.',
    ]
  }
  const relaxed = found.relaxed.map((constraint) => `“${chipOf(constraint, facts.currency).label}”`)
  return [
    ...(relaxed.length
      ? [`Nothing here meets every condition, so I left out ${listing(relaxed)}; all of these meet the rest.`]
      : []),
    bestMatch(best, found.cards.length),
    ...tradeOffs(best, found.cards),
    ...reviewSentences(search, best, facts, citations),
    ...(found.total > found.cards.length
      ? [`In all, ${plural(found.total, 'product')} fit; these are the first ${found.cards.length}.`]
      : []),
  ]
}

function wantedWords(search: EffectiveSearch): string {
  const words = excerpt(search.text || search.productType || 'that', 80)
  return `“${words}”`
}

/** `Swift FG Kids is the best match: red, under $60, 4.6 from 212 reviews. It costs $49.99.` */
function bestMatch(best: ProductCard, count: number): string {
  const reasons = best.reasons.filter(
    (reason) => !/ from [\d,]+ reviews?$/.test(reason) && reason !== 'out of stock',
  )
  const rating = best.rating
    ? `rated ${formatRating(best.rating.average)} from ${plural(best.rating.count, 'review')}`
    : null
  const why = listing([...reasons, ...(rating ? [rating] : [])])
  const lead = count === 1 ? `${best.title} is the one that fits` : `${best.title} is the best match`
  return `${lead}, at ${formatMoney(best.price)}${why ? `: ${why}` : ''}${best.inStock ? '' : ', but it is out of stock'}.`
}

/** What the shopper gives up with the best match, against the cheapest and the best rated of the others. */
function tradeOffs(best: ProductCard, cards: readonly ProductCard[]): string[] {
  const others = cards.slice(1).filter((card) => card.price.currency === best.price.currency)
  const cheapest = others.toSorted((a, b) => a.price.minor - b.price.minor)[0]
  const rated = others
    .filter((card) => (card.rating?.count ?? 0) >= tellingReviews)
    .toSorted((a, b) => (b.rating?.average ?? 0) - (a.rating?.average ?? 0))[0]
  const said: string[] = []
  if (cheapest && cheapest.price.minor < best.price.minor) {
    const saved = { minor: best.price.minor - cheapest.price.minor, currency: best.price.currency }
    const rating = cheapest.rating
      ? `, rated ${formatRating(cheapest.rating.average)} from ${plural(cheapest.rating.count, 'review')}`
      : ', but it has no reviews yet'
    said.push(
      `${cheapest.title} costs ${formatMoney(saved)} less at ${formatMoney(cheapest.price)}${rating}.`,
    )
  }
  const bestRating = best.rating && best.rating.count >= tellingReviews ? best.rating.average : 0
  if (
    rated?.rating &&
    rated.productId !== cheapest?.productId &&
    round(rated.rating.average) > round(bestRating)
  ) {
    said.push(
      `${rated.title} is rated higher, ${formatRating(rated.rating.average)} from ${plural(rated.rating.count, 'review')}, at ${formatMoney(rated.price)}.`,
    )
  }
  return said
}

function round(average: number): number {
  return Math.round(average * 10) / 10
}

/** What buyers praise and blame in the best match; what the search asked for comes first. */
function reviewSentences(
  search: EffectiveSearch,
  best: ProductCard,
  facts: Facts,
  citations: Citations,
): string[] {
  const digest = facts.digests.get(best.productId)
  if (!digest || digest.read < 3) return []
  const asked = askedAspects(search.text, digest.aspects).slice(0, 1)
  const { pros, cons } = prosAndCons(digest)
  const praised = asked[0] ?? pros[0]
  const blamed = cons.find((aspect) => aspect !== praised)
  return [
    ...(praised
      ? [`Of it, ${withQuote(praised, best.productId, aspectCounts(praised, digest), citations)}`]
      : []),
    ...(blamed
      ? [`Less good: ${withQuote(blamed, best.productId, aspectCounts(blamed, digest), citations)}`]
      : []),
  ]
}

function withQuote(
  aspect: Parameters<typeof aspectCounts>[0],
  productId: string,
  counts: string,
  citations: Citations,
): string {
  const quote = aspect.positive >= aspect.negative ? aspect.praise : aspect.blame
  return quote
    ? `${counts} ${citations.mark({ kind: 'review', productId, reviewId: quote.reviewId }, quote.text)}.`
    : `${counts}.`
}

/** Verdict of a comparison: the cheapest, the best rated, and what each one's buyers praise. */
export function comparisonSentences(
  products: readonly Product[],
  facts: Facts,
  citations: Citations,
): string[] {
  const cards = facts.comparison?.products ?? []
  if (cards.length < 2) return []
  const byPrice = cards.toSorted((a, b) => a.price.minor - b.price.minor)
  const [cheap, next] = [byPrice[0], byPrice[1]]
  const said: string[] = []
  if (cheap && next && cheap.price.minor < next.price.minor) {
    said.push(
      cards.length === 2
        ? `${cheap.title} is cheaper: ${formatMoney(cheap.price)} against ${formatMoney(next.price)}.`
        : `${cheap.title} is the cheapest at ${formatMoney(cheap.price)}.`,
    )
  } else if (cheap) said.push(`They start at the same price, ${formatMoney(cheap.price)}.`)
  const rated = cards.filter((card) => (card.rating?.count ?? 0) >= tellingReviews)
  const byRating = rated.toSorted((a, b) => (b.rating?.average ?? 0) - (a.rating?.average ?? 0))
  const [top, second] = [byRating[0], byRating[1]]
  if (top?.rating && second?.rating && round(top.rating.average) > round(second.rating.average)) {
    said.push(
      `${top.title} is rated highest, ${formatRating(top.rating.average)} from ${plural(top.rating.count, 'review')} against ${formatRating(second.rating.average)} for ${second.title}.`,
    )
  }
  for (const product of products.slice(0, 3)) {
    const digest = facts.digests.get(product.id)
    if (!digest || digest.read < 3) continue
    const { pros, cons } = prosAndCons(digest)
    const parts = [...pros.slice(0, 1), ...cons.slice(0, 1)]
    if (parts.length) {
      said.push(
        `${product.title}: ${parts.map((aspect) => withQuote(aspect, product.id, aspectCounts(aspect, digest), citations).replace(/\.$/, '')).join('; ')}.`,
      )
    }
  }
  return said
}
