import { createClient } from '@heavylift/ui'
import type { ModelsRoutes } from '../src/routes/route-groups.ts'

/** The gateway's management API, as its routes say. */
export const api = createClient<ModelsRoutes>('/api/models')
