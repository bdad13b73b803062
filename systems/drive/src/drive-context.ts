import type { CoreServices } from '@heavylift/core'
import type { StoreServices } from '@heavylift/store'
import type { DriveConfig } from './drive-config.ts'

export type DriveServices = CoreServices & StoreServices

/** What the routes stand on; `startDrive` fills it. */
export interface DriveContext extends DriveServices {
  config: DriveConfig
}
