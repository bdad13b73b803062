import type { Product } from '../../domain/product.ts'
import { isInStock, serviceLabel } from '../cards.ts'
import type { Language } from '../../language/language.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { heading } from '../compare.ts'
import { Phrases } from '../phrases.ts'
import { formatMoney, formatRating, listing, plural, isPriced } from '../../domain/money.ts'
import { contentStems } from '../words.ts'
import { sizesIn } from '../wishes.ts'
import { tokenize } from '../../understand/text.ts'
import { turnKindOf } from '../../understand/turn-kind.ts'
import type { Facts } from '../facts.ts'
import type { Citations } from './writer.ts'

/** Asks what it costs: "how much is it", and not "how much does it weigh". */
export const asksPrice = (question: string, language: Language): boolean =>
  turnKindOf(question, language)?.kind === 'price'

function priceAnswer(product: Product, { cards }: Facts, citations: Citations): string[] | null {
  const prices = product.variants.map((variant) => variant.price).toSorted((a, b) => a.minor - b.minor)
  const [low, high] = [prices[0], prices.at(-1)]
  if (!low || !high) return null
  if (!isPriced(low)) return ['The store states no price of it.']
  const shown =
    low.minor === high.minor
      ? formatMoney(low)
      : `${formatMoney(low)} to ${formatMoney(high)}, depending on the option`
  const mark = citations.mark({ kind: 'product', productId: product.id, field: 'price' }, shown)
  // As it stands in sight: in 16 inches, say, of lengths that differ in price.
  const card = cards.get(product.id)
  const asShown = card && card.price.minor !== low.minor ? `${formatMoney(card.price)} as shown, and ` : ''
  return [`It costs ${asShown}${shown} ${mark}.`]
}

/** "Four of them, what would that cost?": so many times the price, where it has one price. Null where no number is said. */
function severalAnswer(
  question: string,
  product: Product,
  lexicon: Lexicon,
  citations: Citations,
): string[] | null {
  const tokens = tokenize(question, lexicon)
  const numbers = tokens.flatMap(({ kind, word, count }, at) =>
    tokens[at + 1]?.unit == null && tokens[at - 1]?.kind !== 'sign' && tokens[at - 1]?.word !== 'in'
      ? [kind === 'number' ? Number(word) : (count ?? 1)]
      : [],
  )
  const said = numbers.filter((number) => Number.isInteger(number) && number > 1 && number <= mostAtOnce)
  const prices = new Set(product.variants.map(({ price }) => price.minor))
  const [price] = product.variants.map((variant) => variant.price)
  const [number] = said
  if (said.length !== 1 || number === undefined || prices.size !== 1 || !price || !isPriced(price))
    return null
  const each = formatMoney(price)
  return [
    new Phrases(lexicon.language, question).say('price.several', {
      n: number,
      total: formatMoney({ ...price, minor: price.minor * number }),
      each,
      mark: citations.mark({ kind: 'product', productId: product.id, field: 'price' }, each),
    }),
  ]
}

/** What one choice costs: "what is it in 60x80?". Null where none is named, or those that are cost differently. */
function choiceAnswer(question: string, product: Product, citations: Citations): string[] | null {
  const asked = partsOf(question)
  const values = new Set(product.variants.flatMap(({ options }) => Object.values(options)))
  const [value] = [...values]
    .filter((each) => isWithin(partsOf(each), asked))
    .toSorted((a, b) => partsOf(b).length - partsOf(a).length)
  if (value === undefined || values.size < 2) return null
  const named = product.variants.filter(({ options }) => Object.values(options).includes(value))
  const [price] = named.map((variant) => variant.price)
  if (!price || !isPriced(price) || named.some((variant) => variant.price.minor !== price.minor)) return null
  const said = formatMoney(price)
  return [
    `It costs ${said} in ${value} ${citations.mark({ kind: 'product', productId: product.id, field: 'price' }, said)}.`,
  ]
}

/** Words and numbers of a choice, without the signs and units between them: `60" × 80"` as a shopper writes `60x80`. */
const partsOf = (text: string): string[] =>
  (text.toLowerCase().match(/\d+(?:\.\d+)?|\p{L}+/gu) ?? []).filter(
    (part) => !/^(?:x|in|inch|inches|cm|mm)$/.test(part),
  )

const isWithin = (parts: readonly string[], whole: readonly string[]): boolean =>
  parts.length > 0 && whole.some((_, at) => parts.every((part, offset) => whole[at + offset] === part))

