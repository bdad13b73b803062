import type { CoreServices } from '@heavylift/core'
import type { ThreadPool } from '@heavylift/core/threads'
import type { StoreServices } from '@heavylift/store'
import type { FleetConfig } from './config.ts'

export type FleetServices = CoreServices & StoreServices

/** What a group of routes gets. */
export interface FleetContext extends FleetServices {
  config: FleetConfig
  /** For what would hold the event loop. */
  threads: ThreadPool
}
