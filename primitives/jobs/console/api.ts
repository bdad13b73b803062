import { createClient } from '@heavylift/ui'
import type { JobsRoutes } from '../src/routes/route-groups.ts'

/** The jobs API, as its routes say. */
export const api = createClient<JobsRoutes>('/api/jobs')
