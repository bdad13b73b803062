import type { CoreServices } from '@heavylift/core'
import type { StoreServices } from '@heavylift/store'
import type { Catalogue } from './catalogue/catalogue.ts'
import type { SpecConfig } from './config.ts'
import type { Approvals } from './studio/approvals.ts'
import type { Builds } from './studio/builds.ts'
import type { Repositories } from './studio/repositories.ts'

export type SpecServices = CoreServices & StoreServices

/** What a group of routes gets. */
export interface SpecContext extends SpecServices {
  config: SpecConfig
  repositories: Repositories
  approvals: Approvals
  catalogue: Catalogue
  builds: Builds
  openSampleRepositories: (tenantId: string, signal: AbortSignal) => Promise<void>
}
