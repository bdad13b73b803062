import type { Evidence, ProductCard } from '../../domain/answer.ts'
import type { Product, Variant } from '../../domain/product.ts'
import type { Facts } from '../facts.ts'
import { formatRating, isPriced } from '../../domain/money.ts'
import type { Phrases } from '../phrases.ts'
import { comparesCosts } from '../../understand/lower.ts'
import { findOrder } from '../../understand/order.ts'
import { prosAndCons } from './reviews.ts'
import { dimensionNamed, dimensionsAsked, givesDimension, quantityIn } from '../dimensions.ts'
import { sideAsked, sideIn } from '../sides.ts'
import { asksForLeast } from '../by-measure.ts'
import { askedParts, asksWhich, isAskingWord } from '../../language/asking.ts'
import { anyOf, grammarOf } from '../../language/grammar.ts'
import type { Language } from '../../language/language.ts'
import { fold } from '../../language/fold.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { placeOf } from '../../understand/ordinal.ts'
import { speaksOf } from '../../understand/turn-kind.ts'
import { isSuperlative } from '../../understand/superlative.ts'
import { comparedIn, comparesDegree, withoutAgainst } from '../plan/compared.ts'
import { unnamed } from '../unnamed.ts'
import { contentStems, isFunctionWord, meaningOf, words } from '../words.ts'
import { allSaid, answerFromListing, quoteOf, quotesOf } from './extract.ts'
import { listingEvidence } from '../evidence.ts'
import { defaultVariant } from '../cards.ts'
import { variantsCompared } from '../named-variants.ts'
import { asksPrice, spanOf } from './price-answer.ts'
import { packingAsked, weightPacked } from './net-or-gross.ts'
import { holdingSentences } from './holding.ts'
import { countedSentences } from './most-counted.ts'
import { toldApart } from './told-apart.ts'
import { excerpt } from './writer.ts'
import type { Citations } from './writer.ts'
import { ratingSaid, round, tellingReviews, titlesIn, verdictOf } from './results.ts'

/** Dimensions whose numbers stand in titles without a word for them. */
const titled: ReadonlySet<string> = new Set(['size', 'memory', 'volume', 'charge', 'weight'])

/**
 * What each listing says on the number that is asked for ("which is brighter?"), and which has the most or the least of it. That they do
 * not say, where none does; empty when nothing but the price or a general comparison is asked.
 */
