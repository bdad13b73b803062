import type { Kysely } from 'kysely'
import type { Durable } from './durable.ts'
import type { Ledger } from './ledger/ledger.ts'
import type { Objects } from './objects/objects.ts'
import type { Shared } from './shared/shared.ts'

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
  /** Leases and signals between the processes on one database. */
  shared: Shared
  /** Whether other machines may use the database: it is that of `DATABASE_URL`, and not the embedded one of the data folder. */
  isShared: boolean
  ledger: Ledger
}
