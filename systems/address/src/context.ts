import type { CoreServices } from '@heavylift/core'
import type { StoreServices } from '@heavylift/store'
import type { AddressConfig } from './config.ts'

export type AddressServices = CoreServices & StoreServices

/** What a group of routes gets. */
export interface AddressContext extends AddressServices {
  config: AddressConfig
}
