import type { Evidence } from '../../domain/answer.ts'
import type { Constraint } from '../../domain/constraints.ts'
import { isPriced } from '../../domain/money.ts'
import type { Product, Variant } from '../../domain/product.ts'
import { availabilityFacet } from '../../search/constraints/facets.ts'
import { isInStock } from '../cards.ts'
import { listingEvidence, makeEvidence, shopperEvidence, titleEvidence } from '../evidence.ts'
import type { Facts } from '../facts.ts'
import type { StepSources } from '../step-sources.ts'
import { contentStems } from '../words.ts'

/** What a model is given to choose from. */
export interface Candidates {
  /** Numbered from 1. */
  goods: readonly Product[]
  /** What the listings of some of them say line by line; numbered from 1. */
  lines: readonly Evidence[]
}

/** What the candidates are for. */
export interface Wanted {
  /** As the shopper wrote it, and as it was read. */
  message: string
  words: string
  /** A wish for goods; else something is asked of some. */
  isWish: boolean
  /** Whether it names what somebody has to be kept from. */
  isAllergy: boolean
  /** Products that are meant, by id, and goods that are called by a name. */
  about: readonly string[]
  names: readonly string[]
  /** Other products that may be meant, the likeliest first. */
  inSight: readonly string[]
  constraints: readonly Constraint[]
}

/** What no result may violate. That something should be of a kind, a size or a colour is what the choice is about. */
export const isMust = (one: Constraint): boolean =>
  one.kind !== 'facet' || one.negated || one.name === availabilityFacet

/** The goods of a smaller store are all given; of a larger one what its search finds. */
const mostWhole = 150
const mostFound = 40
const foundByName = 3
/** How many are looked at line by line, and how many lines of them all. */
const mostClose = { wish: 8, asked: 6 }
const mostLines = { wish: 56, asked: 90 }

/** Goods that may meet a wish or be asked about, and the lines of the likeliest of them. */
export async function candidatesFor(
  { message, words, isWish, isAllergy, about, names, inSight, constraints }: Wanted,
  facts: Facts,
  { catalog, search }: Pick<StepSources, 'catalog' | 'search'>,
): Promise<Candidates> {
  const musts = constraints.filter(isMust)
  const find = async (text: string, limit: number, kept: readonly Constraint[] = []) => {
    if (text.trim() === '') return []
    const { hits } = await search.search({
      text,
      constraints: [...kept],
      sort: 'relevance',
      limit,
      offset: 0,
    })
    return hits.map(({ productId }) => productId)
  }
  const [{ products: size }, named, ...lists] = await Promise.all([
    catalog.size(),
    Promise.all(names.map((name) => find(name, foundByName))),
    find(words, mostFound, musts),
    find(message, mostFound),
  ])
  const found = lists.flat()
  const likeliest = isWish
    ? [...about, ...named.flat(), ...facts.subjectIds, ...found, ...inSight]
    : [
        ...about,
        ...named.flat(),
        ...(about.length > 0 ? [] : [...inSight.slice(0, 1), ...facts.subjectIds.slice(0, 3), ...found]),
      ]
  const close = [...new Set(likeliest)].slice(0, isWish ? mostClose.wish : mostClose.asked)
  // Always in one order, so that an engine that keeps prefixes reads a small store once.
  const ids =
    size <= mostWhole
      ? (await everyId(search)).toSorted()
      : [...new Set([...close, ...inSight, ...found])].slice(0, mostFound)
  const goods = await catalog.products(ids)
  const byId = new Map(goods.map((one) => [one.id, one]))
  const read = close.flatMap((id) => byId.get(id) ?? [])
  const each = Math.floor((isWish ? mostLines.wish : mostLines.asked) / Math.max(1, read.length))
  const asked = askedIn(`${message} ${words}`, facts)
  // Sizes of one thing may be goods of their own: what all of them say is read once.
  const told = new Set<string>()
  const lines = read.flatMap((product) =>
    [
      // What it is called may answer a question, and say what it is free of; that another wish is met it does not show.
      ...(isWish && !isAllergy ? [] : [titleEvidence(product, facts.lexicon)]),
      ...linesOf(product, asked, each, facts),
    ].filter(({ text }) => {
      const line = `${product.title}: ${text}`
      return !told.has(line) && told.add(line)
    }),
  )
  return { goods, lines }
}

async function everyId(search: StepSources['search']): Promise<string[]> {
  const { hits } = await search.search({
    text: '',
    constraints: [],
    sort: 'relevance',
    limit: mostWhole,
    offset: 0,
  })
  return hits.map(({ productId }) => productId)
}

/** What bears on a message by its words, and by its numbers, however their units are written: `512GB`, for "512 GB". */
function askedIn(text: string, { lexicon }: Facts): (line: Evidence) => number {
  const stems = new Set(contentStems(text, lexicon))
  const numbers = new Set(text.match(/\d{2,}/g))
  return (line) =>
    [...line.stems].filter((stem) => stems.has(stem)).length +
    (line.text.match(/\d{2,}/g) ?? []).filter((number) => numbers.has(number)).length
}

/** What bears on what is asked, and what comes first, in the order of the listing. */
function linesOf(
  product: Product,
  bearing: (line: Evidence) => number,
  most: number,
  facts: Facts,
): Evidence[] {
  const { lexicon } = facts
  const all = [
    ...rowLines(product, facts),
    ...listingEvidence(product, lexicon),
    ...shopperEvidence(product.id, facts),
  ]
  const kept = new Set(all.toSorted((a, b) => bearing(b) - bearing(a)).slice(0, most))
  return all.filter((line) => kept.has(line))
}

/** More variants than this are told by their options alone. */
const mostRows = 12

/** What each variant costs and, where it is counted, how many there are: `1 kg: 24.99 €, 5 in stock`. */
export function rowLines({ id, variants }: Product, { lexicon, phrases }: Facts): Evidence[] {
  const line = (variant: Variant) => {
    const options = Object.values(variant.options).join(', ')
    const name = phrases.say('table.price')
    const called = options === '' ? name : variants.length > 1 ? options : `${name} (${options})`
    // A store that does not count says nothing of what it has.
    const stock =
      variant.stock === null
        ? []
        : [isInStock(variant) ? `${variant.stock} ${phrases.say('stock.in')}` : phrases.say('stock.out')]
    const said = [...(isPriced(variant.price) ? [phrases.money(variant.price)] : []), ...stock]
    return said.length === 0 && options === ''
      ? []
      : [`${called}${said.length === 0 ? '' : `: ${said.join(', ')}`}`]
  }
  const source = { kind: 'product' as const, productId: id, field: 'price' }
  return variants
    .slice(0, mostRows)
    .flatMap(line)
    .map((text) => makeEvidence({ kind: 'attribute', text, productId: id, source }, lexicon))
}
