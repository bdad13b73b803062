import type { Lexicon } from '../language/lexicon.ts'
import type { ProductSearch } from './ports.ts'
import type { Product } from './product.ts'

/**
 * The search indexes of all tenants, one for each catalog version, so that search and catalog change in the same
 * instant: the import builds the index of the coming version beside the live one, then one transaction makes that
 * version live for both.
 */
export interface SearchIndexes {
  /**
   * Builds the index of `version`. Readers of other versions notice nothing. Called again with the same version
   * (after a crash) it starts over. Resolves when the index can be searched and would survive a crash.
   */
  build(request: IndexBuild): Promise<void>
  /** Search over a version that was built, with what words mean in the store. */
  open(tenantId: string, version: string, lexicon?: Lexicon): ProductSearch
  /** Deletes every version of the tenant that is not in `keep`. */
  prune(tenantId: string, keep: readonly string[]): Promise<void>
}

export interface IndexBuild {
  tenantId: string
  version: string
  /** How many products the version holds. */
  total: number
  /** Every product of the version; may be called more than once. */
  products(): AsyncIterable<Product>
  /** What differs from an earlier version that is still there; null for a first build. Use it where that is faster. */
  changes: {
    base: string
    upsertCount: number
    upserts(): AsyncIterable<Product>
    removedIds: readonly string[]
  } | null
  /** Counts products. */
  report(done: number): void
  signal: AbortSignal
}
