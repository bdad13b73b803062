import type { Product } from '../../domain/product.ts'
import { isInStock, serviceLabel } from '../cards.ts'
import { heading } from '../compare.ts'
import { listingEvidence, pageEvidence, shopperEvidence } from '../evidence.ts'
import type { Evidence } from '../evidence.ts'
import type { Facts } from '../facts.ts'
import { formatMoney, formatRating, listing, plural } from '../../domain/money.ts'
import { contentStems } from '../words.ts'
import { asSentence, excerpt } from './writer.ts'
import type { Citations } from './writer.ts'

/** Share of a question's telling words that a passage has to hold before it counts as an answer. */
const coverageNeeded = 0.6

const talk = new Set(
  contentStems(
    'tell know question please wonder does anyone come comes work works use product item one thing suitable good ok okay possible sure kind type sort listing say says describe details about much long big',
  ),
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
): string[] | null {
  return (
    rowAnswer(question, product, citations) ??
    passageAnswer(
      question,
      product,
      [...listingEvidence(product, facts.lexicon), ...shopperEvidence(product.id, facts)],
      citations,
      ['attribute', 'listing', 'answer'],
    )
  )
}

/** The same from the brand's own page, where this turn read it. */
export function answerFromPage(
  question: string,
  product: Product,
  facts: Facts,
  citations: Citations,
): string[] | null {
  return passageAnswer(question, product, pageEvidence(product.id, facts), citations, ['page'])
}

/** The same from single reviews: the last resort, since one review is one voice. */
export function answerFromShoppers(
  question: string,
  product: Product,
  facts: Facts,
  citations: Citations,
): string[] | null {
  return passageAnswer(question, product, shopperEvidence(product.id, facts), citations, ['review'])
}

function rowAnswer(question: string, product: Product, citations: Citations): string[] | null {
  const mark = (field: string, quote: string) =>
    citations.mark({ kind: 'product', productId: product.id, field }, quote)
  const prices = product.variants.map((variant) => variant.price).toSorted((a, b) => a.minor - b.minor)
  const [low, high] = [prices[0], prices.at(-1)]
  if (/\b(?:how much|price|cost)\b/i.test(question) && low && high) {
    const shown =
      low.minor === high.minor
        ? formatMoney(low)
        : `${formatMoney(low)} to ${formatMoney(high)}, depending on the option`
    return [`It costs ${shown} ${mark('price', shown)}.`]
  }
  if (/\b(?:in stock|available|availability|sold out)\b/i.test(question))
    return [stockAnswer(question, product, mark)]
  const asked = new Set(contentStems(question))
  for (const name of new Set(product.variants.flatMap((variant) => Object.keys(variant.options)))) {
    if (
      !contentStems(heading(name)).some(
        (word) => asked.has(word) || (word === 'color' && asked.has('colour')),
      )
    )
      continue
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
  if (/\b(?:rated|rating|stars)\b/i.test(question) && product.rating?.count) {
    const rating = `${formatRating(product.rating.average)} from ${plural(product.rating.count, 'review')}`
    return [`It is rated ${rating} ${mark('rating', rating)}.`]
  }
  for (const [name, values] of Object.entries(product.attributes)) {
    const parts = contentStems(heading(name))
    if (parts.length && parts.every((word) => asked.has(word))) {
      const line = `${heading(name)}: ${values.join(', ')}`
      return [`${heading(name)}: ${listing(values)} ${mark(name, line)}.`]
    }
  }
  return null
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
  citations: Citations,
  kinds: readonly Evidence['kind'][],
): string[] | null {
  const telling = tellingStems(question, product)
  if (!telling.length) return null
  const bearing = evidence
    .filter((candidate) => kinds.includes(candidate.kind) && coverage(telling, candidate) >= coverageNeeded)
    .map((candidate) => ({ candidate, score: coverage(telling, candidate) * weight(candidate) }))
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
function weight(evidence: Evidence): number {
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