function askedSentences(
  message: string,
  products: readonly Product[],
  facts: Facts,
  phrases: Phrases,
  titleOf: (id: string) => string,
  citations: Citations,
): string[] {
  if (
    asksPrice(message, facts.lexicon.language) ||
    /\b(?:cheap|expensive|afford|price|cost|rated|rating|reviews?)/i.test(message)
  )
    return []
  // "Which has the higher net weight?" asks for no height.
  const isNamed = dimensionsAsked(message, facts.lexicon).some(({ name }) => name !== 'size')
  const side = isNamed ? null : sideAsked(message, facts.lexicon.language)
  if (side !== null) return sideSentences(side, message, products, facts, phrases, titleOf, citations)
  // "What sets the two batteries apart?" asks by what they are called for nothing that batteries have.
  const asked = dimensionsAsked(unnamed(message, products, facts.lexicon), facts.lexicon)
  // The bigger of two pots is the one that holds more, where no sides are stated.
  const volume = asked.some(({ name }) => name === 'size')
    ? dimensionNamed('volume', facts.lexicon)
    : undefined
  const dimensions = [...asked, ...(volume && !asked.includes(volume) ? [volume] : [])]
  const wants = wantsMost(message, facts.lexicon)
  const packing = packingAsked(message, facts.lexicon) ?? 'net'
  if (dimensions.length === 0)
    return wants || comparesDegree(message, facts.lexicon)
      ? countedSentences(message, products, facts, titleOf, citations)
      : []
  for (const dimension of dimensions) {
    const said = products.flatMap((product) => {
      const texts = listingEvidence(product, facts.lexicon).filter(({ text }) =>
        givesDimension(text, dimension, facts.lexicon),
      )
      const inTitle = titled.has(dimension.name) ? quantityIn(product.title, dimension) : null
      // A gross weight is held against no net weight.
      const evidence =
        dimension.name === 'weight' ? (weightPacked(product, packing, facts.lexicon) ?? texts[0]) : texts[0]
      const quantity = inTitle ?? (evidence ? quantityIn(evidence.text, dimension) : null)
      if (!quantity) return []
      const source =
        inTitle || !evidence
          ? { kind: 'product' as const, productId: product.id, field: 'title' }
          : evidence.source
      return [
        { product, quantity, source, quote: inTitle ? product.title : (evidence?.text ?? product.title) },
      ]
    })
    const unit = said[0]?.quantity.unit
    const alike = said.filter(({ quantity }) => quantity.unit === unit)
    if (alike.length === 0) continue
    const byValue = alike.toSorted((a, b) => b.quantity.value - a.quantity.value)
    const isLeast = asksForLeast(message, facts.lexicon)
    const best = isLeast ? byValue.at(-1) : byValue[0]
    const isSame = byValue.every(({ quantity }) => quantity.value === best?.quantity.value)
    if (best && alike.length > 1 && isSame && !wants)
      return alike
        .slice(0, 4)
        .map(
          ({ product, quantity, source, quote }) =>
            `${titleOf(product.id)}: ${quantity.said} ${citations.mark(source, quote)}.`,
        )
    if (!best || alike.length < 2) {
      return alike.map(
        ({ product, quantity, source, quote }) =>
          `${titleOf(product.id)}: ${quantity.said} ${citations.mark(source, quote)}. ${phrases.say('compare.unsaid')}`,
      )
    }
    return [
      phrases.say(isLeast ? 'compare.least' : 'compare.most', {
        title: titleOf(best.product.id),
        value: best.quantity.said,
        mark: citations.mark(best.source, best.quote),
      }),
      ...byValue
        .filter((one) => one !== best)
        .slice(0, 3)
        .map(
          ({ product, quantity, source, quote }) =>
            `${titleOf(product.id)}: ${quantity.said} ${citations.mark(source, quote)}.`,
        ),
    ]
  }
  return []
}

/** "Which is the brightest?", "which holds more?": the one that has the most of something. */
const wantsMost = (message: string, { language }: Lexicon): boolean =>
  asksWhich(message, language.code) &&
  (isSuperlative(message, language.code) || /\b(?:more|less|fewer)\b/i.test(message))

/** Which has the most or the least of a side, where at least two listings label it; sizes in an order that none explains are told as they stand. */
function sideSentences(
  side: string,
  message: string,
  products: readonly Product[],
  facts: Facts,
  phrases: Phrases,
  titleOf: (id: string) => string,
  citations: Citations,
): string[] {
  const { lexicon } = facts
  const said = products.flatMap((product) => {
    const found = sideIn(side, listingEvidence(product, lexicon), lexicon.language)
    return found === null || found.kind === 'quoted' ? [] : [{ product, found }]
  })
  const sized = said.flatMap(({ product, found }) => {
    const size = dimensionNamed('size', lexicon)
    const quantity = found.kind === 'stated' && size ? quantityIn(found.said, size) : null
    return quantity ? [{ product, found, quantity }] : []
  })
  const isLeast = asksForLeast(message, facts.lexicon)
  const byValue = sized.toSorted((a, b) => (a.quantity.value - b.quantity.value) * (isLeast ? 1 : -1))
  const [best, ...others] = byValue
  const line = ({ product, found }: (typeof said)[number]) =>
    `${titleOf(product.id)}: ${found.said} ${citations.mark(found.evidence.source, found.evidence.text)}.`
  if (best && others.length > 0)
    return [
      phrases.say(isLeast ? 'compare.least' : 'compare.most', {
        title: titleOf(best.product.id),
        value: best.found.said,
        mark: citations.mark(best.found.evidence.source, best.found.evidence.text),
      }),
      ...others.slice(0, 3).map(line),
    ]
  return [...said.slice(0, 3).map(line), phrases.say('compare.unsaid')]
}

