import type { Catalog, ProductSearch } from '../domain/ports.ts'
import type { Product } from '../domain/product.ts'
import { fold } from '../language/fold.ts'
import { holdsKindOf } from '../language/joined.ts'
import { joinedNouns } from '../language/languages.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { typedForms } from '../understand/forms.ts'
import { tokenize } from '../understand/text.ts'
import { saysSpare, titleHeads } from './kind.ts'
import { endOfName } from './plan/meant.ts'

/** A near twin of a product: one of the same maker that its title calls by the same noun, listed apart for its size, model, colour or the like. */
export interface Twin {
  product: Product
  /** How many words of either title the other does not say, numbers and units not counted. */
  apart: number
}

/** What is in sight, with its near twins. */
export interface TwinsInSight {
  of: Product
  twins: readonly Twin[]
}

/** The near twin that a message means, and what it says beside. */
export interface TwinMeant {
  product: Product
  rest: string
  /** It asks whether there is such a one; else it points at it, and what else it says is said of that. */
  isWish: boolean
}

/** How many of the best matches of a title may be its twins. */
const lookedAt = 40

/** The near twins of a product in the catalog, the nearest first. */
export async function twinsOf(
  product: Product,
  { catalog, search, lexicon }: { catalog: Catalog; search: ProductSearch; lexicon: Lexicon },
): Promise<Twin[]> {
  const { hits } = await search.search({
    text: product.title,
    constraints: [],
    sort: 'relevance',
    limit: lookedAt,
    offset: 0,
  })
  const ids = hits.map(({ productId }) => productId).filter((id) => id !== product.id)
  const found = await catalog.products(ids)
  return found
    .flatMap((other) => {
      const apart = wordsApart(product, other, lexicon)
      return apart === null ? [] : [{ product: other, apart }]
    })
    .toSorted((a, b) => a.apart - b.apart)
}

/**
 * How many words tell two titles apart that call near twins; null where they call other goods: of another maker or shelf, a spare part of one, or
 * with few words in common. Where a language writes its nouns apart, both titles are headed by one noun: a blanket's cover is no blanket.
 */
export function wordsApart(one: Product, other: Product, lexicon: Lexicon): number | null {
  if (fold(one.brand ?? '') !== fold(other.brand ?? '')) return null
  if (one.categories.at(-1) !== other.categories.at(-1)) return null
  if (saysSpare(one.title, lexicon) !== saysSpare(other.title, lexicon)) return null
  const isJoined = joinedNouns[lexicon.language.code] !== undefined
  const [own, others] = [nameOf(one, lexicon), nameOf(other, lexicon)]
  if (!isJoined && ![...own.heads].some((head) => others.heads.has(head))) return null
  const shared = inBoth(own.name, others.name)
  const most = Math.max(own.name.size, others.name.size)
  const isLike =
    shared === Math.min(own.name.size, others.name.size) || shared * (isJoined ? 2 : leastHeaded) >= most
  if (shared === 0 || !isLike) return null
  return own.all.size + others.all.size - 2 * inBoth(own.all, others.all)
}

/** Titles that are headed by one noun may have a third of their words in common. */
const leastHeaded = 3

const inBoth = (own: ReadonlySet<string>, others: ReadonlySet<string>): number =>
  [...own].filter((word) => others.has(word)).length

/** Whether a title calls its product by a noun, given by its meaning. */
export function isCalled(product: Product, noun: string, lexicon: Lexicon): boolean {
  const { name, heads } = nameOf(product, lexicon)
  const { code } = lexicon.language
  return joinedNouns[code] === undefined ? heads.has(noun) : holdsKindOf(name, noun, code)
}

/** The words of a title by their meanings, without the maker's name, numbers and their units. */
export const titleWords = (product: Product, lexicon: Lexicon): ReadonlySet<string> =>
  nameOf(product, lexicon).all

interface Name {
  /** The words of a title by their meanings, without the maker's name, numbers and their units. */
  all: ReadonlySet<string>
  /** Those before what the thing is for, or comes with, but for sizes in letters. */
  name: ReadonlySet<string>
  heads: ReadonlySet<string>
}

const read = new WeakMap<Product, { lexicon: Lexicon; name: Name }>()

function nameOf(product: Product, lexicon: Lexicon): Name {
  const known = read.get(product)
  if (known?.lexicon === lexicon) return known.name
  const { title, brand } = product
  const tokens = tokenize(title, lexicon)
  const maker = new Set(tokenize(brand ?? '', lexicon).map(({ word }) => word))
  const sizes = typedForms(tokens, lexicon).filter(({ form }) => form.startsWith('size:'))
  const led = tokens.findIndex(({ lead }, at) => at > 0 && (lead === 'for' || lead === 'with'))
  const all = new Set<string>()
  const name = new Set<string>()
  for (const [at, { kind, word, unit, stem }] of tokens.entries()) {
    const isMeasure = unit !== null && tokens[at - 1]?.kind === 'number'
    if (kind !== 'word' || maker.has(word) || isMeasure || lexicon.isFunctionWord(word)) continue
    all.add(stem)
    const isSize = sizes.some(({ from, to }) => at >= from && at < to)
    if (!isSize && (led === -1 || at < led)) name.add(stem)
  }
  const [calling = title] = title.split(endOfName).filter((part) => part.trim() !== '')
  const heads = titleHeads({ ...product, title: calling }, lexicon)
  const found = { all, name: name.size > 0 ? name : all, heads }
  read.set(product, { lexicon, name: found })
  return found
}
