import type { RoutesOf } from '@heavylift/core'
import { calibrationRoutes } from './calibration.ts'
import { exportRoutes } from './export.ts'
import { feedHealthRoutes } from './feed-health.ts'
import { feedRoutes } from './feed.ts'
import { graphicsRoutes } from './graphics.ts'
import { mappingRoutes } from './mappings.ts'
import { matchRoutes } from './matches.ts'
import { reportRoutes } from './reports.ts'
import { recapPlaylistRoutes } from './recap-playlists.ts'
import { recapRoutes } from './recap.ts'
import { sampleRoutes } from './sample.ts'
import { streamRoutes } from './streams.ts'
import { tagRoutes } from './tags.ts'
import { wallRoutes } from './wall.ts'

/** Every group of routes; a group is one file that exports `(live: LiveContext) => [route(…), …]`. */
export const routeGroups = [
  matchRoutes,
  feedRoutes,
  mappingRoutes,
  feedHealthRoutes,
  calibrationRoutes,
  sampleRoutes,
  streamRoutes,
  graphicsRoutes,
  tagRoutes,
  reportRoutes,
  recapRoutes,
  recapPlaylistRoutes,
  wallRoutes,
  exportRoutes,
] as const

/** For the console's client. */
export type LiveRoutes = RoutesOf<typeof routeGroups>
