import type { Random } from '@heavylift/core/math'
import type { Product, Variant } from '../../domain/product.ts'

/** A kind of goods as the catalog itself tells it, with the products that are of it. */
export interface Kind {
  /** As a shopper would write it: lower case. */
  name: string
  members: readonly Product[]
}

/** What is asked about and what is true of it, read from catalog rows by code of its own. */
export interface CatalogFacts {
  products: readonly Product[]
  kinds: readonly Kind[]
  /** The words of each title, in the order of the products. */
  titles: readonly ReadonlySet<string>[]
}

export const words = (text: string): string[] =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .match(/[\p{L}\p{N}]+/gu) ?? []

/** Plain enough to tell "desks" and "desk" for the same. */
export const singular = (word: string): string =>
  word.length > 3 ? word.replace(/(?:ies)$/, 'y').replace(/(?<=(?:ss|x|ch|sh))es$|(?<!s)s$/, '') : word

const singulars = (text: string) => words(text).map(singular)

export function isOfKind(product: Product, kind: Kind): boolean {
  if (kind.members.some((member) => member.id === product.id)) return true
  const held = new Set(singulars(`${product.title} ${product.categories.at(-1) ?? ''}`))
  return singulars(kind.name).every((word) => held.has(word))
}

export const pricesOf = (product: Product): number[] => product.variants.map((variant) => variant.price.minor)
export const lowest = (product: Product): number => Math.min(...pricesOf(product))

/** Leaf categories where the catalog has any; else pairs of lower-case words that many titles hold as their only noun. */
export function readCatalog(products: readonly Product[]): CatalogFacts {
  const least = products.length < 50 ? 2 : 5
  const byCategory = new Map<string, Product[]>()
  for (const product of products) {
    const leaf = product.categories.at(-1)?.toLowerCase()
    if (leaf !== undefined && leaf.length < 40)
      byCategory.set(leaf, [...(byCategory.get(leaf) ?? []), product])
  }
  const named = byCategory.size >= 4 ? byCategory : pairsInTitles(products)
  const kinds = [...named]
    .filter(([name, members]) => members.length >= least && !/[&/()]/.test(name) && spread(members) > 1.15)
    .map(([name, members]) => ({ name, members }))
  return { products, kinds, titles: products.map((product) => new Set(words(product.title))) }
}

/** The same facts with the kinds in another order. */
export const shuffled = (facts: CatalogFacts, random: Random): CatalogFacts => ({
  ...facts,
  kinds: random.sample(facts.kinds, facts.kinds.length),
})

function pairsInTitles(products: readonly Product[]): Map<string, Product[]> {
  const found = new Map<string, Product[]>()
  for (const product of products) {
    // Two lower-case words between others that are none.
    const pairs = product.title.matchAll(
      /(?<=(?:^|[^\p{Ll}\s]|[\p{Lu}\p{N}]\p{Ll}*) )(\p{Ll}{4,} \p{Ll}{4,})(?=$|[,.]| [^\p{Ll}])/gu,
    )
    for (const pair of new Set(Array.from(pairs, (match) => match[1] ?? '')))
      found.set(pair, [...(found.get(pair) ?? []), product])
  }
  const least = Math.max(5, products.length * 0.002)
  return new Map([...found].filter(([, members]) => members.length >= least))
}

const spread = (members: readonly Product[]) => {
  const prices = members.map(lowest)
  return Math.max(...prices) / Math.max(1, Math.min(...prices))
}

/** Kinds that share no word, so that one is a change of subject from the other. */
export function twoKinds(facts: CatalogFacts): [Kind, Kind] | null {
  const [first] = facts.kinds
  if (!first) return null
  const said = new Set(singulars(first.name))
  const other = facts.kinds.find((kind) => singulars(kind.name).every((word) => !said.has(word)))
  return other ? [first, other] : null
}

/** A round number of major units that some of the kind cost less than and some more. */
export function boundFor(kind: Kind): { major: number; minor: number } {
  const prices = kind.members.map(lowest).toSorted((a, b) => a - b)
  const middle = prices[Math.floor(prices.length / 2)] ?? 0
  const digits = digitsOf(kind.members[0]?.variants[0])
  const unit = 10 ** digits
  const major = Math.ceil(middle / unit) + 1
  return { major, minor: major * unit }
}

export const digitsOf = (variant: Variant | undefined): number =>
  new Intl.NumberFormat('en', {
    style: 'currency',
    currency: variant?.price.currency ?? 'USD',
  }).resolvedOptions().maximumFractionDigits ?? 2

/** The first words of a title that no other title holds together; null when that takes more than five. */
export function shortName(product: Product, facts: CatalogFacts): string | null {
  const parts = product.title.split(/\s+/).filter((part) => /[\p{L}\p{N}]/u.test(part))
  for (let count = 2; count <= Math.min(5, parts.length); count++) {
    const said = words(parts.slice(0, count).join(' '))
    const isShared = facts.titles.some(
      (held, at) => facts.products[at]?.id !== product.id && said.every((word) => held.has(word)),
    )
    if (!isShared) return parts.slice(0, count).join(' ')
  }
  return null
}

