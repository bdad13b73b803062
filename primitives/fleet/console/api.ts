import { createClient } from '@heavylift/ui'
import type { FleetRoutes } from '../src/routes/route-groups.ts'

export const api = createClient<FleetRoutes>('/api/fleet')

/** What a GET route answers. */
export type Answer<Path extends Extract<FleetRoutes, { method: 'get' }>['path']> = NonNullable<
  Extract<FleetRoutes, { method: 'get'; path: Path }>['shape']
>['answer']
