import type { Money, Product, Variant } from '../../domain/product.ts'
import { isPriced } from '../../domain/money.ts'
import { isInStock } from '../cards.ts'
import { heading } from '../compare.ts'
import { isAskingWord } from '../../language/asking.ts'
import type { Language } from '../../language/language.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { holdsOthers } from '../../understand/forms.ts'
import { asksSum } from '../../understand/sum.ts'
import { tokenize } from '../../understand/text.ts'
import type { Token } from '../../understand/text.ts'
import { howTold, speaksOf, turnKindOf } from '../../understand/turn-kind.ts'
import type { Facts } from '../facts.ts'
import { asksByMeasuring, dimensionsAsked } from '../dimensions.ts'
import { measureNotSold, measuresIn, priceMeasure } from '../price-measure.ts'
import { meantVariants, namedVariants, quantities } from '../named-variants.ts'
import { tellingStems } from '../plan/subjects.ts'
import { contentStems } from '../words.ts'
import type { Phrases } from '../phrases.ts'
import type { Citations } from './writer.ts'

/** Asks what it costs: "how much is it", and not "how much does it weigh". */
export const asksPrice = (question: string, language: Language): boolean =>
  turnKindOf(question, language)?.kind === 'price'

/**
 * Whether a question for a price says nothing beside that but the product, its choices and how many: "quanto pesano?" begins as "quanto
 * costano?" does.
 */
export function saysOnlyPrice(question: string, product: Product, lexicon: Lexicon): boolean {
  const { language } = lexicon
  // "How much is the big one?" asks for no measure; "cuánto mide" does, by the verb that it asks with.
  if (dimensionsAsked(question, lexicon).some(({ name }) => name !== 'size')) return false
  if (asksByMeasuring(question, lexicon)) return false
  const choices = product.variants.flatMap(({ options }) => Object.entries(options).flat())
  const own = new Set(
    contentStems([product.title, product.brand ?? '', ...product.categories, ...choices].join(' '), lexicon),
  )
  return tokenize(question, lexicon).every(
    ({ isContent, count, stem, word, unit }) =>
      !isContent ||
      unit !== null ||
      /\d/.test(word) ||
      count !== null ||
      own.has(stem) ||
      isAskingWord(word, language.code) ||
      speaksOf(word, ['price'], language),
  )
}

/** Whether a question that names a choice asks what that costs, whatever else it asks: "do you have it in XL and how much is it". */
export const asksPriceToo = (question: string, language: Language): boolean =>
  (turnKindOf(question, language)?.probabilities.get('price') ?? 0) >= priceSureness ||
  howTold(question, ['price'], language) === 'content'

const priceSureness = 0.2

function priceAnswer(
  product: Product,
  { cards, phrases, lexicon }: Facts,
  citations: Citations,
): string[] | null {
  const price = priceOf(product.variants, phrases)
  const low = lowest(product.variants)
  if (price === null || low === null) return null
  if (!isPriced(low)) return [phrases.say('price.none')]
  const per = priceMeasure(product, lexicon)
  const mark = citations.mark({ kind: 'product', productId: product.id, field: 'price' }, price)
  if (per !== null) return [phrases.say('price.is', { price: `${price} / ${per.text}`, mark })]
  // As it stands in sight: in 16 inches, say, of lengths that differ in price.
  const card = cards.get(product.id)
  return [
    card && card.price.minor !== low.minor
      ? phrases.say('price.as-shown', { shown: phrases.money(card.price), price, mark })
      : phrases.say('price.is', { price, mark }),
  ]
}

const lowest = (variants: readonly Variant[]): Money | null =>
  variants.map(({ price }) => price).toSorted((a, b) => a.minor - b.minor)[0] ?? null

/** The same without words: `$20.00–$60.00`. */
export function spanOf(variants: readonly Variant[], phrases: Phrases): string | null {
  const prices = variants
    .map(({ price }) => price)
    .filter(isPriced)
    .toSorted((a, b) => a.minor - b.minor)
  const [low, high] = [prices[0], prices.at(-1)]
  if (!low || !high) return null
  return low.minor === high.minor ? phrases.money(low) : `${phrases.money(low)}–${phrases.money(high)}`
}

