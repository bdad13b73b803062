import type { ColumnType } from 'kysely'
import type { ChangeTest } from './change-test.ts'
import type { Accepted, Alarm, Measure } from './measure.ts'

type Json<T> = ColumnType<T, string, string>

export interface DriftTables {
  agent_drift: {
    tenant_id: string
    agent: string
    measure: Measure
    test: Json<ChangeTest>
    alarm: ColumnType<Alarm | null, string | null, string | null>
    accepted: ColumnType<Accepted | null, string | null, string | null>
  }
  drift_through: { tenant_id: string; of: string; at_ms: number; ids: Json<string[]> }
}