/** Whether a message asks of several for something in particular, and not only which to take or which costs less. */
function asksOfThem(message: string, products: readonly Product[], lexicon: Lexicon): boolean {
  const { language } = lexicon
  if (asksPrice(message, language)) return false
  if (findOrder(message, language.code) !== null) return false
  const { names } = comparedIn(message, lexicon)
  const said = [...products.map(({ title }) => title), ...(names.length > 1 ? names : [])]
  const named = new Set(said.flatMap((text) => contentStems(text, lexicon)))
  return words(message).some(
    ({ text }) =>
      !named.has(meaningOf(text, lexicon)) &&
      !isFunctionWord(text, lexicon) &&
      !isAskingWord(text, language.code) &&
      !speaksOf(text, ['compare', 'advice', 'cheaper', 'price'], language) &&
      placeOf(fold(text), language.code) === null,
  )
}

/** What the listings say on what is asked of several, each for itself; empty where none says it. */
function bearingSentences(
  message: string,
  products: readonly Product[],
  facts: Facts,
  phrases: Phrases,
  titleOf: (id: string) => string,
  citations: Citations,
): string[] {
  const bare = unnamed(message, products, facts.lexicon)
  const said = products.flatMap((product) => {
    const [told] =
      answerFromListing(message, product, facts, citations) ?? allSaid(bare, product, facts, citations) ?? []
    return told === undefined ? [] : [`${titleOf(product.id)}: ${told}`]
  })
  return said.slice(0, 3)
}

/** So many lines that a model points at are told of each. */
const mostPointed = 2

/** The lines that a model says tell them apart. */
function pointedSentences(
  products: readonly Product[],
  { pointed, phrases }: Facts,
  titleOf: (id: string) => string,
  citations: Citations,
): string[] {
  return products.flatMap(({ id }) => {
    const lines = (pointed?.get(id) ?? []).filter((line) => !isPriceRow(line)).slice(0, mostPointed)
    const quotes = quotesOf(lines, citations, phrases)
    return quotes.length === 0 ? [] : [`${titleOf(id)}: ${quotes.join(' ')}`]
  })
}

/** What a row costs is told beside what the other costs, not quoted of each. */
const isPriceRow = ({ source }: Evidence) => source.kind === 'product' && source.field === 'price'

/** Where a model points at nothing but what they cost, it is asked for the price, in whatever words. */
function pointsAtPrices(products: readonly Product[], { pointed }: Facts): boolean {
  const lines = products.flatMap(({ id }) => pointed?.get(id) ?? [])
  return lines.length > 0 && lines.every(isPriceRow)
}

const asksDearest = /\b(?:dearest|priciest|most expensive|highest[- ]priced?|(?:costs?|is) the most\W*$)/i

/** "Which one is less expensive", "lequel est moins cher", "qual custa menos": of the price, in whatever form of the words. */
function saysPrice(message: string, { code }: Language): boolean {
  const { price, cheap, cheaper, dear, 'cheaper-of': cheaperOf, 'dearer-of': dearerOf } = grammarOf(code)
  const said = anyOf([...price, ...cheap, ...cheaper, ...dear, ...cheaperOf, ...dearerOf])
  return new RegExp(said, 'iu').test(message)
}

/** What is said of some products side by side: on each question of a message that puts several ("which is bigger and what do they cost?"). */
export function comparisonSentences(
  message: string,
  products: readonly Product[],
  facts: Facts,
  phrases: Phrases,
  citations: Citations,
): string[] {
  const told = (part: string) => verdictSentences(part, products, facts, phrases, citations)
  const parts = askedParts(message, facts.lexicon.language.code)
  const open = phrases.say('compare.unsaid')
  if (parts.length < 2) {
    // What stands before the question names them: "the flute or the tumbler, which can go in the oven?".
    const said = told(message.slice(message.indexOf(parts[0] ?? message)))
    return said.includes(open) ? told(message) : said
  }
  const said = [...new Set(parts.flatMap(told))]
  return said.some((sentence) => sentence !== open) ? said.filter((sentence) => sentence !== open) : said
}

