import type { ColumnType, JSONColumnType } from 'kysely'
import type { Product, Question, Review } from '../domain/product.ts'
import type { LanguageCode } from '../language/languages.ts'
import type { ImportOptions, ImportProgress, ImportReport } from './import-record.ts'

/** A vocabulary as JSON: pairs in place of maps. */
export interface StoredVocabulary {
  facets: [name: string, values: [value: string, products: number][]][]
  brands: [string, number][]
  categories: [string, number][]
  currency: string
  /** Read in one language; facets by their place in `facets`. */
  nouns?: { language: LanguageCode; words: [noun: string, products: number, facets: [number, number][]][] }
}

type Json<T extends object> = JSONColumnType<T, string, string>

/** Rows of migration `0001-catalog`; staging is written in SQL. */
export interface CatalogTables {
  catalog: {
    tenant_id: string
    version: string
    products: number
    reviews: number
    sample_products: number
    vocabulary: Json<StoredVocabulary>
    changed_at: Date
  }
  product: {
    tenant_id: string
    id: string
    hash: string
    rating_from_feed: boolean
    is_sample: boolean
    data: Json<Product>
    categories: string[]
    brand: string | null
    min_minor: number
    rating: number | null
    added_at: Date
    changed_at: Date
  }
  review: {
    tenant_id: string
    id: string
    product_id: string
    hash: string
    rating: number
    at: Date
    data: Json<Review>
  }
  question: { tenant_id: string; id: string; product_id: string; data: Json<Question> }
  price_point: {
    tenant_id: string
    product_id: string
    variant_id: string
    at: Date
    minor: number
    currency: string
  }
  import: {
    tenant_id: string
    id: string
    name: string
    /** `feed`, `sample` or `remove-sample`. */
    kind: string
    options: Json<ImportOptions>
    bytes: number | null
    state: string
    progress: ColumnType<ImportProgress | null, string | null, string | null>
    report: ColumnType<ImportReport | null, string | null, string | null>
    reason: string | null
    created_at: Date
    finished_at: Date | null
  }
}
