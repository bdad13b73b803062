import type { Topic } from '../../domain/constraints.ts'
import type { Product } from '../../domain/product.ts'
import { isInStock, serviceLabel } from '../cards.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { heading } from '../compare.ts'
import { Phrases } from '../phrases.ts'
import { sideAsked, sideIn } from '../sides.ts'
import { dimensionsAsked, givesDimension, isUnit } from '../dimensions.ts'
import { listingEvidence, pageEvidence, shopperEvidence } from '../evidence.ts'
import type { Evidence } from '../evidence.ts'
import type { Facts } from '../facts.ts'
import { formatMoney, formatRating, listing, plural, isPriced } from '../../domain/money.ts'
import { contentStems } from '../words.ts'
import { sizesIn } from '../wishes.ts'
import { tokenize } from '../../understand/text.ts'
import { asSentence, excerpt } from './writer.ts'
import type { Citations } from './writer.ts'

/** Share of a question's telling words that a passage has to hold before it counts as an answer. */
const coverageNeeded = 0.6

const talk = new Set(
  contentStems(
    'first second third fourth fifth tell know question please wonder does anyone come comes work works use product item one thing suitable good ok okay possible sure kind type sort listing say says describe details about much long big',
  ),
)

/** Words around a number that is asked for. */
const measureTalk = new Set(
  contentStems('limit maximum max minimum min most least total go goes need allow get put take takes up'),
)

/** Words of a question that an answer must bear on: not small talk, not the product's own name. */
export function tellingStems(question: string, product: Product): string[] {
  const named = new Set(
    contentStems(`${product.title} ${product.brand ?? ''} ${product.categories.join(' ')}`),
  )
  const telling = contentStems(question).filter((word) => !talk.has(word))
  const beyondName = telling.filter((word) => !named.has(word))
  return [...new Set(beyondName.length ? beyondName : telling)]
}

/**
 * Answers a question about one product from what its listing and the answers to other shoppers' questions hold, in their
 * own words with citations: a fact of the row (stock, price, terms, options, attributes), else the passages that bear on
 * it. Null when nothing does.
 */
export function answerFromListing(
  question: string,
  product: Product,
  facts: Facts,
  citations: Citations,
  topic: Topic | null = null,
): string[] | null {
  return (
    (topic === 'price' ? pricedAnswer(question, product, facts.lexicon, citations) : null) ??
    rowAnswer(question, product, facts.lexicon, citations) ??
    madeOfAnswer(question, product, facts, citations) ??
    sideAnswer(question, product, facts, citations) ??
    unitAnswer(question, product, facts, citations) ??
    passageAnswer(
      question,
      product,
      [...listingEvidence(product, facts.lexicon), ...shopperEvidence(product.id, facts)],
      facts.lexicon,
      citations,
      ['attribute', 'listing', 'answer'],
    )
  )
}

const namesMaterial = /\b(?:material|fabric|composition)s?\s*:/i

