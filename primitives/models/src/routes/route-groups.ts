import type { Route } from '@heavylift/core'
import type { ModelsContext } from '../context.ts'
import { cacheRoutes } from './cache.ts'
import { callRoutes } from './calls.ts'
import { configRoutes } from './config.ts'
import { engineRoutes } from './engine.ts'
import { liveRoutes } from './live.ts'
import { priceRoutes } from './prices.ts'
import { readyRoutes } from './ready.ts'
import { replicaRoutes } from './replicas.ts'
import { usageRoutes } from './usage.ts'

/** The management API, below `/api/models`. */
export const routeGroups: readonly ((models: ModelsContext) => Route[])[] = [
  cacheRoutes,
  callRoutes,
  configRoutes,
  engineRoutes,
  liveRoutes,
  priceRoutes,
  readyRoutes,
  replicaRoutes,
  usageRoutes,
]
