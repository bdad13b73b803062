import type { Clock, Logger } from '@heavylift/core'
import type { ModelServices } from '@heavylift/models'
import type { AgentDefinition, ToolReference } from '../definition/definition.ts'
import type { Hearing } from '../guard/hearing.ts'
import type { Origins } from '../guard/origins.ts'
import type { Stops } from '../registry/stops.ts'
import type { ToolSources } from '../tools/tool-sources.ts'
import type { Tool, ToolOutcome, Verdict } from '../tools/tool.ts'
import type { Journal, RunKey } from './journal.ts'
import type { Payloads } from './payload.ts'
import type { StartedBy, WaitRow } from './run-row.ts'
import type { Scope } from './scope.ts'

/** CEL as runs use it. Both throw with a message for whoever wrote the expression. */
export interface Expressions {
  evaluate(cel: string, scope: Scope): unknown
  /** Fills the `${CEL}` of every string inside. */
  fill(template: unknown, scope: Scope): unknown
}

/** One call as it is put before the policy. */
export interface ProposedCall {
  tenantId: string
  definition: AgentDefinition
  runId: string
  path: string
  reference: ToolReference
  tool: Tool
  args: Readonly<Record<string, unknown>>
  /** What the model that chose the tool and wrote the arguments was asked for and has read; absent where a step wired them. */
  hearing?: Hearing
  /** The version of the agent that runs, and how its run was started. */
  version: number
  started: StartedBy
}

/** What executions of all runs share. */
export interface ExecutionDeps extends ModelServices {
  clock: Clock
  log: Logger
  journal: Pick<Journal, 'append'>
  payloads: Pick<Payloads, 'keep' | 'read'>
  sources: Pick<ToolSources, 'findTool'>
  expressions: Expressions
  /** The policy; without one every call is allowed. */
  judge: (call: ProposedCall) => Promise<Verdict>
  /** Checks a value against a JSON Schema; null where it fits, else what is wrong. */
  misfit: (schema: Readonly<Record<string, unknown>>, value: unknown) => Promise<string | null>
  runStore: RunStore
  /** Starts the run of a step that calls an agent, or joins it. Rejects when there is no such agent. */
  startChild: (child: ChildRun) => Promise<void>
  /** A run has ended whose parent waits for it. */
  onChildEnded: (parent: RunKey) => Promise<void>
  /** A tool is not what it was when it was chosen. */
  /** A tool is not what it was when an agent took it up; its agents are paused. */
  onToolChanged: (tenantId: string, reference: ToolReference, tool: Tool) => Promise<void>
  /** A tool is what it was when an agent took it up. */
  keepTool?: (tenantId: string, source: string, tools: readonly Tool[]) => Promise<void>
  /** In a run that plays a case: how a wait ended there. @throws StepFailed where it is none of that run's */
  rehearsed?: (path: string, kind: WaitRow['kind']) => Pick<WaitRow, 'answer' | 'answered_by'>
  /** What may not be called any more; absent: nothing is stopped. */
  stops?: Pick<Stops, 'ofCall' | 'watch'>
  /** A call has come out, for the counts of tools. */
  noteUse?: (tenantId: string, source: string, tool: string, outcome: ToolOutcome) => void
  maxAnswerBytes: number
  toolTimeoutMs: number
}

export interface ChildRun {
  tenantId: string
  agent: string
  version: number | null
  id: string
  input: unknown
  parent: {
    runId: string
    path: string
    depth: number
    /** Whom or what it is about, where the child does not say. */
    subject: string | null
    /** Origins of the input, and the agents whose rules hold for the child too, outermost first. */
    origins: Origins
    callers: readonly { agent: string; version: number }[]
  }
}

/** What an execution reads and writes of its run beside the journal. */
export interface RunStore {
  waits(key: RunKey): Promise<WaitRow[]>
  /** Puts a run to rest that only waits, unless an answer has come meanwhile, or somebody wants it cancelled. */
  suspend(
    key: RunKey,
    epoch: number,
    costMicros: number,
    tokens: number,
  ): Promise<'rests' | 'answered' | 'cancelled'>
}
