import type { AnswerPart, Citation, ProductCard } from '../../domain/answer.ts'
import type { Constraint } from '../../domain/constraints.ts'
import type { Catalog } from '../../domain/ports.ts'
import type { CategoryNode, Product } from '../../domain/product.ts'

/**
 * Reads a finished answer against the catalog, knowing nothing of how it was made or verified. Shares no code with the
 * verifier on purpose: a mistake in one must not hide in the other.
 */
export interface AnswerFaults {
  ungrounded: string[]
  violations: string[]
}

export async function checkAnswer(
  parts: readonly AnswerPart[],
  catalog: Catalog,
  bounds: readonly Constraint[],
  pageProductId: string | null,
  /** What the store says of itself, which an answer may repeat. */
  policies = '',
): Promise<AnswerFaults> {
  const faults: AnswerFaults = { ungrounded: [], violations: [] }
  const cards = parts.flatMap((part) =>
    part.type === 'data-products'
      ? part.data.cards
      : part.type === 'data-comparison'
        ? part.data.products
        : [],
  )
  const rows = await rowsOf(cards, parts, pageProductId, catalog)
  for (const card of cards) checkCard(card, rows, faults)
  checkConstraints(parts, rows, faults)
  for (const part of parts) {
    if (part.type === 'data-citation') await checkCitation(part.data, catalog, faults)
    if (part.type === 'data-comparison') checkTable(part.data.rows, part.data.products, faults)
    if (part.type === 'data-review-summary') {
      const { total } = await catalog.reviews(part.data.productId, { limit: 1, offset: 0 })
      for (const aspect of part.data.aspects) {
        if (aspect.mentions > total || aspect.positive + aspect.negative > aspect.mentions)
          faults.ungrounded.push(`aspect ${aspect.aspect}`)
      }
    }
  }
  await checkText(textOf(parts), rows, catalog, { bounds, policies }, faults)
  return faults
}

export function textOf(parts: readonly AnswerPart[]): string {
  return parts.map((part) => (part.type === 'text-delta' ? part.delta : '')).join('')
}

async function rowsOf(
  cards: readonly ProductCard[],
  parts: readonly AnswerPart[],
  pageProductId: string | null,
  catalog: Catalog,
): Promise<Product[]> {
  const ids = new Set(cards.map((card) => card.productId))
  if (pageProductId !== null) ids.add(pageProductId)
  for (const part of parts) {
    if (part.type === 'data-review-summary') ids.add(part.data.productId)
    if (part.type === 'data-citation' && 'productId' in part.data.source) ids.add(part.data.source.productId)
    if (part.type === 'data-price-history') ids.add(part.data.productId)
  }
  return catalog.products([...ids])
}

function checkCard(card: ProductCard, rows: readonly Product[], faults: AnswerFaults): void {
  const row = rows.find((product) => product.id === card.productId)
  const variant = row?.variants.find((candidate) => candidate.id === card.variantId)
  if (!row || !variant) {
    faults.ungrounded.push(`card ${card.productId}`)
    return
  }
  const same =
    card.title === row.title &&
    card.price.minor === variant.price.minor &&
    (card.compareAt?.minor ?? null) === (variant.compareAt?.minor ?? null) &&
    (card.rating?.average ?? null) === (row.rating?.average ?? null) &&
    (card.rating?.count ?? null) === (row.rating?.count ?? null) &&
    card.inStock === (variant.stock === null || variant.stock > 0)
  if (!same) faults.ungrounded.push(`card ${card.productId} differs from its row`)
}

/** Every stated and not relaxed must holds for each card of a search. */
function checkConstraints(
  parts: readonly AnswerPart[],
  rows: readonly Product[],
  faults: AnswerFaults,
): void {
  const understood = parts.find((part) => part.type === 'data-understanding')
  if (!understood) return
  const relaxed = new Set(understood.data.relaxed.map((chip) => JSON.stringify(chip.constraint)))
  const musts = understood.data.constraints
    .map((chip) => chip.constraint)
    .filter((must) => !relaxed.has(JSON.stringify(must)))
  const results = parts.flatMap((part) =>
    part.type === 'data-products' && (part.id === 'results' || part.id === 'deals') ? part.data.cards : [],
  )
  for (const card of results) {
    const row = rows.find((product) => product.id === card.productId)
    const variant = row?.variants.find((candidate) => candidate.id === card.variantId)
    if (!row || !variant) continue
    for (const must of musts) {
      if (!holds(must, row, variant)) faults.violations.push(`${card.productId} breaks ${must.text}`)
    }
  }
}

