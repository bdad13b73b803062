import type { Evidence } from '../../domain/answer.ts'
import type { Constraint } from '../../domain/constraints.ts'
import type { Product } from '../../domain/product.ts'
import { availabilityFacet } from '../../search/constraints/facets.ts'
import { heading } from '../compare.ts'
import { listingEvidence } from '../evidence.ts'
import { shopperEvidence } from '../gathered-evidence.ts'
import type { Facts } from '../facts.ts'
import type { StepSources } from '../step-sources.ts'
import { rowLines } from './row-lines.ts'
import { denies, namesAnyOf } from '../../language/mentions.ts'
import { contentStems } from '../words.ts'

/** What a model is given to choose from. */
export interface Candidates {
  /** Numbered from 1. */
  goods: readonly Product[]
  /** Whether these are all goods of the store. */
  isWhole: boolean
  /** What the listings of some of them say line by line; numbered from 1. */
  lines: readonly Evidence[]
}

/** What the candidates are for. */
export interface Wanted {
  /** As the shopper wrote it, and what else it may be found by. */
  message: string
  words: readonly string[]
  /** Products that are likely asked about, by id: most lines are of them. */
  about: readonly string[]
  /** Others that it may be about or met by, the likeliest first. */
  likely: readonly string[]
  /** What else is in sight. */
  inSight: readonly string[]
  constraints: readonly Constraint[]
  /** What somebody has to be kept from. */
  keptFrom: readonly string[]
}

/** What no result may violate. That something should be of a kind, a size or a colour is what the choice is about. */
export const isMust = (one: Constraint): boolean =>
  one.kind !== 'facet' || one.negated || one.name === availabilityFacet

/** The goods of a smaller store are all given; of a larger one what its search finds. */
const mostWhole = 150
const mostFound = 40
/** How many are looked at line by line. */
const mostClose = 8
/** Characters of all lines, and lines of one product: of one that is asked about, and of another. */
const mostOfLines = 3_600
const mostLines = { asked: 30, other: 6 }

/** Goods that may meet a message or be asked about, and the lines of the likeliest of them that bear on it. */
export async function candidatesFor(
  { message, words, about, likely, inSight, constraints, keptFrom }: Wanted,
  facts: Facts,
  { catalog, search }: Pick<StepSources, 'catalog' | 'search'>,
): Promise<Candidates> {
  const find = async (text: string, kept: readonly Constraint[]) => {
    if (text.trim() === '') return []
    const { hits } = await search.search({
      text,
      constraints: [...kept],
      sort: 'relevance',
      limit: mostFound,
      offset: 0,
    })
    return hits.map(({ productId }) => productId)
  }
  const [{ products: size }, ...lists] = await Promise.all([
    catalog.size(),
    ...words.map((each) => find(each, constraints.filter(isMust))),
    find(message, []),
  ])
  const found = taken(lists)
  const close = [...new Set([...about, ...likely, ...found, ...inSight])].slice(0, mostClose)
  const isWhole = size <= mostWhole
  // Always in one order, so that an engine that keeps prefixes reads a small store once.
  const ids = isWhole
    ? (await everyId(search)).toSorted()
    : [...new Set([...close, ...inSight, ...found])].slice(0, mostFound)
  const goods = await catalog.products(ids)
  const byId = new Map(goods.map((one) => [one.id, one]))
  const bearing = tellingFirst(goods, bearingOn([message, ...words].join(' '), keptFrom, facts))
  // Sizes of one thing may be goods of their own: what all of them say is read once.
  const told = new Set<string>()
  let left = mostOfLines
  const lines = close.flatMap((id) => {
    const product = byId.get(id)
    if (product === undefined) return []
    const most = about.includes(id) ? Math.floor(mostLines.asked / about.length) : mostLines.other
    return linesOf(product, bearing, Math.max(mostLines.other, most), about.includes(id), facts).filter(
      ({ text }) => {
        const line = `${product.title}: ${text}`
        if (told.has(line) || left < 0) return false
        told.add(line)
        left -= Math.min(text.length, longestLine) + lineOverhead
        return true
      },
    )
  })
  return { goods, isWhole, lines }
}

/** Characters of a line that are given, and that it takes beside its text. */
export const longestLine = 200
const lineOverhead = 8

/** One of each list in turn. */
function taken(lists: readonly (readonly string[])[]): string[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length))
  return [
    ...new Set(Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list[at] ?? [])).flat()),
  ]
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

/**
 * What bears on a message by its words, by what it says hurts somebody, and by its numbers, however their units are written: `512GB`, for
 * "512 GB".
 */
function bearingOn(
  text: string,
  keptFrom: readonly string[],
  { lexicon }: Facts,
): (line: Evidence) => number {
  const stems = new Set(contentStems(text, lexicon))
  const numbers = new Set(text.match(/\d{2,}/g))
  return (line) =>
    [...line.stems].filter((stem) => stems.has(stem)).length +
    keptFrom.filter((what) => namesAnyOf(line.text, what, lexicon) || denies(line.text, what, lexicon))
      .length *
      hurtingWorth +
    (line.text.match(/\d{2,}/g) ?? []).filter((number) => numbers.has(number)).length
}

/** Fewer goods state a thing alike by chance. */
const leastAlike = 4

/** The same, what half of the goods state alike after what bears as much: a brand, the weight of every parcel. */
function tellingFirst(
  goods: readonly Product[],
  bearing: (line: Evidence) => number,
): (line: Evidence) => number {
  const counts = new Map<string, number>()
  for (const { brand, attributes } of goods)
    for (const stated of [
      ...(brand === null ? [] : [brand]),
      ...Object.entries(attributes).map(([name, values]) => `${heading(name)}: ${values.join(', ')}`),
    ])
      counts.set(stated, (counts.get(stated) ?? 0) + 1)
  const common = [...counts].flatMap(([stated, count]) =>
    count >= Math.max(leastAlike, goods.length / 2) ? stated : [],
  )
  const isCommon = ({ kind, text }: Evidence) =>
    kind === 'attribute' && common.some((stated) => text === stated || text.endsWith(`: ${stated}`))
  return (line) => bearing(line) - (isCommon(line) ? 0.5 : 0)
}

/** So many words of a message weigh as much as that a line names what hurts somebody. */
const hurtingWorth = 3

/** What bears on a message, and what comes first, in the order of the listing; nothing that stands beside its place already. */
function linesOf(
  product: Product,
  bearing: (line: Evidence) => number,
  most: number,
  isAsked: boolean,
  facts: Facts,
): Evidence[] {
  const { lexicon } = facts
  const all = [
    ...(isAsked || product.variants.length > 1 || product.variants.some(({ stock }) => stock !== null)
      ? rowLines(product, facts)
      : []),
    ...listingEvidence(product, lexicon).filter(
      ({ source }) => source.kind !== 'product' || source.field !== 'categories',
    ),
    ...shopperEvidence(product.id, facts),
  ]
  const kept = new Set(all.toSorted((a, b) => bearing(b) - bearing(a)).slice(0, most))
  return all.filter((line) => kept.has(line))
}
