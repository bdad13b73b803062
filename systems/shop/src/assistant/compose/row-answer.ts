import type { Product, Variant } from '../../domain/product.ts'
import { isInStock, ratingLabel, serviceLabel } from '../cards.ts'
import type { Language } from '../../language/language.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { heading } from '../compare.ts'
import { namedVariants } from '../named-variants.ts'
import type { Phrases } from '../phrases.ts'
import { comparativeIn } from '../by-measure.ts'
import { contentStems } from '../words.ts'
import { sizesIn } from '../wishes.ts'
import { addressesStore, asksWhat, asksWhich as asksWhichOf, countAsked } from '../../language/asking.ts'
import { offeredIn } from '../../understand/offered.ts'
import { howTold, speaksOf, turnKindOf } from '../../understand/turn-kind.ts'
import type { Facts } from '../facts.ts'
import { listingEvidence, titleEvidence } from '../evidence.ts'
import { askedIn, evidenceFor, saysOf } from '../asked.ts'
import { excerpt } from './writer.ts'
import {
  asksPrice,
  asksPriceToo,
  choiceAnswer,
  offeredBy,
  pricedAnswer,
  saysOnlyPrice,
} from './price-answer.ts'
import type { Citations } from './writer.ts'

/** Asks whether there is any: "is it in stock", "wann ist es wieder da". */
function asksStock(question: string, product: Product, lexicon: Lexicon): boolean {
  const { language } = lexicon
  if ((turnKindOf(question, language)?.probabilities.get('stock') ?? 0) < stockSureness) return false
  const counted = countAsked(question, language.code)
  if (counted === null) return howTold(question, ['stock'], language) === 'content'
  // "How many are left" asks for no more than that, "how many are in the pack?" for something else.
  const own = new Set(contentStems(`${product.title} ${product.categories.join(' ')}`, lexicon))
  return counted.every(
    ({ word, kind }) =>
      kind !== 'word' ||
      contentStems(word, lexicon).every((stem) => own.has(stem)) ||
      speaksOf(word, ['stock'], language),
  )
}

const stockSureness = 0.25

/** Asks what there is to choose from, in stock or at all: "which sizes are there". */
export const asksChoices = (question: string, language: Language): boolean =>
  offeredIn(question, language)?.name === 'pill.stock' || turnKindOf(question, language)?.kind === 'options'

/** As many values of a choice as an answer names. */
const mostChoices = 12

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
  const choice = choiceNamed(question)
  const called = new Set(contentStems(`${product.title} ${product.categories.join(' ')}`, lexicon))
  // "What comes in the red apple kit?" calls it.
  const isOfName = choice !== null && contentStems(choice, lexicon).every((stem) => called.has(stem))
  const said = size?.said ?? (isOfName ? null : choice)
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
  if (asksPrice(question, lexicon.language) && saysOnlyPrice(question, product, lexicon))
    return pricedAnswer(question, product, facts, citations)
  const asked = new Set(contentStems(question, lexicon))
  const made = makerAnswer(question, product, facts, citations)
  if (made !== null) return made
  const wanted = optionAsked(question, product, facts)
  const isPriceAsked = asksPriceToo(question, lexicon.language)
  if (wanted !== null) {
    const told = wanted(mark)
    const areCostedAlike = new Set(product.variants.map(({ price }) => price.minor)).size === 1
    const isCostTold = isPriceAsked || !areCostedAlike
    return [told, ...((isCostTold ? choiceAnswer(question, product, facts, citations) : null) ?? [])]
  }
  const priced = isPriceAsked ? choiceAnswer(question, product, facts, citations) : null
  if (priced !== null) return priced
  const isOfSizeUnsaid = sizesIn(question, lexicon).some(({ isHeldBy }) => !isHeldBy(product))
  const areChoicesAsked = asksChoices(question, lexicon.language)
  if (!areChoicesAsked && !isOfSizeUnsaid && asksStock(question, product, lexicon))
    return [laterAnswer(product, facts, citations) ?? stockAnswer(question, product, facts, mark)]
  // The ring of "can the ring be engraved?" asks for no ring size.
  const called = new Set(contentStems(product.title, lexicon))
  const choices = [...new Set(product.variants.flatMap((variant) => Object.keys(variant.options)))].flatMap(
    (name) => {
      const open = product.variants.filter(isInStock)
      const values = [...new Set(open.flatMap((variant) => variant.options[name] ?? []))]
      const isNamed = contentStems(heading(name), lexicon).some(
        (word) => asked.has(word) && !called.has(word),
      )
      return values.length > 0 ? { name, values, isNamed } : []
    },
  )
  // "Are the hooks free of nickel?", of what has a hook colour, asks for none.
  const asksMore = (name: string): boolean => {
    const own = new Set(contentStems(heading(name), lexicon))
    return (
      !areChoicesAsked &&
      !asksWhat(question, lexicon.language.code) &&
      [...asked].some((word) => !own.has(word) && !called.has(word))
    )
  }
  const named = choices.filter(({ isNamed, name }) => isNamed && !asksMore(name))
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

