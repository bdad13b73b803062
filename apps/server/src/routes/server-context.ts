import type { Clock, Logger } from '@heavylift/core'
import type { Ledger } from '@heavylift/store'
import type { TenantStore } from '../access/api-keys.ts'
import type { KeyRing } from '../access/key-ring.ts'
import type { Sessions } from '../access/sessions.ts'
import type { SystemPart } from '../part.ts'
import type { Setting } from './setting.ts'

/** What the server's own routes share. */
export interface ServerContext {
  version: string
  systems: readonly SystemPart[]
  keys: KeyRing
  sessions: Sessions
  /** Where the server listens; known once it does. */
  port: () => number
  tenants: TenantStore
  /** Null where there is no database. */
  ledger: Ledger | null
  clock: Clock
  log: Logger
  /** Every option with its value; secrets are masked already. */
  settings: () => Setting[]
  /** Pause between two looks at the tiles, in milliseconds. */
  tileEveryMs: number
}