/** Verdict of a comparison: the cheapest, the best rated, and what each one's buyers praise. */
function verdictSentences(
  message: string,
  products: readonly Product[],
  facts: Facts,
  phrases: Phrases,
  citations: Citations,
): string[] {
  const titleOf = titlesIn(facts)
  const cards = facts.comparison?.products ?? []
  if (cards.length < 2) return []
  const order = findOrder(message, facts.lexicon.language.code)?.sort
  const dearest = cards.toSorted((a, b) => b.price.minor - a.price.minor)[0]
  if ((order === 'price-descending' || asksDearest.test(message)) && dearest && isPriced(dearest.price))
    return [
      phrases.say('compare.dearest', {
        title: titleOf(dearest.productId),
        price: phrases.money(dearest.price),
      }),
    ]
  if (order === 'rating' || order === 'reviews') {
    const by = ({ rating }: ProductCard) => (order === 'rating' ? rating?.average : rating?.count) ?? 0
    const first = cards.toSorted((a, b) => by(b) - by(a))[0]
    if (!first?.rating || by(first) === 0) return [phrases.say('results.unrated')]
    return [
      phrases.say(order === 'rating' ? 'compare.best-rated' : 'compare.most-reviewed', {
        title: titleOf(first.productId),
        rating: `${formatRating(first.rating.average)}${first.rating.count > 0 ? ` (${first.rating.count})` : ''}`,
      }),
    ]
  }
  const isOfPrice =
    order !== undefined ||
    asksPrice(message, facts.lexicon.language) ||
    saysPrice(message, facts.lexicon.language) ||
    // In the shopper's own language, where that is another than the listings'.
    comparesCosts(message, phrases.language.code) ||
    pointsAtPrices(products, facts)
  const pointed = isOfPrice ? [] : pointedSentences(products, facts, titleOf, citations)
  if (order !== 'price-ascending' && pointed.length === 0) {
    const onAsked = askedSentences(message, products, facts, phrases, titleOf, citations)
    if (onAsked.length) return onAsked
    // "Lohnen die sich gegenüber den Court-Bällen?" asks how they differ, in whatever words.
    const apart = withoutAgainst(message, facts.lexicon)
    const holding = isOfPrice
      ? []
      : holdingSentences(apart ?? message, products, facts, phrases, titleOf, {
          tellsUnmentioned: apart === null,
        })
    if (holding.length) return holding
    const wants = !isOfPrice && wantsMost(message, facts.lexicon)
    if (wants || (!isOfPrice && asksOfThem(message, products, facts.lexicon))) {
      const bearing = bearingSentences(message, products, facts, phrases, titleOf, citations)
      if (bearing.length > 0) return bearing
      if (wants || asksWhich(message, facts.lexicon.language.code))
        return [
          phrases.say('compare.unsaid'),
          ...apartSentences(products.slice(0, mostTold), facts, titleOf, citations),
        ]
    }
  }
  const byPrice = cards.toSorted((a, b) => a.price.minor - b.price.minor)
  const [cheap, next] = [byPrice[0], byPrice[1]]
  const said: string[] = []
  const pools = variantsMeant(message, products, cards, facts)
  const dearestOf = (id: string) =>
    Math.max(...(pools.get(id) ?? []).map(({ price }) => price.minor), Number.NEGATIVE_INFINITY)
  // Which of the two costs less hangs on the choice.
  const isOpen = cheap !== undefined && next !== undefined && dearestOf(cheap.productId) >= next.price.minor
  if (isOpen && dearestOf(cheap.productId) > cheap.price.minor)
    said.push(
      ...byPrice.slice(0, mostTold).map(({ productId, price }) => {
        const costs = spanOf(pools.get(productId) ?? [], phrases) ?? phrases.money(price)
        const mark = citations.mark({ kind: 'product', productId, field: 'price' }, costs)
        return `${titleOf(productId)}: ${costs} ${mark}.`
      }),
    )
  else if (cheap && next && cheap.price.minor < next.price.minor) {
    said.push(
      phrases.say(cards.length === 2 ? 'compare.cheaper' : 'compare.cheapest', {
        title: titleOf(cheap.productId),
        price: phrases.money(cheap.price),
        other: phrases.money(next.price),
      }),
    )
  } else if (cheap && isPriced(cheap.price))
    said.push(
      phrases.say('compare.alike', {
        titles: phrases.listing(
          byPrice
            .filter((card) => card.price.minor === cheap.price.minor)
            .map((card) => titleOf(card.productId)),
        ),
        price: phrases.money(cheap.price),
      }),
    )
  if (isOfPrice) return said
  // Where not all of them say something on it, it is asked for something in particular.
  if (pointed.length > 0) return pointed.length < products.length ? pointed : [...pointed, ...said]
  said.push(...apartSentences(products.slice(0, mostTold), facts, titleOf, citations))
  const rated = cards.filter((card) => (card.rating?.count ?? 0) >= tellingReviews)
  const byRating = rated.toSorted((a, b) => (b.rating?.average ?? 0) - (a.rating?.average ?? 0))
  const [top, second] = [byRating[0], byRating[1]]
  if (top?.rating && second?.rating && round(top.rating.average) > round(second.rating.average)) {
    said.push(
      phrases.say('compare.rated', {
        title: titleOf(top.productId),
        rating: ratingSaid(top.rating, phrases),
        least: formatRating(second.rating.average),
        other: titleOf(second.productId),
      }),
    )
  }
  for (const product of products.slice(0, 3)) {
    const digest = facts.digests.get(product.id)
    if (!digest || digest.read < 3) continue
    const { pros, cons } = prosAndCons(digest)
    const verdicts = [...pros.slice(0, 1), ...cons.slice(0, 1)].flatMap(
      (aspect) => verdictOf(aspect, product.id, phrases, citations) ?? [],
    )
    const [first, ...rest] = verdicts
    if (first !== undefined) said.push(`${titleOf(product.id)}: ${[lower(first), ...rest].join(' ')}`)
  }
  return said.length > 0 ? said : [phrases.say('compare.unsaid')]
}

