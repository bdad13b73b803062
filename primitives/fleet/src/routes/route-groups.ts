import type { RoutesOf } from '@heavylift/core'
import { policyRoutes } from './policies.ts'

export const routeGroups = [policyRoutes] as const
export type FleetRoutes = RoutesOf<typeof routeGroups>
