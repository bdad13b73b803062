import type { CoreServices } from '@heavylift/core'
import type { StoreServices } from '@heavylift/store'
import type { ReadyConfig } from './config.ts'

export type ReadyServices = CoreServices & StoreServices

/** What a group of routes gets. */
export interface ReadyContext extends ReadyServices {
  config: ReadyConfig
}
