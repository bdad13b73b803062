import { createClient } from '@heavylift/ui'
import type { FleetRoutes } from '../src/routes/route-groups.ts'

export const api = createClient<FleetRoutes>('/api/fleet')
