import type { AgentOffers } from '@heavylift/agents'
import type { CoreServices, System } from '@heavylift/core'
import type { JobsServices } from '@heavylift/jobs'
import type { ModelDirectory } from '@heavylift/models'
import type { StoreServices } from '@heavylift/store'

/** Everything a system may ask for. A system that needs less declares less. */
export type PlatformServices = CoreServices &
  StoreServices &
  JobsServices & { models: ModelDirectory; agents: AgentOffers }

/** A system whose configuration type the server does not need to know: it parses with the system's own schema. */
export type AnySystem = System<PlatformServices, unknown>
