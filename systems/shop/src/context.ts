import type { CoreServices } from '@heavylift/core'
import type { ModelServices } from '@heavylift/models'
import type { StoreServices } from '@heavylift/store'
import type { Kysely } from 'kysely'
import type { Assistant } from './assistant/assistant.ts'
import type { ExaminedUse } from './assistant/create-assistant.ts'
import type { ModelUse } from './assistant/model-worth.ts'
import type { ConversationStore } from './assistant/conversations/conversation-store.ts'
import type { LiveCatalog } from './catalog/live-catalog.ts'
import type { PostgresCatalog } from './catalog/postgres-catalog.ts'
import type { ProductSearch } from './domain/ports.ts'
import type { StoreLexicons } from './language/store-lexicons.ts'
import type { StoreRules } from './merchandising/store-rules.ts'
import type { Feeds } from './import/feeds.ts'
import type { Imports } from './import/imports.ts'
import type { PostgresMemory } from './shoppers/postgres-memory.ts'
import type { PillTables } from './assistant/pills/pill-tables.ts'
import type { Pills } from './assistant/pills/pills.ts'
import type { PictureAddresses } from './pictures/picture-addresses.ts'
import type { PictureCache } from './pictures/picture-cache.ts'
import type { ShopConfig } from './config.ts'
import type { Meanings } from '@heavylift/models/meaning'
import type { Shoppers } from './shoppers/shoppers.ts'
import type { CommerceTables } from './domain/commerce-tables.ts'
import type { StoreDesk } from './tools/store-desk.ts'

/** What a group of routes gets: the services, and each tenant's catalog and search. */
export interface ShopContext extends CoreServices, StoreServices, ModelServices {
  config: ShopConfig
  /** Reads of the tenant's live catalog. Cheap to call; keep none across requests. */
  catalog(tenantId: string): PostgresCatalog
  /** Search over the same version that `catalog` reads, as the merchant arranges it. */
  search(tenantId: string): ProductSearch
  /** The same before the merchant's pins and boosts. */
  ranked(tenantId: string): ProductSearch
  /** What merchants decide about lists and answers. */
  rules: StoreRules
  /** Which version of each catalog is live. */
  live: LiveCatalog
  /** Tenants for which a first catalog is on its way, before its import is recorded. */
  awaited: Set<string>
  /** Null once a tenant has a catalog; before, whether one is being read in. */
  firstCatalog(tenantId: string): Promise<'reading' | 'empty' | null>
  /** Our addresses of pictures on other hosts. */
  pictures: PictureAddresses
  /** Those pictures themselves. */
  pictureCache: PictureCache
  /** What products and queries mean, for search beside words. */
  meanings: Meanings
  /** What words mean in each tenant's store. */
  lexicons: StoreLexicons
  /** Takes feeds in. */
  imports: Imports
  /** Feeds that are fetched from their address. */
  feeds: Feeds
  commerceDb: Kysely<CommerceTables>
  shoppers: Shoppers
  /** Cart, orders, confirmations of the tenant. Cheap to call. */
  desk(tenantId: string): StoreDesk
  /** What the tenant's shoppers are remembered by. Cheap to call. */
  memory(tenantId: string): PostgresMemory
  /** Answers shoppers' messages. */
  assistant: Assistant
  /** The record of what was asked and answered. */
  conversations: ConversationStore
  /** Whether a model words answers, and how that was decided; null without a model. */
  modelUse(): (ModelUse & { model: string; nextTryInMs: number | null }) | null
  /** Whether a model reads messages, and how it did in its examination; null without a model. */
  readingUse(): ExaminedUse | null
  /** Likely questions of products, answered ahead of time. */
  pills: Pills
  pillsDb: Kysely<PillTables>
  /** Fires the alerts and auto-buys whose price is reached. */
  checkWatches(tenantId: string): Promise<void>
}
