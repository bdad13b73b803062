import type { RoutesOf } from '@heavylift/core'
import { countdownRoutes } from './countdown.ts'
import { forecastRoutes } from './forecast.ts'
import { limitRoutes } from './limits.ts'
import { loadRoutes } from './load.ts'

/** Every group of routes; a group is one file that exports `(context: ReadyContext) => […]`. */
export const routeGroups = [countdownRoutes, forecastRoutes, limitRoutes, loadRoutes] as const

/** All routes of ready, as its clients see them. */
export type ReadyRoutes = RoutesOf<typeof routeGroups>
