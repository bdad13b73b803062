import { createClient } from '@heavylift/ui'
import type { AddressRoutes } from '../src/routes/route-groups.ts'

/** Calls of address's API, typed by its routes. */
export const api = createClient<AddressRoutes>('/api/address')
