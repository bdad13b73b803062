import type { Product } from '../domain/product.ts'
import { nounFirst } from '../language/languages.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { contentStems } from './words.ts'

/** How far a product is of a kind, 0–4. */
export type KindTier = 0 | 1 | 2 | 3 | 4

/**
 * How far a product is of the kind that was asked for. The last word of a kind names the thing ("boots" of "football boots"): without
 * it in title or shelf 0. On the shelf of that name counts more than in the title, where it may be what the thing goes with ("desk
 * lamp"); a shelf of table lamps is none of tables. Then, whether title, shelves or what is stated hold all the words.
 */
export function kindTier(product: Product, type: string, lexicon: Lexicon): KindTier {
  const wanted = contentStems(type, lexicon)
  const head = wanted.at(-1)
  if (head === undefined) return 0
  const shelves = new Set(contentStems(product.categories.join(' '), lexicon))
  const title = new Set(contentStems(product.title, lexicon))
  const isOnShelf = product.categories.some(
    (name, at) =>
      shelfHeads(name, lexicon).includes(head) &&
      // "Coffee & tea" holds tea, but what stands on its shelf of coffee beans is none.
      (shelfHeads(name, lexicon).length === 1 ||
        title.has(head) ||
        at === product.categories.length - 1 ||
        contentStems(product.categories.slice(at + 1).join(' '), lexicon).includes(head)),
  )
  if (!shelves.has(head) && !title.has(head)) return 0
  const stated = new Set(
    contentStems(
      [
        ...Object.values(product.attributes).flat(),
        ...product.variants.flatMap((variant) => Object.values(variant.options)),
      ].join(' '),
      lexicon,
    ),
  )
  const isWhole = wanted.every((word) => title.has(word) || shelves.has(word) || stated.has(word))
  if (isOnShelf) return isWhole ? 4 : 3
  // "Orbit Wall Lamp" ends in what it is: no less a wall lamp than any lamp on the shelf of lamps.
  const isNamedSo = contentStems(product.title, lexicon).at(-1) === head
  return isWhole ? (isNamedSo ? 3 : 2) : 1
}

/** What stands on a shelf: the noun that heads each part of its name, `lamp` of "Table lamps", `pot` and `pan` of "Pots & pans for gas". */
function shelfHeads(name: string, lexicon: Lexicon): string[] {
  return name.split(/[&/,>|]|\b(?:and|und|et|y|e|en|och)\b/u).flatMap((part) => {
    const [goods = ''] = part.split(/\b(?:for|with|für|mit|pour|para|per|voor|met|för|med)\b/u)
    const stems = contentStems(goods, lexicon)
    return (nounFirst.has(lexicon.language.code) ? stems[0] : stems.at(-1)) ?? []
  })
}

/** Fewer products that are called by a word are no kind of goods. */
const leastCalled = 2

/**
 * Whether words name a kind of goods: most of what they find is called by the last of them (in some languages the first), in title or
 * shelf. "Travel size" finds creams whose titles end otherwise; what stands on many shelves ("mini") is no kind either.
 */
export function nameGoods(said: string, found: readonly Product[], lexicon: Lexicon): boolean {
  const stems = contentStems(said, lexicon)
  const head = nounFirst.has(lexicon.language.code) ? stems[0] : stems.at(-1)
  if (head === undefined) return false
  const called = found.filter(({ title, categories }) =>
    [phraseOf(title), ...categories].some((name) => shelfHeads(name, lexicon).includes(head)),
  )
  if (called.length < Math.min(leastCalled, found.length) || called.length * 2 < found.length) return false
  const shelves = called.map(({ categories }) => categories.at(-1) ?? '')
  const largest = Math.max(...shelves.map((shelf) => shelves.filter((each) => each === shelf).length))
  return largest * 2 >= called.length
}

/** A title up to where its name ends: at a comma, a bracket, a number, or what is written in capitals alone ("SPF"). */
function phraseOf(title: string): string {
  const end = /[,;:()[\]–—]|\s-\s|\d/.exec(title)?.index ?? title.length
  const capitals = title === title.toUpperCase() ? -1 : title.slice(0, end).search(/\s\p{Lu}{2,}\s*$/u)
  return title.slice(0, capitals > 0 ? capitals : end)
}

/** Those that are most of the kind; all of them, where none is. */
export function mostOfKind<Item>(
  items: readonly Item[],
  productOf: (item: Item) => Product,
  type: string | null,
  lexicon: Lexicon,
): { items: Item[]; tier: KindTier } {
  if (type === null) return { items: [...items], tier: 0 }
  const tiers = items.map((item) => kindTier(productOf(item), type, lexicon))
  const tier = tiers.reduce((best, each) => (each > best ? each : best), 0 as KindTier)
  return { items: items.filter((_, at) => tiers[at] === tier), tier }
}
