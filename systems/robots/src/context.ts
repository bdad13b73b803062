import type { CoreServices } from '@heavylift/core'
import type { JobsServices } from '@heavylift/jobs'
import type { StoreServices } from '@heavylift/store'
import type { RobotsConfig } from './config.ts'
import type { FloorLink } from './live/floor-link.ts'

export type RobotsServices = CoreServices & StoreServices & JobsServices

/** What a group of routes gets. */
export interface RobotsContext extends RobotsServices {
  config: RobotsConfig
  /** The floor that the console shows. */
  floor: FloorLink
}
