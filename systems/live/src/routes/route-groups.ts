import type { Route } from '@heavylift/core'
import type { LiveContext } from '../context.ts'
import { calibrationRoutes } from './calibration.ts'
import { feedRoutes } from './feed.ts'
import { graphicsRoutes } from './graphics.ts'
import { matchRoutes } from './matches.ts'
import { reportRoutes } from './reports.ts'
import { recapRoutes } from './recap.ts'
import { sampleRoutes } from './sample.ts'
import { streamRoutes } from './streams.ts'
import { tagRoutes } from './tags.ts'

/** Every group of routes; a group is one file that exports `(live: LiveContext) => Route[]`. */
export const routeGroups: ((live: LiveContext) => Route[])[] = [
  matchRoutes,
  feedRoutes,
  calibrationRoutes,
  sampleRoutes,
  streamRoutes,
  graphicsRoutes,
  tagRoutes,
  reportRoutes,
  recapRoutes,
]