/** "Who makes it?": by the line that names its maker, else by its brand. */
function makerAnswer(
  question: string,
  product: Product,
  { lexicon, phrases }: Facts,
  citations: Citations,
): string[] | null {
  if (!askedIn(question, lexicon).includes('brand') || addressesStore(question, lexicon.language.code))
    return null
  const told = evidenceFor('brand', product, lexicon)
  // A "type of manufacturer" is none, nor is the "manufacturer's country".
  const label = /^([^:]{1,40}):\s/.exec(told?.text ?? '')?.[1]
  const isOfMore = label !== undefined && contentStems(label, lexicon).length > 1
  if (told !== null && !(isOfMore && product.brand !== null)) {
    const mark = citations.mark(told.source, told.text)
    return [phrases.say('how-to.says', { quote: excerpt(told.text, longestLine), mark })]
  }
  if (product.brand === null) return null
  const mark = citations.mark({ kind: 'product', productId: product.id, field: 'brand' }, product.brand)
  const name = phrases.say('table.brand').toLowerCase()
  return [phrases.say('told.attribute', { fact: `${name}: ${product.brand}`, mark })]
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

/** All that a product can be chosen in and that is in stock. */
const choicesOf = ({ variants }: Product): string[] =>
  [...new Set(variants.filter(isInStock).flatMap(({ options }) => Object.values(options)))].slice(
    0,
    mostChoices,
  )

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
  // "Does it come in a bigger size?" asks which there are.
  const sizes = comparativeIn(asked, lexicon) === null ? [] : choicesOf(product)
  if (sizes.length > 1) {
    const values = phrases.listing(sizes)
    return (mark) => phrases.say('options.offered', { values, mark: mark('options', sizes.join(', ')) })
  }
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

/** What "do you have it in …" asks for; null where a question asks no such thing. */
function choiceNamed(question: string): string | null {
  const asked =
    /\b(?:have|got|get|come|comes|sell|available|stock|there)\b(?:\s+(?:you|it|this|that|these|them|one))*\s+in\s+(?:a |an |the )?(?:size |colou?r )?([^?.!,]{1,40}?)(?:\s+(?:too|as well|please|instead))?[?.!]*$/i.exec(
      question,
    )?.[1]
  if (asked === undefined || /^(?:stock|the box|general|total|which|what)\b/i.test(asked)) return null
  // "In king size" asks for King.
  return asked.replace(/(?<=\S)\s+(?:sizes?|colou?rs?)$/i, '')
}

/** A question that names one of the product's own choices, in whatever words: "got this one in moss?". */
function namedChoice(
  question: string,
  product: Product,
  lexicon: Lexicon,
  phrases: Phrases,
): ((mark: (field: string, quote: string) => string) => string) | null {
  const named = namedVariants(question, product, lexicon)
  if (
    named === null ||
    named.variants.length === 0 ||
    asksWhich.test(question) ||
    // "How long does the large one burn?" asks for no size.
    asksWhat(question, lexicon.language.code) ||
    countAsked(question, lexicon.language.code) !== null ||
    asksStock(question, product, lexicon)
  )
    return null
  const value = phrases.listing(named.values)
  return named.variants.some(isInStock)
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
  { lexicon, phrases }: Facts,
  mark: (field: string, quote: string) => string,
): string {
  const named = namedVariants(question, product, lexicon)
  const isNamed = named !== null && named.variants.length > 0
  const pool = isNamed ? named.variants : product.variants
  const open = pool.filter(isInStock)
  const describe = (variants: typeof pool) =>
    phrases.listing(
      [...new Set(variants.map((variant) => Object.values(variant.options).join(' ')).filter(Boolean))].slice(
        0,
        6,
      ),
    )
  if (!open.length) {
    const what = isNamed ? describe(named.variants) : ''
    const none = mark('stock', 'stock: 0')
    return what
      ? phrases.say('stock.none-of', { what, mark: none })
      : phrases.say('stock.none', { mark: none })
  }
  const count = countAsked(question, lexicon.language.code) === null ? null : unitsOf(open)
  if (count !== null) return phrases.say('stock.count', { n: count, mark: mark('stock', `stock: ${count}`) })
  const options = describe(open)
  const some = mark('stock', `in stock: ${options || 'yes'}`)
  return options
    ? phrases.say('stock.some-of', { options, mark: some })
    : phrases.say('stock.some', { mark: some })
}

/** How many there are of some variants together; null where the store does not count one of them. */
function unitsOf(variants: readonly Variant[]): number | null {
  const counts = variants.flatMap(({ stock }) => stock ?? [])
  return counts.length < variants.length ? null : counts.reduce((sum, count) => sum + count, 0)
}
