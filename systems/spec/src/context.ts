import type { CoreServices } from '@heavylift/core'
import type { StoreServices } from '@heavylift/store'
import type { SpecConfig } from './config.ts'

export type SpecServices = CoreServices & StoreServices

/** What a group of routes gets. */
export interface SpecContext extends SpecServices {
  config: SpecConfig
}
