import type { Kysely } from 'kysely'
import type { Durable } from './durable.ts'
import type { Ledger } from './ledger/ledger.ts'
import type { Objects } from './objects/objects.ts'

/** What the store gives a system: `CoreServices & StoreServices`. */
export interface StoreServices {
  store: Store
}

export interface Store {
  /**
   * The system's tables: every query runs in the PostgreSQL schema named for the system.
   * Each tenant-owned table has `tenant_id`, and each query names it.
   */
  database<Tables>(): Kysely<Tables>
  objects: Objects
  durable: Durable
  ledger: Ledger
}
