import type { Product } from '../../domain/product.ts'
import { isInStock, ratingLabel, serviceLabel } from '../cards.ts'
import type { Language } from '../../language/language.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { heading } from '../compare.ts'
import type { Phrases } from '../phrases.ts'
import { isPriced } from '../../domain/money.ts'
import { contentStems } from '../words.ts'
import { sizesIn } from '../wishes.ts'
import { tokenize } from '../../understand/text.ts'
import { asksWhich as asksWhichOf } from '../../language/asking.ts'
import { offeredIn } from '../../understand/offered.ts'
import { howTold, turnKindOf } from '../../understand/turn-kind.ts'
import type { Facts } from '../facts.ts'
import { listingEvidence, titleEvidence } from '../evidence.ts'
import { saysOf } from '../asked.ts'
import { excerpt } from './writer.ts'
import type { Citations } from './writer.ts'

/** Asks what it costs: "how much is it", and not "how much does it weigh". */
export const asksPrice = (question: string, language: Language): boolean =>
  turnKindOf(question, language)?.kind === 'price'

/** Asks whether there is any: "is it in stock", "wann ist es wieder da". */
const asksStock = (question: string, language: Language): boolean =>
  (turnKindOf(question, language)?.probabilities.get('stock') ?? 0) >= stockSureness &&
  howTold(question, ['stock'], language) === 'content'

const stockSureness = 0.3

/** Asks what there is to choose from, in stock or at all: "which sizes are there". */
const asksChoices = (question: string, language: Language): boolean =>
  offeredIn(question, language)?.name === 'pill.stock' || turnKindOf(question, language)?.kind === 'options'

function priceAnswer(product: Product, { cards, phrases }: Facts, citations: Citations): string[] | null {
  const prices = product.variants.map((variant) => variant.price).toSorted((a, b) => a.minor - b.minor)
  const [low, high] = [prices[0], prices.at(-1)]
  if (!low || !high) return null
  if (!isPriced(low)) return [phrases.say('price.none')]
  const price =
    low.minor === high.minor
      ? phrases.money(low)
      : phrases.say('price.range', { low: phrases.money(low), high: phrases.money(high) })
  const mark = citations.mark({ kind: 'product', productId: product.id, field: 'price' }, price)
  // As it stands in sight: in 16 inches, say, of lengths that differ in price.
  const card = cards.get(product.id)
  return [
    card && card.price.minor !== low.minor
      ? phrases.say('price.as-shown', { shown: phrases.money(card.price), price, mark })
      : phrases.say('price.is', { price, mark }),
  ]
}

