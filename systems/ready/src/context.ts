import type { CoreServices } from '@heavylift/core'
import type { StoreServices } from '@heavylift/store'
import type { ReadyConfig } from './config.ts'
import type { LoadRuns } from './load/runs.ts'

export type ReadyServices = CoreServices & StoreServices

/** What a group of routes gets. */
export interface ReadyContext extends ReadyServices {
  config: ReadyConfig
  loads: LoadRuns
}
