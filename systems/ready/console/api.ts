import { createClient } from '@heavylift/ui'
import type { ReadyRoutes } from '../src/routes/route-groups.ts'

/** Calls of ready's API, typed by its routes. */
export const api = createClient<ReadyRoutes>('/api/ready')
