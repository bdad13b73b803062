import type { RoutesOf } from '@heavylift/core'
import { catalogRoutes } from './catalog.ts'
import { chatRoutes } from './chat.ts'
import { commerceRoutes } from './commerce.ts'
import { experimentRoutes } from './experiment.ts'
import { feedRoutes } from './feeds.ts'
import { importRoutes } from './imports.ts'
import { mcpRoutes } from './mcp.ts'
import { languageRoutes } from './language.ts'
import { merchandisingRoutes } from './merchandising.ts'
import { memoryRoutes } from './memory.ts'
import { pictureRoutes } from './pictures.ts'
import { pillRoutes } from './pills.ts'
import { scriptRoutes } from './script.ts'
import { searchRoutes } from './search.ts'
import { shopperRoutes } from './shoppers.ts'

/** Every group of routes; a group is one file `routes/<group>.ts` that exports `(shop: ShopContext) => […]`. */
export const routeGroups = [
  catalogRoutes,
  importRoutes,
  feedRoutes,
  shopperRoutes,
  chatRoutes,
  mcpRoutes,
  commerceRoutes,
  memoryRoutes,
  experimentRoutes,
  pillRoutes,
  pictureRoutes,
  scriptRoutes,
  searchRoutes,
  languageRoutes,
  merchandisingRoutes,
] as const

/** All routes of the shop, as its clients see them. */
export type ShopRoutes = RoutesOf<typeof routeGroups>
