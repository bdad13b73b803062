import type { CoreServices } from '@heavylift/core'
import type { ModelServices } from '@heavylift/models'
import type { StoreServices } from '@heavylift/store'
import type { Agents } from './publish/agents.ts'
import type { Runs } from './run/runs.ts'
import type { ToolSources } from './tools/tool-sources.ts'

/** What the agents system is given. */
export type AgentsServices = CoreServices & StoreServices & ModelServices

/** What its rooms and routes share. */
export interface AgentsContext extends AgentsServices {
  agents: Agents
  runs: Runs
  sources: ToolSources
}
