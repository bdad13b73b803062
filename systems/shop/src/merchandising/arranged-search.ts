import type { ProductSearch, SearchHit, SearchRequest } from '../domain/ports.ts'
import type { Product } from '../domain/product.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { applicable, arrange } from './arrange.ts'
import type { Rule } from './rules.ts'

export interface ArrangedSearchSources {
  search: ProductSearch
  rules(): Promise<readonly Rule[]>
  lexicon(): Promise<Lexicon>
  products(ids: readonly string[]): Promise<Product[]>
}

/** So many of the best are looked at; what stands below is never moved. */
const lookedAt = 120

/**
 * Search as the merchant arranges it: a stage after ranking. A list that the shopper sorted stays as sorted, and a pinned
 * product that breaks what the shopper insists on does not join.
 */
export function arrangedSearch(sources: ArrangedSearchSources): ProductSearch {
  return {
    async search(request) {
      if (request.sort !== 'relevance' || request.text.trim() === '') return sources.search.search(request)
      const rules = await sources.rules()
      if (!rules.some(({ kind }) => kind === 'pin' || kind === 'boost' || kind === 'bury'))
        return sources.search.search(request)
      const applied = applicable(rules, request.text, await sources.lexicon())
      if (applied.pins.length + applied.weights.length === 0 || request.offset + request.limit > lookedAt)
        return sources.search.search(request)
      const result = await sources.search.search({ ...request, offset: 0, limit: lookedAt })
      const held = new Set(result.hits.map(({ productId }) => productId))
      const missing = applied.pins.map(({ productId }) => productId).filter((id) => !held.has(id))
      const products = new Map(
        (await sources.products([...held, ...missing])).map((product) => [product.id, product]),
      )
      const inserted = await joining(sources.search, request, missing, products, result.hits[0]?.score ?? 1)
      const hits = arrange(result.hits, applied, products, inserted)
      return {
        ...result,
        hits: hits.slice(request.offset, request.offset + request.limit),
        total: result.total + inserted.length,
      }
    },
  }
}

/** Pinned products that the words alone do not find, with the variants that meet the constraints. */
async function joining(
  search: ProductSearch,
  request: SearchRequest,
  ids: readonly string[],
  products: ReadonlyMap<string, Product>,
  score: number,
): Promise<SearchHit[]> {
  const joined: SearchHit[] = []
  for (const id of ids) {
    const product = products.get(id)
    if (!product) continue
    if (request.constraints.length === 0) {
      joined.push({ productId: id, score, variantIds: product.variants.map((variant) => variant.id) })
      continue
    }
    // By its own title it is found if anything is; constraints are enforced there as everywhere.
    const own = await search.search({ ...request, text: product.title, offset: 0, limit: 20 })
    const hit = own.relaxed.length > 0 ? undefined : own.hits.find(({ productId }) => productId === id)
    if (hit) joined.push({ ...hit, score })
  }
  return joined
}
