import type { Product } from '../domain/product.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { contentStems } from './words.ts'

/** How far a product is of a kind, 0–4. */
export type KindTier = 0 | 1 | 2 | 3 | 4

/**
 * How far a product is of the kind that was asked for. The last word of a kind names the thing ("boots" of "football boots"): without
 * it in title or shelf 0. On the shelf of that name counts more than in the title, where it may be what the thing goes with ("desk
 * lamp"); then, whether title, shelves or what is stated hold all the words.
 */
export function kindTier(product: Product, type: string, lexicon: Lexicon): KindTier {
  const wanted = contentStems(type, lexicon)
  const head = wanted.at(-1)
  if (head === undefined) return 0
  const shelves = new Set(contentStems(product.categories.join(' '), lexicon))
  const title = new Set(contentStems(product.title, lexicon))
  const isOnShelf = shelves.has(head)
  if (!isOnShelf && !title.has(head)) return 0
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
