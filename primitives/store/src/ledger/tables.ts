import type { ColumnType, Generated } from 'kysely'

/** Rows of the ledger's schema. */
export interface LedgerTables {
  decision: DecisionTable
  outcome: OutcomeTable
  experiment: { tenant_id: string; name: string; arms: ColumnType<Record<string, number>, string, string> }
  exposure: { tenant_id: string; experiment: string; unit_id: string; arm: string; at: Date }
}

interface DecisionTable {
  tenant_id: string
  id: string
  system: string
  kind: string
  subject_id: string | null
  input_ref: string | null
  input_hash: string
  output: ColumnType<unknown, string, string>
  confidence: number | null
  cost_micros: number
  duration_ms: number
  version: string
  at: Date
  recorded_at: Generated<Date>
}

interface OutcomeTable {
  tenant_id: string
  subject_id: string
  kind: string
  idempotency_key: string
  value: number
  at: Date
}
