import type { CoreServices } from '@heavylift/core'
import type { JobsServices } from '@heavylift/jobs'
import type { StoreServices } from '@heavylift/store'

/** What the platform gives to ready. */
export type ReadyServices = CoreServices & StoreServices & JobsServices
