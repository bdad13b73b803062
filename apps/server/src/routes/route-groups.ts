import type { RoutesOf } from '@heavylift/core'
import { keyRoutes } from './keys.ts'
import { ledgerRoutes } from './ledger.ts'
import { sessionRoutes } from './session.ts'
import { settingsRoutes } from './settings.ts'
import { systemsRoutes } from './systems.ts'

/** The server's own routes below `/api/heavylift`. */
export const routeGroups = [systemsRoutes, keyRoutes, sessionRoutes, ledgerRoutes, settingsRoutes] as const

/** For the console's client: `createClient<ServerRoutes>('/api/heavylift')`. */
export type ServerRoutes = RoutesOf<typeof routeGroups>
