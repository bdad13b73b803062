import type { RoutesOf } from '@heavylift/core'
import { frameworkRoutes } from './frameworks.ts'

/** Every group of routes; a group is one file that exports `(context: SpecContext) => […]`. */
export const routeGroups = [frameworkRoutes] as const

/** All routes of spec, as its clients see them. */
export type SpecRoutes = RoutesOf<typeof routeGroups>
