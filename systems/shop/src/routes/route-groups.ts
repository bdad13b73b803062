import type { Route } from '@heavylift/core'
import type { ShopContext } from '../shop-context.ts'

/** Every group of routes; a group is one file `routes/<group>.ts` that exports `(shop: ShopContext) => Route[]`. */
export const routeGroups: ((shop: ShopContext) => Route[])[] = []
