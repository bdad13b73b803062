import type { RoutesOf } from '@heavylift/core'
import { forecastRoutes } from './forecast.ts'
import { loadRoutes } from './load.ts'

/** Every group of routes; a group is one file that exports `(context: ReadyContext) => […]`. */
export const routeGroups = [forecastRoutes, loadRoutes] as const

/** All routes of ready, as its clients see them. */
export type ReadyRoutes = RoutesOf<typeof routeGroups>
