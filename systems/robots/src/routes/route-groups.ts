import type { RoutesOf } from '@heavylift/core'
import { controlRoutes } from './control.ts'
import { floorRoutes } from './floor.ts'
import { liveFloorRoutes } from './live-floor.ts'
import { whatIfRoutes } from './what-if.ts'

/** Every group of routes; a group is one file that exports `(context: RobotsContext) => […]`. */
export const routeGroups = [floorRoutes, liveFloorRoutes, controlRoutes, whatIfRoutes] as const

/** All routes of robots, as its clients see them. */
export type RobotsRoutes = RoutesOf<typeof routeGroups>