/** What a product costs: one choice of it, several of it, or the range that it is sold for. */
export const pricedAnswer = (question: string, product: Product, facts: Facts, citations: Citations) =>
  choiceAnswer(question, product, citations) ??
  severalAnswer(question, product, facts.lexicon, citations) ??
  priceAnswer(product, facts, citations)

/** More of one thing than these nobody orders by asking for its price. */
const mostAtOnce = 999

/** "Do you have size 7?": that its listing says nothing of it, where it does not. Null where no size is asked for, or it states it. */
function sizeUnsaid(question: string, product: Product, lexicon: Lexicon): string | null {
  const size = sizesIn(question, lexicon).find(({ isHeldBy }) => !isHeldBy(product))
  return size
    ? new Phrases(lexicon.language, question).say('listing.unsaid-of', { what: `“${size.said}”` })
    : null
}

/** A fact of the row that a question asks for: price, options, stock, terms, rating, sizes, an attribute by its name. Null where it asks for none. */
export function rowAnswer(
  question: string,
  product: Product,
  facts: Facts,
  citations: Citations,
): string[] | null {
  const { lexicon } = facts
  const mark = (field: string, quote: string) =>
    citations.mark({ kind: 'product', productId: product.id, field }, quote)
  if (asksPrice(question, lexicon.language)) return pricedAnswer(question, product, facts, citations)
  const asked = new Set(contentStems(question, lexicon))
  const wanted = optionAsked(question, product, lexicon)
  if (wanted !== null) return [wanted(mark)]
  const unsaid = sizeUnsaid(question, product, lexicon)
  if (unsaid !== null) return [unsaid]
  if (/\b(?:in stock|available|availability|sold out)\b/i.test(question) && !asksWhich.test(question))
    return [stockAnswer(question, product, mark)]
  for (const name of new Set(product.variants.flatMap((variant) => Object.keys(variant.options)))) {
    if (!contentStems(heading(name), lexicon).some((word) => asked.has(word))) continue
    const values = [
      ...new Set(product.variants.filter(isInStock).flatMap((variant) => variant.options[name] ?? [])),
    ]
    if (values.length)
      return [
        `In stock it comes in ${name.toLowerCase()} ${listing(values)} ${mark(name, values.join(', '))}.`,
      ]
  }
  if (
    /\b(?:free (?:shipping|delivery)|shipping|cash on delivery|flash sale|official)\b/i.test(question) &&
    product.services.length
  ) {
    const terms = product.services.map(serviceLabel)
    return [`Its listing states: ${listing(terms)} ${mark('services', terms.join(', '))}.`]
  }
  if (
    /\b(?:rated|ratings?|stars)\b/i.test(question) &&
    product.rating?.count &&
    !fieldAsked(question, product, lexicon)
  ) {
    const rating = `${formatRating(product.rating.average)} from ${plural(product.rating.count, 'review')}`
    return [`It is rated ${rating} ${mark('rating', rating)}.`]
  }
  const sizes = bigness.test(question) ? sizesOffered(product) : []
  if (sizes.length > 0) return [`It comes in ${listing(sizes)} ${mark('options', sizes.join(', '))}.`]
  const byLength = Object.entries(product.attributes).toSorted(([a], [b]) => b.length - a.length)
  for (const [name, values] of byLength) {
    const parts = contentStems(heading(name), lexicon)
    if (parts.length && parts.every((word) => asked.has(word))) {
      const line = `${heading(name)}: ${values.join(', ')}`
      return [`${heading(name)}: ${listing(values)} ${mark(name, line)}.`]
    }
  }
  return null
}

const bigness = /^\W*(?:(?:and|so|ok)\W+)?how (?:big|large) (?:is|are) (?:it|this|that|they|these|those)\b/i

/** What a product offers to choose from that is a size in numbers: "11oz" and "15oz". */
function sizesOffered(product: Product): string[] {
  const sizes = product.variants
    .filter(isInStock)
    .flatMap(({ options }) =>
      Object.entries(options).flatMap(([name, value]) =>
        /size|dimension/i.test(name) && /\d/.test(value) ? value : [],
      ),
    )
  return [...new Set(sizes)].slice(0, 8)
}

/** Whether the question names one of the product's attributes in full. */
function fieldAsked(question: string, product: Product, lexicon: Lexicon): boolean {
  const asked = new Set(contentStems(question, lexicon))
  return Object.keys(product.attributes).some((name) => {
    const parts = contentStems(heading(name), lexicon)
    return parts.length > 1 && parts.every((word) => asked.has(word))
  })
}

const asksWhich = /\b(?:which|what|options)\b/i

/**
 * "Do you have it in XL?": whether it comes in a value that is named, by what the product offers. Null when no value is asked for, or
 * the product offers no choice.
 */
