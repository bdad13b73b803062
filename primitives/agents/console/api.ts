import { createClient } from '@heavylift/ui'
import type { AgentsRoutes } from '../src/routes/route-groups.ts'

/** The agents API, as its routes say. */
export const api = createClient<AgentsRoutes>('/api/agents')
