import type { RoutesOf } from '@heavylift/core'
import { cacheRoutes } from './cache.ts'
import { callRoutes } from './calls.ts'
import { configRoutes } from './config.ts'
import { engineRoutes } from './engine.ts'
import { liveRoutes } from './live.ts'
import { priceRoutes } from './prices.ts'
import { pullRoutes } from './pulls.ts'
import { readyRoutes } from './ready.ts'
import { replicaRoutes } from './replicas.ts'
import { sampleRoutes } from './sample.ts'
import { serverRoutes } from './servers.ts'
import { usageRoutes } from './usage.ts'

/** The management API, below `/api/models`. */
export const routeGroups = [
  cacheRoutes,
  callRoutes,
  configRoutes,
  engineRoutes,
  liveRoutes,
  priceRoutes,
  pullRoutes,
  readyRoutes,
  replicaRoutes,
  sampleRoutes,
  serverRoutes,
  usageRoutes,
] as const

export type ModelsRoutes = RoutesOf<typeof routeGroups>
