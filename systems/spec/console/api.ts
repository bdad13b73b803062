import { createClient } from '@heavylift/ui'
import type { SpecRoutes } from '../src/routes/route-groups.ts'

/** Calls of spec's API, typed by its routes. */
export const api = createClient<SpecRoutes>('/api/spec')
