import type { RoutesOf } from '@heavylift/core'
import { clusterRoutes } from './cluster.ts'
import { mixRoutes } from './mix.ts'
import { policyRoutes } from './policies.ts'

export const routeGroups = [policyRoutes, clusterRoutes, mixRoutes] as const
export type FleetRoutes = RoutesOf<typeof routeGroups>
