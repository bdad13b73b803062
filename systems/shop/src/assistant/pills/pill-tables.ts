import type { ColumnType, Generated } from 'kysely'
import type { AnswerPart } from '../../domain/answer.ts'

type Json<T> = ColumnType<T | null, string | null, string | null>

/** Rows of migration `0004-pills`. */
export interface PillTables {
  pill: {
    tenant_id: string
    id: string
    product_id: string
    question: string
    rank: number
    parts: Json<AnswerPart[]>
    /** Hash of each product that the answer shows, by id. */
    fingerprints: Json<Record<string, string>>
    answered_at: Date | null
    hits: Generated<number>
    misses: Generated<number>
  }
  pill_build: {
    tenant_id: string
    run_id: string
    state: 'running' | 'done' | 'failed'
    done: number
    total: number
    finished_at: Date | null
  }
}
