import type { CoreServices } from '@heavylift/core'
import type { StoreServices } from '@heavylift/store'
import type { RobotsConfig } from './config.ts'

export type RobotsServices = CoreServices & StoreServices

/** What a group of routes gets. */
export interface RobotsContext extends RobotsServices {
  config: RobotsConfig
}
