import type { Product } from '../domain/product.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { denies, isDeclared, namesAnyOf } from '../language/mentions.ts'
import { evidenceFor } from './asked.ts'
import { listingEvidence } from './evidence.ts'
import type { SpokenOf } from './facts.ts'
import type { LookUpSources } from './step-sources.ts'

/** So many listings are looked at for each thing. */
const mostLookedAt = 40
const pathOf = ({ categories }: Product, names: number): string => categories.slice(0, names).join(' > ')

const statesMaterial = (product: Product, lexicon: Lexicon): boolean =>
  evidenceFor('material', product, lexicon)?.kind === 'attribute'

const speaksOf = (product: Product, what: string, lexicon: Lexicon): boolean =>
  [product.title, ...listingEvidence(product, lexicon).map(({ text }) => text)].some(
    (text) => namesAnyOf(text, what, lexicon) || denies(text, what, lexicon),
  )

/** The shelves on which listings name or deny each of some things that are eaten. */
export async function spokenOf(
  things: readonly string[],
  { search, catalog }: Pick<LookUpSources, 'search' | 'catalog'>,
  lexicon: Lexicon,
): Promise<SpokenOf> {
  const found = await Promise.all(
    things.map(async (what) => {
      const request = {
        text: what,
        constraints: [],
        sort: 'relevance' as const,
        limit: mostLookedAt,
        offset: 0,
      }
      const { hits } = await search.search(request)
      const products = await catalog.products(hits.map(({ productId }) => productId))
      const speaking = products.filter((product) => speaksOf(product, what, lexicon))
      // What things are made of hurts by touch, and may be in any of them: a listing of rubber gloves need not say latex.
      const isTouched = speaking.some((product) => statesMaterial(product, lexicon))
      return isTouched && !isDeclared(what, lexicon)
        ? []
        : [[what, new Set(speaking.map((product) => pathOf(product, isTouched ? 1 : 2)))] as const]
    }),
  )
  return new Map(found.flat())
}

/** Goods of one kind that somebody was warned of: a shelf, or a product that stands on none, and what hurts. */
export const warnedKey = ({ id, categories }: Product, what: string): string =>
  `${what.toLowerCase()}: ${categories.join(' > ') || id}`

/**
 * Whether it matters to a product that somebody has to be kept from something. It does not where the listing says what the thing is made of, and no
 * listing on its shelf speaks of what hurts: harnesses of nylon hold no wheat. What is nowhere spoken of in the store may be in anything but what
 * has to be declared on food.
 */
export function isConcerned(product: Product, what: string, spoken: SpokenOf, lexicon: Lexicon): boolean {
  const shelves = spoken.get(what)
  const isKnown = shelves !== undefined && (shelves.size > 0 || isDeclared(what, lexicon))
  return (
    !isKnown ||
    [1, 2].some((names) => shelves.has(pathOf(product, names))) ||
    !statesMaterial(product, lexicon) ||
    speaksOf(product, what, lexicon)
  )
}