/** A product of the kind with a name of its own and an attribute that one would ask for by its name. */
export function productWithFact(
  facts: CatalogFacts,
  random: Random,
): { product: Product; name: string; attribute: string; values: readonly string[] } | null {
  for (const product of random.sample(facts.products, 80)) {
    const name = shortName(product, facts)
    const stated = Object.entries(product.attributes).filter(
      ([attribute, values]) =>
        /^[a-z_]{4,24}$/.test(attribute) &&
        !/^(?:attr|is|has|url|image|name|date)_/.test(attribute) &&
        !/^(?:name|price|description|short_description|supplier|tags)$/.test(attribute) &&
        values.length === 1 &&
        !/^(?:yes|no|true|false|\d+)$/i.test(values[0] ?? '') &&
        (values[0]?.length ?? 0) <= 30,
    )
    const [fact] = random.sample(stated, 1)
    if (name !== null && fact)
      return { product, name, attribute: fact[0].replaceAll('_', ' '), values: fact[1] }
  }
  return null
}

/** A sentence of a description that says a number with its unit, and what precedes it. */
export function saidNumber(
  facts: CatalogFacts,
  random: Random,
): { product: Product; name: string; number: string; unit: string } | null {
  for (const product of random.sample(facts.products, 80)) {
    const match = /(?:carries|holds|load of|takes a load of)\D{0,12}(\d+) (kg)/i.exec(product.description)
    const name = shortName(product, facts)
    if (match && name !== null) return { product, name, number: match[1] ?? '', unit: match[2] ?? '' }
  }
  return null
}

/** A product with a choice: what there is of one option in stock, and a value that it does not come in. */
export function productWithOption(
  facts: CatalogFacts,
  random: Random,
): { product: Product; name: string; option: string; values: string[] } | null {
  for (const product of random.sample(facts.products, 200)) {
    const name = shortName(product, facts)
    const option = Object.keys(product.variants[0]?.options ?? {})[0]
    if (name === null || option === undefined || product.variants.length < 2) continue
    const values = [
      ...new Set(
        product.variants
          .filter((variant) => variant.stock === null || variant.stock > 0)
          .flatMap((variant) => variant.options[option] ?? []),
      ),
    ]
    if (values.length >= 2) return { product, name, option: option.replaceAll('_', ' '), values }
  }
  return null
}

/** Everything that a listing says of itself. */
export const listingOf = (product: Product): string =>
  [
    product.title,
    product.brand ?? '',
    product.description,
    ...Object.values(product.attributes).flat(),
    ...product.variants.flatMap(({ options }) => Object.values(options)),
  ].join(' ')

/** A plain word of a description or a title that some products of a kind hold and many do not, to be asked to leave out. */
export function wordToAvoid(facts: CatalogFacts, random: Random): { kind: Kind; word: string } | null {
  for (const kind of random.sample(facts.kinds, 20)) {
    const counts = new Map<string, number>()
    for (const product of kind.members)
      for (const word of new Set(listingOf(product).match(/(?<= )\p{Ll}{4,12}(?= |$|[.,])/gu)))
        counts.set(word, (counts.get(word) ?? 0) + 1)
    const own = new Set(singulars(kind.name))
    const values = new Set(kind.members.flatMap(({ attributes }) => Object.values(attributes).flat()))
    const some = [...counts].filter(
      ([word, count]) =>
        count >= 2 &&
        count * 3 <= kind.members.length &&
        !own.has(singular(word)) &&
        (values.has(word) || materials.test(word)),
    )
    const [found] = random.sample(some, 1)
    if (found) return { kind, word: found[0] }
  }
  return null
}

/** What people say that they do not want is mostly what things are made of. */
const materials =
  /^(?:wood|wooden|oak|pine|ash|beech|steel|metal|glass|cotton|wool|leather|plastic|nylon|linen|silk|bamboo|ceramic|velvet|cork|rubber|silicone|aluminum|foam|denim|mesh|fleece|canvas|suede|iron|copper|brass|walnut|rattan|stone|marble|paper|polyester|acrylic|vinyl|wireless|bluetooth)$/

export interface ReviewBound {
  kind: Kind
  least: number
}

/** A number of reviews that some of a kind have and some do not. */
export function reviewBound(facts: CatalogFacts): ReviewBound | null {
  for (const kind of facts.kinds) {
    const counts = kind.members.map(({ rating }) => rating?.count ?? 0).toSorted((a, b) => a - b)
    const least = counts[Math.floor(counts.length / 2)] ?? 0
    if (least > 1 && (counts[0] ?? 0) < least) return { kind, least }
  }
  return null
}