/** "Four of them, what would that cost?": so many times the price, where it has one price. Null where no number is said. */
function severalAnswer(
  question: string,
  product: Product,
  { lexicon, phrases }: Facts,
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

/** What one choice costs: "what is it in 60x80?". Null where none is named, or those that are cost differently. */
function choiceAnswer(
  question: string,
  product: Product,
  { phrases }: Facts,
  citations: Citations,
): string[] | null {
  const asked = partsOf(question)
  const values = new Set(product.variants.flatMap(({ options }) => Object.values(options)))
  const [value] = [...values]
    .filter((each) => isWithin(partsOf(each), asked))
    .toSorted((a, b) => partsOf(b).length - partsOf(a).length)
  if (value === undefined || values.size < 2) return null
  const named = product.variants.filter(({ options }) => Object.values(options).includes(value))
  const [price] = named.map((variant) => variant.price)
  if (!price || !isPriced(price) || named.some((variant) => variant.price.minor !== price.minor)) return null
  const said = phrases.money(price)
  return [
    phrases.say('price.in', {
      price: said,
      value,
      mark: citations.mark({ kind: 'product', productId: product.id, field: 'price' }, said),
    }),
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
  choiceAnswer(question, product, facts, citations) ??
  severalAnswer(question, product, facts, citations) ??
  priceAnswer(product, facts, citations)

/** As many values of a choice as an answer names. */
const mostChoices = 12

/** More of one thing than these nobody orders by asking for its price. */
const mostAtOnce = 999

/**
 * "Do you have size 7?", "does it come in black?": that its listing says nothing of it, where it does not. Null where no size or choice is
 * asked for, or it states it.
 */
export function choiceUnsaid(
  question: string,
  product: Product,
  { lexicon, phrases }: Facts,
  citations: Citations,
): string[] | null {
  const size = sizesIn(question, lexicon).find(({ isHeldBy }) => !isHeldBy(product))
  const offered = size ? offeredBy(product, phrases) : null
  if (size && offered !== null && /\d/.test(offered)) {
    const source = { kind: 'product' as const, productId: product.id, field: 'options' }
    return [phrases.say('options.not', { value: size.said, offered, mark: citations.mark(source, offered) })]
  }
  const said = size?.said ?? choiceNamed(question)
  return said === null ? null : [phrases.say('listing.unsaid-of', { what: `“${said}”` })]
}

/** A fact of the row that a question asks for: price, options, stock, terms, rating, sizes, an attribute by its name. Null where it asks for none. */
export function rowAnswer(
  question: string,
  product: Product,
  facts: Facts,
  citations: Citations,
): string[] | null {
  const { lexicon, phrases } = facts
  const mark = (field: string, quote: string) =>
    citations.mark({ kind: 'product', productId: product.id, field }, quote)
  if (asksPrice(question, lexicon.language)) return pricedAnswer(question, product, facts, citations)
  const asked = new Set(contentStems(question, lexicon))
  const wanted = optionAsked(question, product, facts)
  if (wanted !== null) return [wanted(mark)]
  const isOfSizeUnsaid = sizesIn(question, lexicon).some(({ isHeldBy }) => !isHeldBy(product))
  const areChoicesAsked = asksChoices(question, lexicon.language)
  if (!areChoicesAsked && !isOfSizeUnsaid && asksStock(question, lexicon.language))
    return [laterAnswer(product, facts, citations) ?? stockAnswer(question, product, phrases, mark)]
  const choices = [...new Set(product.variants.flatMap((variant) => Object.keys(variant.options)))].flatMap(
    (name) => {
      const open = product.variants.filter(isInStock)
      const values = [...new Set(open.flatMap((variant) => variant.options[name] ?? []))]
      const isNamed = contentStems(heading(name), lexicon).some((word) => asked.has(word))
      return values.length > 0 ? { name, values, isNamed } : []
    },
  )
  const named = choices.filter(({ isNamed }) => isNamed)
  // A store may call its sizes in another language than its shoppers do.
  const isOpen = areChoicesAsked && !isOfSizeUnsaid && asksWhichOf(question, lexicon.language.code)
  const told = named.length > 0 ? named.slice(0, 1) : isOpen ? choices : []
  if (told.length > 0)
    return told.map(({ name, values }) =>
      phrases.say('options.stocked', {
        name: name.toLowerCase(),
        values: phrases.listing(values.slice(0, mostChoices)),
        mark: mark(name, values.join(', ')),
      }),
    )
  if (
    /\b(?:free (?:shipping|delivery)|shipping|cash on delivery|flash sale|official)\b/i.test(question) &&
    product.services.length
  ) {
    const terms = product.services.map((service) => serviceLabel(service, phrases))
    const marked = mark('services', terms.join(', '))
    return [phrases.say('told.attribute', { fact: phrases.listing(terms), mark: marked })]
  }
  if (
    /\b(?:rated|ratings?|stars)\b/i.test(question) &&
    product.rating?.count &&
    !fieldAsked(question, product, lexicon)
  ) {
    const rating = ratingLabel(product.rating, phrases)
    return [phrases.say('rating.is', { rating, mark: mark('rating', rating) })]
  }
  const sizes = bigness.test(question) ? sizesOffered(product) : []
  if (sizes.length > 0)
    return [
      phrases.say('options.offered', {
        values: phrases.listing(sizes),
        mark: mark('options', sizes.join(', ')),
      }),
    ]
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
  { lexicon, phrases }: Facts,
): ((mark: (field: string, quote: string) => string) => string) | null {
  const asked = choiceNamed(question)
  if (asked === null) return namedChoice(question, product, lexicon, phrases)
  const wanted = asked.toLowerCase().trim()
  const holds = (value: string) => sameValue(value, wanted)
  const matching = product.variants.filter((variant) => Object.values(variant.options).some(holds))
  const attribute = Object.entries(product.attributes).find(([, values]) => values.some(holds))
  if (matching.length > 0) {
    const shown = matching.flatMap((variant) => Object.values(variant.options).filter(holds))[0] ?? asked
    return matching.some(isInStock)
      ? (mark) => phrases.say('options.yes', { value: shown, mark: mark('options', shown) })
      : (mark) => phrases.say('options.out', { value: shown, mark: mark('stock', shown) })
  }
  if (attribute)
    return (mark) =>
      phrases.say('attribute.yes', {
        name: heading(attribute[0]).toLowerCase(),
        value: asked,
        mark: mark(attribute[0], asked),
      })
  const offered = offeredBy(product, phrases)
  if (offered === null) return null
  return (mark) => phrases.say('options.not', { value: asked, offered, mark: mark('options', offered) })
}

/** What a product can be had in, choice by choice; null where it offers none. */
function offeredBy(product: Product, phrases: Phrases): string | null {
  const names = [...new Set(product.variants.flatMap((variant) => Object.keys(variant.options)))]
  const offered = names.flatMap((name) => {
    const values = [
      ...new Set(product.variants.filter(isInStock).flatMap((variant) => variant.options[name] ?? [])),
    ]
    return values.length ? [`${heading(name).toLowerCase()} ${phrases.listing(values.slice(0, 8))}`] : []
  })
  return offered.length === 0 ? null : offered.join('; ')
}

/** What "do you have it in …" asks for; null where a question asks no such thing. */
function choiceNamed(question: string): string | null {
  const asked =
    /\b(?:have|got|get|come|comes|sell|available|stock|there)\b(?:\s+(?:you|it|this|that|these|them|one))*\s+in\s+(?:a |an |the )?(?:size |colou?r )?([^?.!,]{1,40}?)(?:\s+(?:too|as well|please|instead))?[?.!]*$/i.exec(
      question,
    )?.[1]
  return asked === undefined || /^(?:stock|the box|general|total|which|what)\b/i.test(asked) ? null : asked
}

/** A question that names one of the product's own choices, in whatever words: "got this one in moss?". */
function namedChoice(
  question: string,
  product: Product,
  lexicon: Lexicon,
  phrases: Phrases,
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
    asksStock(question, lexicon.language)
  )
    return null
  const inStock = product.variants
    .filter((variant) => Object.values(variant.options).includes(value))
    .some(isInStock)
  return inStock
    ? (mark) => phrases.say('options.yes', { value, mark: mark('options', value) })
    : (mark) => phrases.say('options.out', { value, mark: mark('stock', value) })
}

/** `XL` and `xl`, `Small` and `small`; a colour may have more words to it: `Navy blue` for `blue`. */
function sameValue(value: string, wanted: string): boolean {
  const held = value.toLowerCase()
  return held === wanted || contentStems(wanted).every((word) => contentStems(held).includes(word))
}

/** What a listing that still counts some in stock says of when there are any: "[SOLD OUT]", "pre-order". Null where it says nothing of it. */
function laterAnswer(product: Product, { lexicon, phrases }: Facts, citations: Citations): string | null {
  if (!product.variants.some(isInStock)) return null
  const found = [titleEvidence(product, lexicon), ...listingEvidence(product, lexicon)].find(
    ({ kind, text }) => kind === 'listing' && saysOf('unavailable', text, lexicon),
  )
  if (found === undefined) return null
  const mark = citations.mark(found.source, found.text)
  return phrases.say('how-to.says', { quote: excerpt(found.text, longestLine), mark })
}

/** Characters of a line of the listing that is quoted. */
const longestLine = 220

function stockAnswer(
  question: string,
  product: Product,
  phrases: Phrases,
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
    phrases.listing(
      [...new Set(variants.map((variant) => Object.values(variant.options).join(' ')).filter(Boolean))].slice(
        0,
        6,
      ),
    )
  if (!open.length) {
    const what = named.length ? describe(named) : ''
    const none = mark('stock', 'stock: 0')
    return what
      ? phrases.say('stock.none-of', { what, mark: none })
      : phrases.say('stock.none', { mark: none })
  }
  const options = describe(open)
  const some = mark('stock', `in stock: ${options || 'yes'}`)
  return options
    ? phrases.say('stock.some-of', { options, mark: some })
    : phrases.say('stock.some', { mark: some })
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
