import { createClient } from '@heavylift/ui'
import type { ReadyRoutes } from '../src/routes/route-groups.ts'

/** Calls of ready's API, typed by its routes. */
export const api = createClient<ReadyRoutes>('/api/ready')

/** What a GET route answers. */
export type Answer<Path extends Extract<ReadyRoutes, { method: 'get' }>['path']> = NonNullable<
  Extract<ReadyRoutes, { method: 'get'; path: Path }>['shape']
>['answer']
