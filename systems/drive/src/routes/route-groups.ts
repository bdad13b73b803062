import type { RoutesOf } from '@heavylift/core'
import { clearanceRoutes } from './clearances.ts'
import { recordingRoutes } from './recordings.ts'
import { scenarioRoutes } from './scenarios.ts'

/** Every group of routes; a group is one file that exports `(drive: DriveContext) => […]`. */
export const routeGroups = [scenarioRoutes, recordingRoutes, clearanceRoutes] as const

/** All routes of drive, as its clients see them. */
export type DriveRoutes = RoutesOf<typeof routeGroups>
