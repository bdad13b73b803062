import type { ColumnType } from 'kysely'
import type { AgentsTables } from '../run/run-row.ts'

/** What an agent reaches. `data`: where its tools read and write, and the topics that start it. */
export const edgeKinds = ['tool', 'data', 'agent', 'credential', 'model'] as const
export type EdgeKind = (typeof edgeKinds)[number]

/** What came of looking for what there is before building. */
export const findChoices = ['reuse', 'extend', 'new'] as const

/** The answer of whoever publishes to the nearest agents that there are. */
export interface Found {
  choice: (typeof findChoices)[number]
  /** The agent that is reused or extended. */
  of: string | null
  because: string
  by: string | null
  /** What was shown, nearest first, with its likeness from 0 to 1. */
  nearest: { name: string; likeness: number }[]
  atMs: number
}

interface CardTable {
  tenant_id: string
  name: string
  version: number
  title: string
  summary: string
  jobs: ColumnType<string[], string, string>
  tags: ColumnType<string[], string, string>
  team: string | null
  owner: string | null
  stand_in: string | null
  review_on: string | null
  found: ColumnType<Found | null, string | null, string | null>
  filed_ms: number
}

interface EdgeTable {
  tenant_id: string
  agent: string
  kind: EdgeKind
  target: string
}

interface StopTable {
  tenant_id: string
  id: string
  because: string
  set_by: string
  set_ms: number
  query: ColumnType<unknown, string | null, string | null>
  lifted_ms: number | null
  lifted_by: string | null
  lifted_because: string | null
}

interface StopOnTable {
  tenant_id: string
  stop_id: string
  kind: StopKind
  name: string
  /** 0: all versions, and what has none. */
  version: number
}

export const stopKinds = ['agent', 'tool', 'source', 'credential'] as const
export type StopKind = (typeof stopKinds)[number]

interface GoneTable {
  tenant_id: string
  person: string
  said_by: string
  gone_ms: number
}

interface HandoverTable {
  tenant_id: string
  agent: string
  from_person: string
  to_person: string
  asked_ms: number
  due_ms: number
  accepted_ms: number | null
}

export interface RegistryTables extends AgentsTables {
  agent_card: CardTable
  agent_edge: EdgeTable
  agent_handover: HandoverTable
  agent_stop: StopTable
  agent_stop_on: StopOnTable
  person_gone: GoneTable
}
