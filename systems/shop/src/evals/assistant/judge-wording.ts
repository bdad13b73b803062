import type { Product, Review } from '../../domain/product.ts'

/** What a kept sentence is judged by; gathered from the catalog, not from the turn. */
export interface JudgedBy {
  products: readonly Product[]
  reviews: readonly Review[]
  /** Answers of other shoppers to questions on the product's page. */
  answers: readonly string[]
  message: string
}

/**
 * Whether a shop owner could sign a sentence of a model: why not, or null. Shares no code with the verifier on purpose.
 * Coarse: it reads words, numbers and who is said to say them, not grammar.
 */
export function judgeWording(sentence: string, by: JudgedBy): string | null {
  const text = sentence.replaceAll(/\s*\[\d+\]/g, '').trim()
  if (!/^["“'(]?[A-Z0-9$]/.test(text) || !/[.!?]["”)]*$/.test(text)) return 'no whole sentence'
  if (/<|>|\*|#|https?:/.test(text)) return 'markup'
  if (/\b(?:the|this) (?:shopper|customer|user)\b/i.test(text)) return 'speaks of the shopper'
  if (/\b(?:plain sentences|facts given|markup|told already|question:|answer:)/i.test(text))
    return 'gives the prompt back'
  const listing = by.products.map(listingText).join('\n').toLowerCase()
  const shoppers = [...by.reviews.map(({ title, text: body }) => `${title} ${body}`), ...by.answers]
    .join('\n')
    .toLowerCase()
  const numbers = numbersOf(by)
  const own = text.replaceAll(/[“"][^”"]*[”"]/g, ' ')
  for (const [, digits = ''] of own.matchAll(/(?<![\w.])\$?(\d[\d,]*(?:\.\d+)?)/g)) {
    const value = digits.replaceAll(',', '').replace(/\.0+$/, '')
    const held =
      numbers.has(value) ||
      new RegExp(`(?<![\\d.])${value.replace('.', '\\.')}(?![\\d])`).test(listing + shoppers)
    if (!held && !by.message.includes(value)) return `number ${digits}`
  }
  const saysReviewers =
    /\b(?:reviewers?|reviews|buyers|customers|owners|shoppers)\b.{0,30}\b(?:say|said|says|mention|love|like|praise|find|think|report)/i.test(
      text,
    )
  const corpus = saysReviewers ? shoppers : `${listing}\n${shoppers}\n${by.message.toLowerCase()}`
  const unknown = (own.toLowerCase().match(/[a-z][a-z'-]{3,}/g) ?? []).filter(
    (word) => !common.has(word) && !corpus.includes(word.replace(/(?:'s|s|ed|ing|e|ly)$/, '')),
  )
  return unknown.length ? `words of no source: ${unknown.join(' ')}` : null
}

/** Words that any sentence about any product may hold. */
const common = new Set(
  `this that these those there with from about have does will would could should which while than then they their them
  also only both each other more less most least very well good great best better cheaper cheapest rated rating price priced
  cost costs under below over above product products option options choice match fits listing says state states stated mention
  mentions reviews review reviewers reviewer buyers customers shoppers recommend like would look looking find made make makes
  comes available stock item items store shop based average total stars count what whether because your yours into when been
  being same first second third compare compared comparison offers offer features feature brand material color colour size style
  category expensive higher lower highest lowest budget limit`.split(/\s+/),
)

function listingText(product: Product): string {
  return JSON.stringify([
    product.title,
    product.brand,
    product.description,
    product.categories,
    product.attributes,
    product.variants.map((variant) => variant.options),
    product.services,
  ])
}

function numbersOf({ products, reviews }: JudgedBy): Set<string> {
  const prices = products.flatMap((product) =>
    product.variants.flatMap(({ price, compareAt }) => [
      price.minor,
      ...(compareAt ? [compareAt.minor] : []),
    ]),
  )
  const differences = prices.flatMap((one) => prices.map((other) => Math.abs(one - other)))
  return new Set([
    ...[...prices, ...differences].map((minor) => String(minor / 100)),
    ...products.flatMap(({ rating }) =>
      rating ? [String(Math.round(rating.average * 10) / 10), String(rating.count)] : [],
    ),
    '5',
    String(products.length),
    ...Array.from({ length: reviews.length + 1 }, (_, i) => String(i)),
  ])
}