function holds(must: Constraint, row: Product, variant: Product['variants'][number]): boolean {
  if (must.kind === 'price') {
    const price = variant.price.minor / unitsOf(variant.price.currency)
    if (must.max !== null && (price > must.max || (price === must.max && !must.maxInclusive))) return false
    return must.min === null || price > must.min || (price === must.min && must.minInclusive)
  }
  if (must.kind === 'rating') return (row.rating?.average ?? 0) >= must.min
  if (must.kind === 'reviews') return (row.rating?.count ?? 0) >= must.min
  if (must.kind === 'unnamed') return !saysBare(row, must.words)
  if (must.kind === 'service') return row.services.includes(must.service) !== must.negated
  const names = [must.name, ...(must.alsoNamed ?? [])]
  const stated = names.flatMap((name) => [
    ...(row.attributes[name] ?? []),
    ...(variant.options[name] === undefined ? [] : [variant.options[name]]),
    ...(name === 'brand' && row.brand ? [row.brand] : []),
    ...(name === 'category' ? row.categories : []),
  ])
  const wanted = new Set(must.values.map((value) => value.toLowerCase()))
  return stated.some((value) => wanted.has(value.toLowerCase())) !== must.negated
}

/** Whether a listing holds the words, in this form, without "no", "without" or "free" beside them. */
function saysBare(row: Product, words: string): boolean {
  const escaped = words.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  const bare = new RegExp(
    String.raw`(?<!\b(?:no|not|non|without|free (?:of|from))[- ](?:\w+ ){0,2})\b${escaped}\b(?![- ]free)`,
    'i',
  )
  return [row.title, row.description, ...Object.values(row.attributes).flat()].some((text) => bare.test(text))
}

/** Minor units in one of a currency. */
const unitsOf = (currency = 'USD') =>
  10 **
  (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2)

function checkTable(
  rows: { label: string; values: (string | null)[] }[],
  products: readonly ProductCard[],
  faults: AnswerFaults,
): void {
  const prices = rows.find((row) => row.label === 'Price')
  prices?.values.forEach((value, i) => {
    const shown = Math.round(Number(value?.replaceAll(/[^\d.]/g, '')) * unitsOf(products[i]?.price.currency))
    if (shown !== products[i]?.price.minor) faults.ungrounded.push(`table price ${value}`)
  })
}

/** The quote stands in the source that the citation names. */
async function checkCitation(citation: Citation, catalog: Catalog, faults: AnswerFaults): Promise<void> {
  const { source, quote } = citation
  if (source.kind === 'review') {
    const { reviews } = await catalog.reviews(source.productId, { limit: 1000, offset: 0 })
    const review = reviews.find((candidate) => candidate.id === source.reviewId)
    const text = review ? `${review.title.replace(/[.!?]*$/, '.')} ${review.text}` : ''
    if (!text.includes(quote.trim())) faults.ungrounded.push(`citation of review ${source.reviewId}`)
  }
  if (source.kind === 'question') {
    const found = (await catalog.questions(source.productId)).find(
      (question) => question.id === source.questionId,
    )
    if (!found?.answers.some((answer) => answer.text.includes(quote)))
      faults.ungrounded.push(`citation of question ${source.questionId}`)
  }
  if (source.kind === 'product' && !(await catalog.product(source.productId)))
    faults.ungrounded.push(`citation of product ${source.productId}`)
}