/** What some variants cost, as a range where they differ; null where there are none. */
function priceOf(variants: readonly Variant[], phrases: Phrases): string | null {
  const prices = variants.map(({ price }) => price).toSorted((a, b) => a.minor - b.minor)
  const [low, high] = [prices[0], prices.at(-1)]
  if (!low || !high) return null
  return low.minor === high.minor
    ? phrases.money(low)
    : phrases.say('price.range', { low: phrases.money(low), high: phrases.money(high) })
}

/** "3 etti di rucola, quanto fanno?": so much of the price of a kilo. Null where no amount is said, or the price is of no measure. */
function measuredAnswer(
  question: string,
  product: Product,
  { lexicon, phrases }: Facts,
  citations: Citations,
): string[] | null {
  const per = priceMeasure(product, lexicon)
  const pool = meantVariants(question, product, lexicon)
  const prices = new Set(pool.map(({ price }) => price.minor))
  const price = pool[0]?.price
  if (per === null || prices.size !== 1 || !price || !isPriced(price)) return null
  const said = measuresIn(question, lexicon).filter(({ unit }) => unit.dimension === per.unit.dimension)
  const [one] = said
  if (one === undefined || said.length > 1) return null
  const share = (one.amount * one.unit.times) / (per.amount * per.unit.times)
  const total = phrases.money({ ...price, minor: Math.round(price.minor * share) })
  const each = `${phrases.money(price)} / ${per.text}`
  const mark = citations.mark({ kind: 'product', productId: product.id, field: 'price' }, each)
  return [`${one.text}: ${total} (${each}) ${mark}.`]
}

/** "What is the 15 oz?", of what comes in 11 oz: that there is none, and what there is. Null where no such measure is named. */
function notSoldAnswer(
  question: string,
  product: Product,
  { lexicon, phrases }: Facts,
  citations: Citations,
): string[] | null {
  const value = measureNotSold(question, product, lexicon)
  const offered = value === null ? null : offeredBy(product, phrases)
  if (value === null) return null
  // What has no choices is not told to cost so much in a measure that its listing says nothing of.
  if (offered === null) return [phrases.say('listing.unsaid-of', { what: value })]
  const mark = citations.mark({ kind: 'product', productId: product.id, field: 'options' }, offered)
  return [phrases.say('options.not', { value, offered, mark })]
}

/** What a product can be had in, choice by choice; null where it offers none. */
export function offeredBy(product: Product, phrases: Phrases): string | null {
  const names = [...new Set(product.variants.flatMap((variant) => Object.keys(variant.options)))]
  const offered = names.flatMap((name) => {
    const values = [
      ...new Set(product.variants.filter(isInStock).flatMap((variant) => variant.options[name] ?? [])),
    ]
    return values.length ? [`${heading(name).toLowerCase()} ${phrases.listing(values.slice(0, 8))}`] : []
  })
  return offered.length === 0 ? null : offered.join('; ')
}

/** "Four of them, what would that cost?": so many times the price, where it has one price. Null where no number is said. */
function severalAnswer(
  question: string,
  product: Product,
  { lexicon, phrases }: Facts,
  citations: Citations,
): string[] | null {
  const named = namedVariants(question, product, lexicon)
  const pool = meantVariants(question, product, lexicon)
  // "The 30 piece" counts nothing.
  const ofChoice = new Set((named?.values ?? []).flatMap((value) => value.match(/\d+/g) ?? []))
  const tokens = tokenize(question, lexicon)
  const own = new Set(
    [product.title, ...(named?.values ?? [])].flatMap((text) => contentStems(text, lexicon)),
  )
  // "Is it of 18 carats?" counts no goods: only a pack, or what this is called, is counted.
  const isOfGoods = (next: Token | undefined): boolean =>
    next === undefined || next.breakBefore || !next.isContent || own.has(next.stem) || holdsOthers(next.stem)
  const counts = quantities(tokens).filter(
    ({ token, count }) =>
      count > 1 && !ofChoice.has(token.word) && isOfGoods(tokens[tokens.indexOf(token) + 1]),
  )
  // "3 packs of 10", of what is called a pack of 10.
  const inTitle = new Set(product.title.match(/\d+/g))
  const said = counts.filter(({ token }) => !inTitle.has(token.word))
  const prices = new Set(pool.map(({ price }) => price.minor))
  const [price] = pool.map((variant) => variant.price)
  const [number] = said.map(({ count }) => count)
  if (said.length !== 1 || number === undefined || prices.size !== 1 || !price || !isPriced(price))
    return null
  const each = phrases.money(price)
  return [
    phrases.say('price.several', {
      n: number,
      total: phrases.money({ ...price, minor: price.minor * number }),
      each,
      mark: citations.mark({ kind: 'product', productId: product.id, field: 'price' }, each),
    }),
  ]
}

