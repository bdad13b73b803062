import type { Constraint } from '../domain/constraints.ts'
import type { ProductSearch, SearchHit, SearchResult } from '../domain/ports.ts'
import { isPriced } from '../domain/money.ts'
import type { Product } from '../domain/product.ts'
import { denies, names, namesAnyOf } from '../language/mentions.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { productFacets, variantFacets } from './constraints/facets.ts'
import { satisfies } from './constraints/satisfies.ts'

type Exclusion = Extract<Constraint, { kind: 'unnamed' }>
type Facet = Extract<Constraint, { kind: 'facet' }>

export interface LeavingOutSources {
  search: ProductSearch
  lexicon(): Promise<Lexicon>
  products(ids: readonly string[]): Promise<Product[]>
}

const pageSize = 60
/** Deeper than this nobody looks. */
const mostRead = 300

/**
 * Search that keeps what the shopper does not want out of a ranked list: a stage after ranking, since an index knows words but not
 * whether a listing denies them ("oak-free"). What was left out on the way is reported; `total` counts what was not read as fitting.
 */
export function searchLeavingOut(sources: LeavingOutSources): ProductSearch {
  return {
    async search(request) {
      const unwanted = request.constraints.filter((one): one is Exclusion => one.kind === 'unnamed')
      if (unwanted.length === 0) return sources.search.search(request)
      // "Not oak" also rules out a value, where the catalog states it: both are one wish, and are counted as one.
      const ruledOut = request.constraints.filter(
        (one): one is Facet =>
          one.kind === 'facet' && one.negated && unwanted.some(({ text }) => text === one.text),
      )
      const constraints = request.constraints.filter(
        (one) => one.kind !== 'unnamed' && !ruledOut.some((facet) => facet === one),
      )
      const lexicon = await sources.lexicon()
      const needed = request.offset + request.limit
      const kept: SearchHit[] = []
      const leftOut: string[] = []
      let last: SearchResult
      let offset = 0
      do {
        last = await sources.search.search({ ...request, constraints, offset, limit: pageSize })
        const products = new Map(
          (await sources.products(last.hits.map(({ productId }) => productId))).map((one) => [one.id, one]),
        )
        for (const hit of last.hits) {
          const product = products.get(hit.productId)
          const variantIds = product
            ? unwanted.reduce(
                (ids, exclusion) => fitting(product, ids, exclusion, lexicon),
                keeping(product, hit.variantIds, ruledOut),
              )
            : hit.variantIds
          if (variantIds.length === 0 && hit.variantIds.length > 0) leftOut.push(hit.productId)
          else kept.push({ ...hit, variantIds })
        }
        offset += pageSize
      } while (kept.length < needed && last.hits.length === pageSize && offset < mostRead)
      return {
        ...last,
        hits: kept.slice(request.offset, needed),
        total: Math.max(kept.length, last.total - leftOut.length),
        leftOut,
      }
    },
  }
}

/** The variants of a product that violate none of some constraints; what has no price keeps no limit of prices. */
export function variantsKeeping(
  product: Product,
  constraints: readonly Constraint[],
  lexicon: Lexicon,
): string[] {
  const unwanted = constraints.filter((one): one is Exclusion => one.kind === 'unnamed')
  const ids = product.variants.map(({ id }) => id)
  return unwanted.reduce(
    (left, exclusion) => fitting(product, left, exclusion, lexicon),
    keeping(
      product,
      ids,
      constraints.filter(({ kind }) => kind !== 'unnamed'),
    ),
  )
}

/** The variants that keep some constraints, by the facts that search itself goes by. */
function keeping(product: Product, ids: readonly string[], constraints: readonly Constraint[]): string[] {
  const facts = {
    facets: productFacets(product),
    services: new Set(product.services),
    ratingAverage: product.rating?.average ?? null,
    ratingCount: product.rating?.count ?? 0,
    variants: [],
  }
  return ids.filter((id) => {
    const variant = product.variants.find((one) => one.id === id)
    if (variant === undefined) return false
    const { minor, currency } = variant.price
    const own = {
      id,
      facets: variantFacets(variant.options, variant.stock),
      priceMinor: isPriced(variant.price) ? minor : null,
    }
    return constraints.every((one) => satisfies(facts, own, one, currency))
  })
}

/**
 * The variants that do not name it: none where the title, the description or the attributes do. Where some variants name it in their
 * options and others do not ("red" and "blue"), it is a choice, and those others fit whatever the text says.
 */
function fitting(
  product: Product,
  ids: readonly string[],
  { words, hurts }: Exclusion,
  lexicon: Lexicon,
): string[] {
  // "Erdinger alkoholfrei" is what was asked for, whatever its description says of alcohol.
  if (hurts !== true && denies(product.title, words, lexicon)) return [...ids]
  const isIn = hurts === true ? namesAnyOf : names
  const isNamedBy = (variant: Product['variants'][number]) =>
    Object.values(variant.options).some((value) => isIn(value, words, lexicon))
  const without = product.variants.filter((variant) => !isNamedBy(variant))
  const isChoice = without.length > 0 && without.length < product.variants.length
  const texts = [
    product.title,
    product.brand ?? '',
    product.description,
    ...Object.entries(product.attributes).map(([name, values]) => `${name}: ${values.join(', ')}`),
  ]
  if (without.length === 0 || (!isChoice && texts.some((text) => isIn(text, words, lexicon)))) return []
  const held = new Set(without.map(({ id }) => id))
  return ids.filter((id) => held.has(id))
}
