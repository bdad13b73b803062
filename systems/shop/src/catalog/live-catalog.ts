import type { Kysely } from 'kysely'
import type { FacetVocabulary } from '../domain/constraints.ts'
import type { CatalogTables } from './catalog-tables.ts'
import { openVocabulary } from './vocabulary.ts'

export interface LiveVersion {
  /** Null before the first import. */
  version: string | null
  products: number
  reviews: number
  sampleProducts: number
  vocabulary: FacetVocabulary
}

const nothing: LiveVersion = {
  version: null,
  products: 0,
  reviews: 0,
  sampleProducts: 0,
  vocabulary: { facets: new Map(), brands: new Map(), categories: new Map(), currency: 'USD' },
}

/**
 * Which version of each tenant's catalog is live. The version is read anew each time (one row by key); what belongs to a
 * version never changes and is kept until the next one.
 */
export class LiveCatalog {
  readonly #db: Kysely<CatalogTables>
  readonly #known = new Map<string, LiveVersion>()

  constructor(db: Kysely<CatalogTables>) {
    this.#db = db
  }

  async read(tenantId: string): Promise<LiveVersion> {
    const row = await this.#db
      .selectFrom('catalog')
      .where('tenant_id', '=', tenantId)
      .select('version')
      .executeTakeFirst()
    if (!row) return nothing
    const known = this.#known.get(tenantId)
    return known?.version === row.version ? known : this.#load(tenantId)
  }

  async #load(tenantId: string): Promise<LiveVersion> {
    const row = await this.#db
      .selectFrom('catalog')
      .where('tenant_id', '=', tenantId)
      .select(['version', 'products', 'reviews', 'sample_products', 'vocabulary'])
      .executeTakeFirst()
    if (!row) return nothing
    const live: LiveVersion = {
      version: row.version,
      products: row.products,
      reviews: row.reviews,
      sampleProducts: row.sample_products,
      vocabulary: openVocabulary(row.vocabulary),
    }
    this.#known.set(tenantId, live)
    return live
  }
}
