import type { CoreServices } from '@heavylift/core'
import type { ModelServices } from '@heavylift/models'
import type { StoreServices } from '@heavylift/store'
import type { Credentials } from './credentials/credentials.ts'
import type { Drafts } from './drafts/drafts.ts'
import type { Drift } from './drift/drift.ts'
import type { Cases } from './evaluate/cases.ts'
import type { Evaluations } from './evaluate/evaluations.ts'
import type { A2aEndpoint } from './faces/a2a/endpoint.ts'
import type { FaceContext } from './faces/face-context.ts'
import type { McpEndpoint } from './faces/mcp/endpoint.ts'
import type { FileProblem } from './files/parse-file.ts'
import type { Agents } from './publish/agents.ts'
import type { Registry } from './registry/registry.ts'
import type { Stops } from './registry/stops.ts'
import type { Runs } from './run/runs.ts'
import type { Triggers } from './triggers/triggers.ts'
import type { ExecutionDeps } from './run/deps.ts'
import type { Catalogue } from './tools/catalogue.ts'
import type { RegisteredSources } from './tools/registered-sources.ts'
import type { AgentOffers } from './offers.ts'
import type { Templates } from './templates/templates.ts'
import type { AgentMemory } from './memory/memory.ts'
import type { HouseRules } from './guard/house-rules.ts'
import type { Value } from './value/value.ts'
import type { SourceSpec } from './tools/source-spec.ts'
import type { ToolSource } from './tools/tool.ts'
import type { ToolChanges } from './tools/tool-changes.ts'
import type { ToolUses } from './tools/tool-uses.ts'
import type { ToolSources } from './tools/tool-sources.ts'

/** What the agents system is given. */
export type AgentsServices = CoreServices & StoreServices & ModelServices & { agents: AgentOffers }

/** What its rooms and routes share. */
export interface AgentsContext extends Omit<AgentsServices, 'agents'> {
  agents: Agents
  runs: Runs
  cases: Cases
  evaluations: Evaluations
  value: Value
  drift: Drift
  houseRules: HouseRules
  memory: AgentMemory
  /** Agents to begin with: those of the package and those that other systems offer. */
  templates: Templates
  sources: ToolSources
  registeredSources: RegisteredSources
  credentials: Credentials
  catalogue: Catalogue
  toolUses: ToolUses
  toolChanges: ToolChanges
  misfit: ExecutionDeps['misfit']
  /** Of a call that a person tries. */
  tryLimits: { maxAnswerBytes: number; timeoutMs: number }
  /** Makes a source without keeping it; rejects with what is wrong with it. */
  makeSource: (name: string, spec: SourceSpec, document: string | null) => Promise<ToolSource>
  draftsOf: (tenantId: string) => Drafts
  /** Everything that is wrong with the text of a definition, in the order of the text. */
  problemsOf: (tenantId: string, text: string) => Promise<FileProblem[]>
  triggers: Triggers
  /** Agents as tools of MCP; its library is loaded when somebody asks. */
  mcp: () => Promise<McpEndpoint>
  registry: Registry
  stops: Stops
  /** Agents as agents of A2A; likewise. */
  a2a: () => Promise<A2aEndpoint>
  /** What the other protocols need. */
  faces: FaceContext
  /** Where callers find this server; absent where requests say it. */
  publicUrl: string | undefined
}