function optionAsked(
  question: string,
  product: Product,
  lexicon: Lexicon,
): ((mark: (field: string, quote: string) => string) => string) | null {
  const asked =
    /\b(?:have|got|get|come|comes|sell|available|stock|there)\b(?:\s+(?:you|it|this|that|these|them|one))*\s+in\s+(?:a |an |the )?(?:size |colou?r )?([^?.!,]{1,40}?)(?:\s+(?:too|as well|please|instead))?[?.!]*$/i.exec(
      question,
    )?.[1]
  if (asked === undefined) return namedChoice(question, product, lexicon)
  if (/^(?:stock|the box|general|total|which|what)\b/i.test(asked)) return null
  const wanted = asked.toLowerCase().trim()
  const names = [...new Set(product.variants.flatMap((variant) => Object.keys(variant.options)))]
  const holds = (value: string) => sameValue(value, wanted)
  const matching = product.variants.filter((variant) => Object.values(variant.options).some(holds))
  const attribute = Object.entries(product.attributes).find(([, values]) => values.some(holds))
  if (matching.length > 0) {
    const shown = matching.flatMap((variant) => Object.values(variant.options).filter(holds))[0] ?? asked
    return matching.some(isInStock)
      ? (mark) => `Yes, it comes in ${shown} ${mark('options', shown)}.`
      : (mark) => `It comes in ${shown}, but that is out of stock now ${mark('stock', shown)}.`
  }
  if (attribute)
    return (mark) => `Yes: ${heading(attribute[0]).toLowerCase()} ${asked} ${mark(attribute[0], asked)}.`
  const offered = names.flatMap((name) => {
    const values = [
      ...new Set(product.variants.filter(isInStock).flatMap((variant) => variant.options[name] ?? [])),
    ]
    return values.length ? [`${heading(name).toLowerCase()} ${listing(values.slice(0, 8))}`] : []
  })
  if (offered.length === 0)
    return () => new Phrases(lexicon.language, question).say('listing.unsaid-of', { what: `“${asked}”` })
  return (mark) =>
    `Not in ${asked}: it comes in ${offered.join('; ')} ${mark('options', offered.join('; '))}.`
}

/** A question that names one of the product's own choices, in whatever words: "got this one in moss?". */
function namedChoice(
  question: string,
  product: Product,
  lexicon: Lexicon,
): ((mark: (field: string, quote: string) => string) => string) | null {
  const asked = contentStems(question)
  const value = product.variants
    .flatMap(({ options }) => Object.values(options))
    .find((each) => {
      const words = contentStems(each)
      return words.length > 0 && words.every((word) => asked.includes(word))
    })
  if (
    value === undefined ||
    asksWhich.test(question) ||
    asksPrice(question, lexicon.language) ||
    /\b(?:in stock|available|sold out)\b/i.test(question)
  )
    return null
  const inStock = product.variants
    .filter((variant) => Object.values(variant.options).includes(value))
    .some(isInStock)
  return inStock
    ? (mark) => `Yes, it comes in ${value} ${mark('options', value)}.`
    : (mark) => `It comes in ${value}, but that is out of stock now ${mark('stock', value)}.`
}

/** `XL` and `xl`, `Small` and `small`; a colour may have more words to it: `Navy blue` for `blue`. */
function sameValue(value: string, wanted: string): boolean {
  const held = value.toLowerCase()
  return held === wanted || contentStems(wanted).every((word) => contentStems(held).includes(word))
}

function stockAnswer(
  question: string,
  product: Product,
  mark: (field: string, quote: string) => string,
): string {
  const asked = question.toLowerCase()
  const named = product.variants.filter((variant) =>
    Object.values(variant.options).some((value) =>
      new RegExp(String.raw`(?:^|[^a-z0-9])${escape(value.toLowerCase())}(?:$|[^a-z0-9])`).test(asked),
    ),
  )
  const pool = named.length ? named : product.variants
  const open = pool.filter(isInStock)
  const describe = (variants: typeof pool) =>
    listing(
      [...new Set(variants.map((variant) => Object.values(variant.options).join(' ')).filter(Boolean))].slice(
        0,
        6,
      ),
    )
  if (!open.length) {
    const what = named.length ? describe(named) : ''
    return `No: ${what ? `${what} is` : 'it is'} out of stock ${mark('stock', 'stock: 0')}.`
  }
  const options = describe(open)
  return `Yes, it is in stock${options ? `: ${options}` : ''} ${mark('stock', `in stock: ${options || 'yes'}`)}.`
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
