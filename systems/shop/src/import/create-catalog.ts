import { join } from 'node:path'
import type { CoreServices } from '@heavylift/core'
import type { StoreServices } from '@heavylift/store'
import { Imports } from './imports.ts'
import { StoredSearchIndexes } from '../search/stored-search-indexes.ts'
import type { CatalogTables } from '../catalog/catalog-tables.ts'
import { LiveCatalog } from '../catalog/live-catalog.ts'
import { createLiveSearch } from '../catalog/live-search.ts'
import { PostgresCatalog } from '../catalog/postgres-catalog.ts'

/**
 * The catalogs and search of all tenants, and the imports that change them.
 *
 * @param afterLive called when a tenant's catalog has changed; after a crash perhaps twice
 */
export function createCatalog(
  services: CoreServices & StoreServices,
  afterLive: (tenantId: string) => Promise<void>,
) {
  const { clock, ids, log, store, dataDir, signal } = services
  const db = store.database<CatalogTables>()
  const indexes = new StoredSearchIndexes(join(dataDir, 'search'))
  const live = new LiveCatalog(db)
  return {
    live,
    imports: new Imports({ db, store, indexes, clock, ids, log, afterLive }),
    catalog: (tenantId: string) => new PostgresCatalog(db, live, tenantId),
    search: createLiveSearch({ db, live, indexes, log, signal }),
  }
}
