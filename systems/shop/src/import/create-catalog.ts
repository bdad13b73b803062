import { join } from 'node:path'
import type { CoreServices } from '@heavylift/core'
import type { StoreServices } from '@heavylift/store'
import { Imports } from './imports.ts'
import { StoredSearchIndexes } from '../search/stored-search-indexes.ts'
import type { CatalogTables } from '../catalog/catalog-tables.ts'
import type { LanguageCode } from '../language/languages.ts'
import { StoreLexicons } from '../language/store-lexicons.ts'
import type { LanguageTables } from '../language/store-lexicons.ts'
import { LiveCatalog } from '../catalog/live-catalog.ts'
import { createLiveSearch } from '../catalog/live-search.ts'
import { PostgresCatalog } from '../catalog/postgres-catalog.ts'
import { PictureAddresses } from '../pictures/picture-addresses.ts'
import type { PictureTables } from '../pictures/picture-addresses.ts'

/**
 * The catalogs and search of all tenants, and the imports that change them.
 *
 * @param afterLive called when a tenant's catalog has changed; after a crash perhaps twice
 */
export function createCatalog(
  services: CoreServices & StoreServices,
  language: LanguageCode,
  afterLive: (tenantId: string) => Promise<void>,
) {
  const { clock, ids, log, store, dataDir, signal } = services
  const db = store.database<CatalogTables>()
  const indexes = new StoredSearchIndexes(join(dataDir, 'search'), language)
  const lexicons = new StoreLexicons(store.database<LanguageTables>(), language)
  const live = new LiveCatalog(db)
  const pictures = new PictureAddresses(store.database<PictureTables>())
  return {
    live,
    lexicons,
    pictures,
    imports: new Imports({ db, store, indexes, clock, ids, log, afterLive }),
    catalog: (tenantId: string) => new PostgresCatalog({ db, live, lexicons, pictures, tenantId }),
    search: createLiveSearch({ db, live, lexicons, indexes, log, signal }),
  }
}
