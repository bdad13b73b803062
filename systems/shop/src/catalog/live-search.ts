import type { ProductSearch } from '../domain/ports.ts'
import type { SearchIndexes } from '../domain/search-indexes.ts'
import type { LiveCatalog } from './live-catalog.ts'

/** Search over whichever version is live when a search begins. An empty catalog has no hits. */
export function createLiveSearch(live: LiveCatalog, indexes: SearchIndexes, tenantId: string): ProductSearch {
  return {
    async search(request) {
      const { version, products, vocabulary } = await live.read(tenantId)
      if (version === null || products === 0) return { hits: [], total: 0, relaxed: [], tookMs: 0 }
      return indexes.open(tenantId, version, vocabulary).search(request)
    },
  }
}