/** What one choice costs: "what is it in 60x80?", "the 30 piece in black". Null where none is named, or they do not come together. */
export function choiceAnswer(
  question: string,
  product: Product,
  { lexicon, phrases }: Facts,
  citations: Citations,
): string[] | null {
  const named = namedVariants(question, product, lexicon)
  const low = named && lowest(named.variants)
  if (!named || !low || !isPriced(low) || named.variants.length === product.variants.length) return null
  const price = priceOf(named.variants, phrases) ?? ''
  const mark = citations.mark({ kind: 'product', productId: product.id, field: 'price' }, price)
  return [phrases.say('price.in', { price, value: phrases.listing(named.values), mark })]
}

/**
 * What several products come to together: "chair plus table, total?", "2 of the ragù and one of the porcini", "both together". Null where no
 * sum is asked for, a number is of none of them, or one of them has several prices.
 */
export function togetherAnswer(
  question: string,
  products: readonly Product[],
  { cards, lexicon, phrases }: Facts,
  titleOf: (productId: string) => string,
  citations: Citations,
): string[] | null {
  const sum = asksSum(question, lexicon.language)
  if (sum === null || products.length < 2 || (sum === 'both' && products.length > 2)) return null
  const counts = countsOf(question, products, lexicon)
  const parts = products.flatMap((product) => {
    const pool = meantVariants(question, product, lexicon)
    const prices = new Set(pool.map(({ price }) => price.minor))
    // As it stands in sight, where it is sold in several.
    const price = prices.size === 1 ? pool[0]?.price : cards.get(product.id)?.price
    return price && isPriced(price) ? [{ product, price, count: counts?.get(product.id) ?? 1 }] : []
  })
  const [first] = parts
  if (counts === null || !first || parts.length < products.length) return null
  const total = parts.reduce((sum, { price, count }) => sum + price.minor * count, 0)
  const items = parts.map(({ product, price, count }) => {
    const said = phrases.money(price)
    const mark = citations.mark({ kind: 'product', productId: product.id, field: 'price' }, said)
    return `${count === 1 ? '' : `${count} × `}${titleOf(product.id)} ${said} ${mark}`
  })
  return [
    phrases.say('price.together', {
      total: phrases.money({ ...first.price, minor: total }),
      items: phrases.listing(items),
    }),
  ]
}

/** How many of each product a message says: the number before its name. Null where a number stands before none; "both" and the like count them. */
function countsOf(
  message: string,
  products: readonly Product[],
  lexicon: Lexicon,
): ReadonlyMap<string, number> | null {
  const telling = tellingStems(products, lexicon)
  const tokens = tokenize(message, lexicon)
  const counts = new Map<string, number>()
  const left = new Map(quantities(tokens).map(({ token, count }) => [token.start, count]))
  let open: { start: number; count: number } | null = null
  for (const token of tokens) {
    const count = left.get(token.start)
    if (count !== undefined) open = { start: token.start, count }
    const named = products.find(({ id }) => !counts.has(id) && telling.get(id)?.has(token.stem))
    if (named === undefined) continue
    counts.set(named.id, open?.count ?? 1)
    if (open) left.delete(open.start)
    open = null
  }
  return [...left.values()].every((count) => count === products.length || count === 1) ? counts : null
}

/** What a product costs: one choice of it, several of it, or the range that it is sold for. */
export const pricedAnswer = (question: string, product: Product, facts: Facts, citations: Citations) =>
  measuredAnswer(question, product, facts, citations) ??
  notSoldAnswer(question, product, facts, citations) ??
  severalAnswer(question, product, facts, citations) ??
  choiceAnswer(question, product, facts, citations) ??
  priceAnswer(product, facts, citations)
