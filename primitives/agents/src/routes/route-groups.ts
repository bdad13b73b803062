import type { RoutesOf } from '@heavylift/core'
import { a2aRoutes } from './a2a.ts'
import { agentRoutes } from './agents.ts'
import { aguiRoutes } from './agui.ts'
import { costRoutes } from './cost.ts'
import { draftRoutes } from './drafts.ts'
import { evaluationRoutes } from './evaluations.ts'
import { importRoutes } from './imports.ts'
import { mcpRoutes } from './mcp.ts'
import { registryRoutes } from './registry.ts'
import { memoryRoutes } from './memory.ts'
import { policyRoutes } from './policies.ts'
import { runRoutes } from './runs.ts'
import { valueRoutes } from './value.ts'
import { credentialRoutes } from './credentials.ts'
import { toolRoutes } from './tools.ts'
import { triggerRoutes } from './triggers.ts'

/** The routes below `/api/agents`. */
export const routeGroups = [
  agentRoutes,
  runRoutes,
  triggerRoutes,
  draftRoutes,
  costRoutes,
  importRoutes,
  toolRoutes,
  credentialRoutes,
  evaluationRoutes,
  valueRoutes,
  policyRoutes,
  memoryRoutes,
  mcpRoutes,
  registryRoutes,
  a2aRoutes,
  aguiRoutes,
] as const

/** For the console's client: `createClient<AgentsRoutes>('/api/agents')`. */
export type AgentsRoutes = RoutesOf<typeof routeGroups>
