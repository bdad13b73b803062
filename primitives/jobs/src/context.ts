import type { CoreServices } from '@heavylift/core'
import type { StoreServices } from '@heavylift/store'
import type { JobsService } from './service/jobs-service.ts'

/** What systems that run jobs ask for. */
export interface JobsServices {
  jobs: JobsService
}

/** What the jobs system itself is given, and its groups of routes stand on. */
export type JobsContext = CoreServices & StoreServices & JobsServices
