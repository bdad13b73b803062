import type { RoutesOf } from '@heavylift/core'
import { parseRoutes } from './parse.ts'
import { placeRoutes } from './places.ts'
import { summaryRoutes } from './summary.ts'

/** Every group of routes; a group is one file that exports `(context: AddressContext) => […]`. */
export const routeGroups = [parseRoutes, placeRoutes, summaryRoutes] as const

/** All routes of address, as its clients see them. */
export type AddressRoutes = RoutesOf<typeof routeGroups>
