import type { AgentServices } from '@heavylift/agents'
import type { CoreServices } from '@heavylift/core'
import type { StoreServices } from '@heavylift/store'
import type { Places } from './decide/places.ts'
import type { AddressConfig } from './config.ts'

export type AddressServices = CoreServices & StoreServices & AgentServices

/** What a group of routes gets. */
export interface AddressContext extends AddressServices {
  config: AddressConfig
  /** Addresses with their decisions. */
  places: Places
}