/** "What is it made of?": the attribute of that name, else the sentence that says so. Null where nothing does, or something else is asked. */
function madeOfAnswer(
  question: string,
  product: Product,
  { lexicon }: Facts,
  citations: Citations,
): string[] | null {
  if (!/\bmade (?:of|from|out of)\b|\b(?:what|which) (?:material|fabric)\b/i.test(question)) return null
  // "Is it made of oak?" asks for one material, which the passages answer.
  if (!/\b(?:what['’]?s?|which)\b/i.test(question)) return null
  const evidence = listingEvidence(product, lexicon)
  const material = lexicon.meaning('material')
  const found =
    evidence.find(
      (one) => one.kind === 'listing' && /\bmade (?:of|from|out of|with)\b|\bcrafted from\b/i.test(one.text),
    ) ??
    evidence.find(
      (one) =>
        one.kind === 'attribute' && contentStems(one.text.split(':')[0] ?? '', lexicon).includes(material),
    ) ??
    // "Material: S925 silver" within the prose.
    evidence.find((one) => one.kind === 'listing' && namesMaterial.test(one.text))
  return found ? [quoteOf(found, citations)] : null
}

/** The size of the side that is asked for; sizes whose order no listing says are told as they stand. Null where no side is asked for. */
function sideAnswer(
  question: string,
  product: Product,
  { lexicon }: Facts,
  citations: Citations,
): string[] | null {
  const side = sideAsked(question, lexicon.language)
  if (side === null) return null
  const phrases = new Phrases(lexicon.language, question)
  const found = sideIn(side, listingEvidence(product, lexicon), lexicon.language)
  if (found === null) return null
  const mark = citations.mark(found.evidence.source, found.evidence.text)
  if (found.kind === 'quoted') return [quoteOf(found.evidence, citations)]
  const name = phrases.say(`side.${side}`)
  return [
    phrases.say(found.kind === 'stated' ? 'side.stated' : 'side.unordered', {
      side: found.kind === 'stated' ? name.charAt(0).toUpperCase() + name.slice(1) : name,
      said: found.said,
      mark,
    }),
  ]
}

/** "How many ml?": the title or the first sentence that gives a number in the unit. Null where no unit is asked for, or none gives it. */
function unitAnswer(
  question: string,
  product: Product,
  { lexicon }: Facts,
  citations: Citations,
): string[] | null {
  const unit = /\bhow (?:many|much) (\p{L}{1,12})\b/iu.exec(question)?.[1]?.toLowerCase()
  if (unit === undefined || !isUnit(unit, lexicon)) return null
  const gives = (text: string) => new RegExp(`\\d\\s?-?${unit}\\b`, 'i').test(text)
  const source = { kind: 'product' as const, productId: product.id, field: 'title' }
  if (gives(product.title))
    return [`The listing says: “${product.title}” ${citations.mark(source, product.title)}`]
  const found = listingEvidence(product, lexicon).find(({ text }) => gives(text))
  return found ? [quoteOf(found, citations)] : null
}

/** The same from the brand's own page, where this turn read it. */
export function answerFromPage(
  question: string,
  product: Product,
  facts: Facts,
  citations: Citations,
): string[] | null {
  return passageAnswer(question, product, pageEvidence(product.id, facts), facts.lexicon, citations, ['page'])
}

/** The same from single reviews: the last resort, since one review is one voice. */
export function answerFromShoppers(
  question: string,
  product: Product,
  facts: Facts,
  citations: Citations,
): string[] | null {
  return passageAnswer(question, product, shopperEvidence(product.id, facts), facts.lexicon, citations, [
    'review',
  ])
}

/** Asks what it costs: "how much is it", and not "how much weight", "how much does it weigh". */
export function asksPrice(question: string): boolean {
  if (/\b(?:price[sd]?|pricing|costs?|expensive)\b/i.test(question))
    return !/\b(?:price (?:history|match|drop)|cost of (?:shipping|delivery))\b/i.test(question)
  if (/\bpay for (?:it|this|that|them|one)\b/i.test(question)) return true
  return /\bhow much (?:is|are|for|would)\b/i.test(question) || /\bhow much\W*$/i.test(question)
}

function priceAnswer(product: Product, citations: Citations): string[] | null {
  const prices = product.variants.map((variant) => variant.price).toSorted((a, b) => a.minor - b.minor)
  const [low, high] = [prices[0], prices.at(-1)]
  if (!low || !high) return null
  if (!isPriced(low)) return ['The store states no price of it.']
  const shown =
    low.minor === high.minor
      ? formatMoney(low)
      : `${formatMoney(low)} to ${formatMoney(high)}, depending on the option`
  return [
    `It costs ${shown} ${citations.mark({ kind: 'product', productId: product.id, field: 'price' }, shown)}.`,
  ]
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

const pricedAnswer = (question: string, product: Product, lexicon: Lexicon, citations: Citations) =>
  choiceAnswer(question, product, citations) ??
  severalAnswer(question, product, lexicon, citations) ??
  priceAnswer(product, citations)

/** More of one thing than these nobody orders by asking for its price. */
const mostAtOnce = 999

/** "Do you have size 7?": that its listing says nothing of it, where it does not. Null where no size is asked for, or it states it. */
function sizeUnsaid(question: string, product: Product, lexicon: Lexicon): string | null {
  const size = sizesIn(question, lexicon).find(({ isHeldBy }) => !isHeldBy(product))
  return size
    ? new Phrases(lexicon.language, question).say('listing.unsaid-of', { what: `“${size.said}”` })
    : null
}

function rowAnswer(
  question: string,
  product: Product,
  lexicon: Lexicon,
  citations: Citations,
): string[] | null {
  const mark = (field: string, quote: string) =>
    citations.mark({ kind: 'product', productId: product.id, field }, quote)
  if (asksPrice(question)) return pricedAnswer(question, product, lexicon, citations)
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
  if (asked === undefined) return namedChoice(question, product)
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
    asksPrice(question) ||
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

function passageAnswer(
  question: string,
  product: Product,
  evidence: readonly Evidence[],
  lexicon: Lexicon,
  citations: Citations,
  kinds: readonly Evidence['kind'][],
): string[] | null {
  const telling = tellingStems(question, product)
  const dimensions = dimensionsAsked(question, lexicon)
  const side = sideAsked(question, lexicon.language)
  const asksHow = /^\W*(?:and\s+)?(?:where|why|how|when)\b/i.test(question)
  if (!telling.length && !dimensions.length) return null
  const bearing = evidence
    .filter((candidate) => kinds.includes(candidate.kind))
    .map((candidate) => {
      // A number asked for is answered by one with its unit, in whatever words.
      const isMeasured =
        side === null &&
        dimensions.some(
          (dimension) =>
            givesDimension(candidate.text, dimension, lexicon) &&
            // "How tall is Mount Everest" asks for the height of something else.
            telling.every(
              (word) =>
                dimension.asks.has(word) ||
                dimension.units.has(word) ||
                measureTalk.has(word) ||
                candidate.stems.has(word),
            ),
        )
      const covered = telling.length ? coverage(telling, candidate) : 0
      return { candidate, covered: isMeasured ? Math.max(covered, 0.7) + 0.2 : covered }
    })
    .filter(({ covered }) => covered >= coverageNeeded)
    .map(({ candidate, covered }) => ({ candidate, score: covered * weight(candidate, asksHow) }))
    .toSorted((a, b) => b.score - a.score)
  if (!bearing.length) return null
  const listed = bearing.find(
    ({ candidate }) => candidate.kind === 'attribute' || candidate.kind === 'listing',
  )
  const told = bearing.find(({ candidate }) => candidate.kind === 'answer' || candidate.kind === 'review')
  const onPage = bearing.find(({ candidate }) => candidate.kind === 'page')
  return [listed, told, onPage]
    .filter((found) => found !== undefined)
    .toSorted((a, b) => b.score - a.score)
    .map(({ candidate }) => quoteOf(candidate, citations))
}

function coverage(telling: readonly string[], evidence: Evidence): number {
  return telling.filter((word) => evidence.stems.has(word)).length / telling.length
}

/** At equal coverage the store's own word comes before another shopper's. */
function weight(evidence: Evidence, asksHow: boolean): number {
  // Where, why and how are told in sentences, not in fields.
  if (asksHow && evidence.kind === 'attribute') return 1
  return { attribute: 1.15, listing: 1.1, answer: 1.1, policy: 1, memory: 1, page: 1, review: 0.9 }[
    evidence.kind
  ]
}

function quoteOf(evidence: Evidence, citations: Citations): string {
  const mark = citations.mark(evidence.source, evidence.text)
  const text = excerpt(evidence.text, 220)
  switch (evidence.kind) {
    case 'answer':
      return `Another shopper asked “${excerpt(evidence.question ?? '', 100)}” and was told: “${text}” ${mark}`
    case 'review':
      return `A review says: “${text}” ${mark}`
    case 'attribute':
      return `The listing states ${text.charAt(0).toLowerCase()}${asSentence(text.slice(1)).slice(0, -1)} ${mark}.`
    case 'page':
      return `The brand’s own page says: “${text}” ${mark}`
    case 'listing':
    case 'policy':
    case 'memory':
      return `The listing says: “${text}” ${mark}`
  }
}
