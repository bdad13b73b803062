import { HeavyliftError } from '@heavylift/core'
import type { Logger } from '@heavylift/core'
import type { Kysely } from 'kysely'
import type { ProductSearch } from '../domain/ports.ts'
import type { SearchIndexes } from '../domain/search-indexes.ts'
import { liveProducts } from '../import/compare.ts'
import type { StoreLexicons } from '../language/store-lexicons.ts'
import type { CatalogTables } from './catalog-tables.ts'
import type { LiveCatalog, LiveVersion } from './live-catalog.ts'

export interface LiveSearchDependencies {
  db: Kysely<CatalogTables>
  live: LiveCatalog
  lexicons: StoreLexicons
  indexes: SearchIndexes
  log: Logger
  /** Ends a rebuild when the process stops. */
  signal: AbortSignal
}

/**
 * Search over whichever version is live when a search begins; an empty catalog has no hits. An index that is not there
 * (its folder was deleted, another process published) is built from the catalog first, once for all who wait for it.
 */
export function createLiveSearch(deps: LiveSearchDependencies): (tenantId: string) => ProductSearch {
  const rebuilds = new Map<string, Promise<void>>()

  const rebuild = (tenantId: string, { version, products }: LiveVersion): Promise<void> => {
    const key = `${tenantId}/${version}`
    const running = rebuilds.get(key)
    if (running) return running
    const { db, indexes, log, signal } = deps
    log.warn({ tenantId, version, products }, 'the search index is missing and is built anew')
    const building = indexes
      .build({
        tenantId,
        version: version ?? '',
        total: products,
        products: () => liveProducts(db, tenantId, signal),
        changes: null,
        report: () => {},
        signal,
      })
      .finally(() => rebuilds.delete(key))
    rebuilds.set(key, building)
    return building
  }

  return (tenantId) => ({
    async search(request) {
      const [live, lexicon] = await Promise.all([deps.live.read(tenantId), deps.lexicons.read(tenantId)])
      const { version, products } = live
      if (version === null || products === 0)
        return { hits: [], total: 0, relaxed: [], preferred: [], tookMs: 0 }
      const search = () => deps.indexes.open(tenantId, version, lexicon).search(request)
      try {
        return await search()
      } catch (error) {
        if (!HeavyliftError.isInstance(error) || error.code !== 'search-index-missing') throw error
        await rebuild(tenantId, live)
        return search()
      }
    },
  })
}
