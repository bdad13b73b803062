import { createClient } from '@heavylift/ui'
import type { ShopRoutes } from '../src/routes/route-groups.ts'

/** Calls of the shop's API, typed by its routes. */
export const api = createClient<ShopRoutes>('/api/shop')

/** What a GET route answers. */
export type Answer<Path extends Extract<ShopRoutes, { method: 'get' }>['path']> = NonNullable<
  Extract<ShopRoutes, { method: 'get'; path: Path }>['shape']
>['answer']
