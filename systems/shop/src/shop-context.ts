import type { CoreServices } from '@heavylift/core'
import type { ModelServices } from '@heavylift/models'
import type { StoreServices } from '@heavylift/store'
import type { Catalog, ProductSearch } from './domain/ports.ts'
import type { ShopConfig } from './shop-config.ts'

/** What a group of routes gets: the services, and each tenant's catalog and search. */
export interface ShopContext extends CoreServices, StoreServices, ModelServices {
  config: ShopConfig
  /** Reads of the tenant's live catalog. Cheap to call; keep none across requests. */
  catalog(tenantId: string): Catalog
  /** Search over the same version that `catalog` reads. */
  search(tenantId: string): ProductSearch
}
