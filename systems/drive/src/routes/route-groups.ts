import type { Route } from '@heavylift/core'
import type { DriveContext } from '../context.ts'
import { clearanceRoutes } from './clearances.ts'
import { recordingRoutes } from './recordings.ts'
import { scenarioRoutes } from './scenarios.ts'

/** Every group of routes; a group is one file that exports `(drive: DriveContext) => Route[]`. */
export const routeGroups: ((drive: DriveContext) => Route[])[] = [
  scenarioRoutes,
  recordingRoutes,
  clearanceRoutes,
]
