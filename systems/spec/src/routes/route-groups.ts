import type { RoutesOf } from '@heavylift/core'
import { buildRoutes } from './builds.ts'
import { catalogueRoutes } from './catalogue.ts'
import { frameworkRoutes } from './frameworks.ts'
import { repositoryRoutes } from './repositories.ts'
import { specRoutes } from './specs.ts'
import { velocityRoutes } from './velocity.ts'

/** Every group of routes; a group is one file that exports `(context: SpecContext) => […]`. */
export const routeGroups = [
  frameworkRoutes,
  repositoryRoutes,
  specRoutes,
  buildRoutes,
  catalogueRoutes,
  velocityRoutes,
] as const

/** All routes of spec, as its clients see them. */
export type SpecRoutes = RoutesOf<typeof routeGroups>
