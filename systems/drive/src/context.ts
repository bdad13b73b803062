import type { CoreServices } from '@heavylift/core'
import type { ThreadPool } from '@heavylift/core/threads'
import type { JobsServices } from '@heavylift/jobs'
import type { StoreServices } from '@heavylift/store'
import type { ClearanceDesk } from './clearance/clearance-desk.ts'
import type { DriveConfig } from './config.ts'

export type DriveServices = CoreServices & StoreServices & JobsServices

/** What the routes stand on; `startDrive` fills it. */
export interface DriveContext extends DriveServices {
  config: DriveConfig
  clearances: ClearanceDesk
  /** Threads for what a request simulates; the event loop never does. */
  simulations: ThreadPool
}
