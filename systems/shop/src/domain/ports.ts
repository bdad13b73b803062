import type { Constraint, FacetVocabulary, SortOrder } from './constraints.ts'
import type { PricePoint, Product, Question, Review } from './product.ts'

/** Reads of one tenant's live catalog. Every fact that an answer shows comes from here, in this turn. */
export interface Catalog {
  product(id: string): Promise<Product | null>
  /** In the order of `ids`; ids that do not exist are left out. */
  products(ids: readonly string[]): Promise<Product[]>
  reviews(
    productId: string,
    page: { limit: number; offset: number },
  ): Promise<{ reviews: Review[]; total: number }>
  questions(productId: string): Promise<Question[]>
  priceHistory(productId: string): Promise<PricePoint[]>
  vocabulary(): Promise<FacetVocabulary>
  size(): Promise<{ products: number; reviews: number }>
}

/** Search over one tenant's live catalog. */
export interface ProductSearch {
  search(request: SearchRequest): Promise<SearchResult>
}

export interface SearchRequest {
  text: string
  constraints: Constraint[]
  sort: SortOrder
  limit: number
  offset: number
  /** Adds `explanation` to each hit (for the search lab). */
  explain?: boolean
}

export interface SearchResult {
  hits: SearchHit[]
  /** How many products satisfy the constraints and match. */
  total: number
  /** Constraints left out because nothing satisfied all of them; empty normally. Every hit satisfies all the others. */
  relaxed: Constraint[]
  tookMs: number
}

export interface SearchHit {
  productId: string
  score: number
  /** Variants that satisfy the constraints; the first is the one to show. */
  variantIds: string[]
  explanation?: {
    fields: { field: string; score: number; terms: { term: string; score: number }[] }[]
    boosts: { name: string; factor: number }[]
  }
}
