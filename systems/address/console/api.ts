import { createClient } from '@heavylift/ui'
import type { AddressRoutes } from '../src/routes/route-groups.ts'

/** Calls of address's API, typed by its routes. */
export const api = createClient<AddressRoutes>('/api/address')

/** An address with its decision, as the API tells it. */
export type PlaceView = Awaited<ReturnType<typeof getPlace>>

export const placesKey = ['address', 'places'] as const
export const summaryKey = ['address', 'summary'] as const

export function getPlace(placeId: string, signal: AbortSignal) {
  return api.get('/places/:placeId', { params: { placeId }, signal })
}
