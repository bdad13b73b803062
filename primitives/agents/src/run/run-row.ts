import type { ColumnType, Generated, Selectable } from 'kysely'
import type { Trigger } from '../definition/definition.ts'
import type { CaseVerdict, Change } from '../evaluate/verdict.ts'
import type { Origins } from '../guard/origins.ts'
import type { SetBaseline } from '../value/grade.ts'
import type { Failure, RunState } from './entry.ts'
import type { Payload } from './payload.ts'

/** How a run was started. */
export interface StartedBy {
  kind:
    | 'manual'
    | 'schedule'
    | 'webhook'
    | 'cloudevent'
    | 'stream'
    | 'queue'
    | 'agent'
    | 'fork'
    | 'case'
    | 'mcp'
    | 'a2a'
    | 'agui'
  /** Id of the trigger in the definition. */
  trigger?: string
  /** Who, where a person did. */
  by?: string
  /** Origins of the input where an agent gave it, and the agents that called, outermost first: their rules hold as well. */
  origins?: Origins
  callers?: readonly { agent: string; version: number }[]
  /** Of a run that plays a case: nothing outside is changed by it. */
  plays?: { caseId: string; change: Change }
}

/** A row of `run`. `json` columns come parsed. */
export interface RunRow {
  tenant_id: string
  id: string
  agent: string
  version: number
  state: RunState
  epoch: number
  segment: number
  input: Payload
  output: Payload | null
  error: Failure | null
  trigger: StartedBy
  parent_run: string | null
  parent_path: string | null
  depth: number
  forked_from: string | null
  forked_at: string | null
  wants_cancel: boolean
  cost_micros: number
  tokens: number
  /** The team of its version, and whom or what it is about, as its definition says. */
  team: string | null
  subject: string | null
  created_ms: number
  turned_ms: number
  started_ms: number | null
  ended_ms: number | null
}

export interface JournalRow {
  tenant_id: string
  run_id: string
  seq: number
  epoch: number
  path: string
  kind: string
  data: unknown
  at_ms: number
}

export interface WaitRow {
  tenant_id: string
  run_id: string
  path: string
  kind: 'time' | 'event' | 'run' | 'approval' | 'uncertain' | 'verdict'
  until_ms: number | null
  event: string | null
  question: Question | null
  opened_ms: number
  answer: unknown
  answered_by: string | null
  answered_ms: number | null
  is_taken: boolean
}

/** What a person is asked. */
export interface Question {
  who: string[]
  ask: string
  /** Evidence. */
  show?: unknown
  /** JSON Schema of what is filled in with the first of the choices. */
  form?: Readonly<Record<string, unknown>>
  /** Where somebody does something before he answers. */
  url?: string
  /** The answers to choose among. */
  choices: string[]
  /** What counts when nobody has answered by the deadline. */
  late: string
}

interface AgentTable {
  tenant_id: string
  name: string
  live_version: number | null
  canary_version: number | null
  canary_share: Generated<number>
  paused_because: string | null
  team: string | null
  /** `deprecated`: callers are told of its successor. `retired`: no run starts any more. */
  life: Generated<'active' | 'deprecated' | 'retired'>
  successor: string | null
  life_because: string | null
  changed_ms: number
}

export type AgentRow = Selectable<AgentTable>

interface AgentVersionTable {
  tenant_id: string
  name: string
  version: number
  definition: unknown
  hash: string
  note: Generated<string>
  published_ms: number
  live_ms: number | null
  live_despite: string | null
}
export type VersionRow = Selectable<AgentVersionTable>

interface TriggerTable {
  tenant_id: string
  agent: string
  id: string
  kind: string
  spec: ColumnType<Trigger, string, string>
  hook_id: string | null
  secret: string | null
  next_ms: number | null
  topic: string | null
  cursor_offset: number | null
  last_run: string | null
}
export type TriggerRow = Selectable<TriggerTable>

interface CaseTable {
  tenant_id: string
  agent: string
  id: string
  title: string
  input: ColumnType<unknown, string, string>
  expected: ColumnType<unknown, string, string>
  from_run: string | null
  made_ms: number
  recorded: ColumnType<Payload | null, string, string>
  checks: ColumnType<string[], string, string>
}
export type CaseRow = Selectable<CaseTable>

export type EvaluationState = 'playing' | 'passed' | 'failed' | 'cancelled'

interface EvaluationTable {
  tenant_id: string
  id: string
  agent: string
  version: number
  change: ColumnType<Change | null, string | null, string | null>
  fleet: string | null
  state: EvaluationState
  made_ms: number
  ended_ms: number | null
}
export type EvaluationRow = Selectable<EvaluationTable>

interface EvaluationCaseTable {
  tenant_id: string
  evaluation: string
  case_id: string
  title: string
  case_ms: number
  run_id: string
  verdict: ColumnType<CaseVerdict | null, string | null, string | null>
  passed_before: boolean | null
}
export type EvaluationCaseRow = Selectable<EvaluationCaseTable>

interface A2aTaskTable {
  tenant_id: string
  run_id: string
  agent: string
  context_id: string
  by_key: string | null
  /** Messages as JSON of the protocol. */
  history: ColumnType<unknown[], string, string>
}

interface A2aPushTable {
  tenant_id: string
  run_id: string
  id: string
  /** As JSON of the protocol. */
  config: ColumnType<unknown, string, string>
  told: string
  next_ms: number
  failed: number
}
export type A2aPushRow = Selectable<A2aPushTable>

interface BaselineTable {
  tenant_id: string
  agent: string
  baseline: ColumnType<SetBaseline, string, string>
  set_ms: number
}

export interface AgentsTables {
  agent_baseline: BaselineTable
  face_secret: { name: string; secret: string }
  a2a_task: A2aTaskTable
  a2a_push: A2aPushTable
  agent_case: CaseTable
  agent_evaluation: EvaluationTable
  agent_evaluation_case: EvaluationCaseTable
  run: RunRow
  journal: JournalRow
  wait: WaitRow
  agent: AgentTable
  agent_version: AgentVersionTable
  agent_trigger: TriggerTable
}