async function checkText(
  text: string,
  rows: readonly Product[],
  catalog: Catalog,
  { bounds, policies }: { bounds: readonly Constraint[]; policies: string },
  faults: AnswerFaults,
): Promise<void> {
  if (/https?:|<[a-z]|\bcode [A-Z]{3,}/i.test(text)) faults.ungrounded.push('markup or code in the text')
  const prices = new Set<number>()
  const ratings = new Set<string>()
  const counts = new Set<number>()
  // What the store calls its shelves is true of it, whatever product is spoken of.
  const shelves = (nodes: readonly CategoryNode[]): string =>
    nodes.map(({ name, children }) => `${name} ${shelves(children)}`).join(' ')
  let corpus = `${policies} ${shelves(await catalog.categories())}`
  for (const row of rows) {
    const { reviews, total } = await catalog.reviews(row.id, { limit: 1000, offset: 0 })
    const questions = await catalog.questions(row.id)
    for (const variant of row.variants) {
      prices.add(variant.price.minor)
      if (variant.compareAt) prices.add(variant.compareAt.minor)
    }
    for (const point of await catalog.priceHistory(row.id)) prices.add(point.price.minor)
    if (row.rating) ratings.add((Math.round(row.rating.average * 10) / 10).toFixed(1))
    counts.add(total)
    if (row.rating) counts.add(row.rating.count)
    corpus += ` ${row.title} ${row.brand ?? ''} ${row.description} ${row.categories.join(' ')} ${Object.values(row.attributes).flat().join(' ')} ${row.variants.flatMap((variant) => Object.values(variant.options)).join(' ')}`
    corpus += ` ${reviews.map((review) => `${review.title} ${review.text}`).join(' ')} ${questions.flatMap((question) => [question.question, ...question.answers.map((answer) => answer.text)]).join(' ')}`
  }
  const allowed = new Set(prices)
  for (const amount of policies.matchAll(/\$\s?(\d[\d,]*(?:\.\d+)?)/g))
    allowed.add(Math.round(Number((amount[1] ?? '').replaceAll(',', '')) * 100))
  for (const a of prices) for (const b of prices) allowed.add(Math.abs(a - b))
  for (const bound of bounds) {
    if (bound.kind === 'price')
      for (const major of [bound.min, bound.max]) if (major !== null) allowed.add(Math.round(major * 100))
  }
  // Quotes are checked by their citations and as part of the corpus; what is said outside of them is checked here.
  const outside = text.replaceAll(/“[^”]*”/g, ' ')
  for (const quoted of text.matchAll(/“([^”]*)”/g)) {
    const words = (quoted[1] ?? '').replaceAll(/^…|…$/g, '')
    const isChip = bounds.length > 0 || words.length < 80
    if (!corpus.replaceAll(/\s+/g, ' ').includes(words) && !isChip) faults.ungrounded.push(`quote “${words}”`)
  }
  // `R$ 9,90` is another currency, in another form.
  for (const amount of outside.matchAll(/(?<!\p{L})\$\s?(\d[\d,]*(?:\.\d+)?)/gu)) {
    const minor = Math.round(Number((amount[1] ?? '').replaceAll(',', '')) * 100)
    if (!allowed.has(minor)) faults.ungrounded.push(`amount ${amount[0]}`)
  }
  for (const rating of outside.matchAll(/\b(\d\.\d)(?= (?:from|out of|on average|for|stars))/g)) {
    if (!ratings.has(rating[1] ?? '')) faults.ungrounded.push(`rating ${rating[0]}`)
  }
  for (const of of outside.matchAll(/\b(\d+) of (\d+) reviews\b/g)) {
    if (Number(of[1]) > Number(of[2]) || !counts.has(Number(of[2]))) faults.ungrounded.push(`count ${of[0]}`)
  }
  for (const total of outside.matchAll(/\b(?:from|across|over) ([\d,]+) reviews?\b/g)) {
    if (!counts.has(Number((total[1] ?? '').replaceAll(',', '')))) faults.ungrounded.push(`count ${total[0]}`)
  }
  // Runs of capitalised words inside a sentence are names; each must stand somewhere in the rows.
  const held = corpus.toLowerCase()
  for (const name of outside.matchAll(/(?<=[a-z,] )(?:[A-Z][\w’'-]+)(?: [A-Z][\w’'-]+)+/g)) {
    const words = name[0].split(' ').filter((word) => !/^(?:The|An?)$/.test(word))
    if (!words.every((word) => held.includes(word.toLowerCase()))) faults.ungrounded.push(`name ${name[0]}`)
  }
}
