import type { RoutesOf } from '@heavylift/core'
import { jobRoutes } from './jobs.ts'

/** The routes below `/api/jobs`. */
export const routeGroups = [jobRoutes] as const

/** For the console's client: `createClient<JobsRoutes>('/api/jobs')`. */
export type JobsRoutes = RoutesOf<typeof routeGroups>
