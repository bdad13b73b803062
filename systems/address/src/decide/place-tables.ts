import type { ColumnType } from 'kysely'
import type { Source } from '../domain/evidence.ts'
import type { Kind } from '../domain/kinds.ts'
import type { Decision } from './decide.ts'
import type { AddressFile } from '../evidence/observe-case.ts'

type Json<Value> = ColumnType<Value, string, string>

export interface PlaceTables {
  place: {
    tenant_id: string
    place_id: string
    file: Json<AddressFile>
    address: string
    latitude: number | null
    longitude: number | null
    kind: Kind
    action: Decision['action']
    confidence: number
    decision: Json<Decision>
    decision_id: string
    arm: string | null
    corrected_kind: Kind | null
    is_sample: boolean
    decided_at: Date
  }
  trust: { tenant_id: string; source: Source; was_right: number; was_wrong: number }
}