/** Of each of what is compared, the variants that may be meant: those that the message names, the one that is in sight, else all. */
function variantsMeant(
  message: string,
  products: readonly Product[],
  cards: readonly ProductCard[],
  { lexicon }: Facts,
): Map<string, readonly Variant[]> {
  const named = variantsCompared(message, products, lexicon)
  return new Map(
    products.map((product, at) => {
      const shown = cards.find(({ productId }) => productId === product.id)?.variantId
      const isDefault = shown === undefined || shown === defaultVariant(product).id
      return [
        product.id,
        named[at]?.variants ??
          (isDefault ? product.variants : product.variants.filter(({ id }) => id === shown)),
      ]
    }),
  )
}

/** So many of what is compared are told apart in words; the table holds them all. */
const mostTold = 3
/** Characters of one thing that a listing states. */
const longestFact = 150

/** What each of some products states otherwise than the others, in its listing's own words. */
function apartSentences(
  products: readonly Product[],
  { lexicon, phrases }: Facts,
  titleOf: (id: string) => string,
  citations: Citations,
): string[] {
  const apart = toldApart(products, lexicon)
  return products.flatMap(({ id }, at) => {
    const own = apart[at] ?? []
    const [only] = own
    if (only === undefined) return []
    if (own.length === 1 && only.kind === 'listing')
      return [`${titleOf(id)}: ${quoteOf(only, citations, phrases)}`]
    const facts = own.map(
      (one) => `${excerpt(one.text, longestFact).replace(/\.$/, '')} ${citations.mark(one.source, one.text)}`,
    )
    return [`${titleOf(id)}: ${facts.join('; ')}.`]
  })
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
