import { join } from 'node:path'
import type { CoreServices } from '@heavylift/core'
import type { ModelServices } from '@heavylift/models'
import type { StoreServices } from '@heavylift/store'
import { createSafeFetch } from '@heavylift/core/safe-fetch'
import { Feeds } from './feeds.ts'
import type { FeedTables } from './feeds.ts'
import { Imports } from './imports.ts'
import { liveProducts } from './compare.ts'
import { Meanings, NearTexts } from '@heavylift/models/meaning'
import { meaningTexts } from '../search/meaning-text.ts'
import { StoredSearchIndexes } from '../search/stored-search-indexes.ts'
import type { CatalogTables } from '../catalog/catalog-tables.ts'
import type { LanguageCode } from '../language/languages.ts'
import { StoreLexicons } from '../language/store-lexicons.ts'
import type { LanguageTables } from '../language/store-lexicons.ts'
import { LiveCatalog } from '../catalog/live-catalog.ts'
import { createLiveSearch } from '../catalog/live-search.ts'
import { searchLeavingOut } from '../search/leave-out-named.ts'
import { arrangedSearch } from '../merchandising/arranged-search.ts'
import { StoreRules } from '../merchandising/store-rules.ts'
import type { RuleTables } from '../merchandising/store-rules.ts'
import { PostgresCatalog } from '../catalog/postgres-catalog.ts'
import { PictureAddresses } from '../pictures/picture-addresses.ts'
import type { PictureTables } from '../pictures/picture-addresses.ts'

/**
 * The catalogs and search of all tenants, and the imports that change them.
 *
 * @param afterLive called when a tenant's catalog has changed; after a crash perhaps twice
 */
export function createCatalog(
  services: CoreServices & StoreServices & ModelServices,
  { language, maxImportBytes }: { language: LanguageCode; maxImportBytes: number },
  afterLive: (tenantId: string) => Promise<void>,
) {
  const { clock, ids, log, store, dataDir, signal } = services
  const db = store.database<CatalogTables>()
  const lexicons = new StoreLexicons(store.database<LanguageTables>(), language)
  const live = new LiveCatalog(db)
  const meanings = new Meanings({
    folder: join(dataDir, 'meaning'),
    embedder: () => services.models.embedder(),
    texts: (tenantId, signal) => meaningTexts(liveProducts(db, tenantId, signal)),
    count: async (tenantId) => (await live.read(tenantId)).products,
    log,
    signal,
  })
  const indexes = new StoredSearchIndexes(join(dataDir, 'search'), language, meanings)
  const pictures = new PictureAddresses(store.database<PictureTables>())
  const imports = new Imports({
    db,
    store,
    indexes,
    clock,
    ids,
    log,
    language,
    afterLive: async (tenantId) => {
      meanings.changed(tenantId)
      await afterLive(tenantId)
    },
  })
  const rules = new StoreRules(store.database<RuleTables>())
  const catalog = (tenantId: string) => new PostgresCatalog({ db, live, lexicons, pictures, tenantId })
  const ranked = createLiveSearch({ db, live, lexicons, indexes, log, signal })
  const awaited = new Set<string>()
  return {
    live,
    lexicons,
    /** Tenants for which a first catalog is on its way, before its import is recorded. */
    awaited,
    /** Null once a tenant has a catalog; before, whether one is being read in. */
    firstCatalog: async (tenantId: string): Promise<'reading' | 'empty' | null> => {
      if ((await live.read(tenantId)).version !== null) return null
      const [latest] = await imports.list(tenantId, 1)
      return awaited.has(tenantId) || latest?.finishedAtMs === null ? 'reading' : 'empty'
    },
    meanings,
    near: new NearTexts({ embedder: () => services.models.embedder(), log, signal }),
    rules,
    ranked,
    pictures,
    imports,
    feeds: new Feeds({
      db: store.database<FeedTables>(),
      store,
      imports,
      fetch: createSafeFetch({ totalMs: 600_000, idleMs: 30_000, maxBytes: maxImportBytes }),
      maxBytes: maxImportBytes,
      clock,
      ids,
      log,
    }),
    catalog,
    search: (tenantId: string) =>
      searchLeavingOut({
        search: arrangedSearch({
          search: ranked(tenantId),
          rules: () => rules.read(tenantId),
          lexicon: () => lexicons.read(tenantId),
          products: (ids) => catalog(tenantId).products(ids),
        }),
        lexicon: () => lexicons.read(tenantId),
        products: (ids) => catalog(tenantId).products(ids),
      }),
  }
}
