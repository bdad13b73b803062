import type { RoutesOf } from '@heavylift/core'
import { countdownRoutes } from './countdown.ts'
import { forecastRoutes } from './forecast.ts'
import { limitRoutes } from './limits.ts'
import { gameDayRoutes } from './game-days.ts'
import { loadRoutes } from './load.ts'
import { reviewRoutes } from './review.ts'

/** Every group of routes; a group is one file that exports `(context: ReadyContext) => […]`. */
export const routeGroups = [
  countdownRoutes,
  forecastRoutes,
  gameDayRoutes,
  limitRoutes,
  loadRoutes,
  reviewRoutes,
] as const

/** All routes of ready, as its clients see them. */
export type ReadyRoutes = RoutesOf<typeof routeGroups>
