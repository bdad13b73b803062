import { createClient } from '@heavylift/ui'
import type { LiveRoutes } from '../src/routes/route-groups.ts'

export const api = createClient<LiveRoutes>('/api/live')
