import { createClient } from '@heavylift/ui'
import type { RobotsRoutes } from '../src/routes/route-groups.ts'

/** Calls of robots' API, typed by its routes. */
export const api = createClient<RobotsRoutes>('/api/robots')
