import type { ColumnType, JSONColumnType } from 'kysely'
import type { BuildState } from '../plan/build.ts'
import type { SpecEdit } from '../plan/spec-edits.ts'

/** What the list of repositories shows without reading any. */
export interface RepositorySummary {
  operations: number
  models: number
  rules: number
  errors: number
  questions: number
  drifts: number
  requirements: number
  lines: number
  seconds: number
  frameworks: string[]
}

export const buildStatuses = ['running', 'done', 'refused', 'failed'] as const
export type BuildStatus = (typeof buildStatuses)[number]

/** Rows of the migrations of the studio and the catalogue. */
export interface SpecTables {
  repository: {
    tenant_id: string
    id: string
    name: string
    folder: string
    is_sample: boolean
    opened_at: Date
    read_at: Date
    summary: JSONColumnType<RepositorySummary>
  }
  approval: {
    tenant_id: string
    repository: string
    requirement: string
    text_hash: string
    by_name: string
    note: string
    at: Date
  }
  build: {
    tenant_id: string
    repository: string
    name: string
    agent: string
    test_command: string
    edits: JSONColumnType<SpecEdit[]>
    status: BuildStatus
    state: JSONColumnType<BuildState | null>
    body: string
    problem: string
    log: string
    started_at: Date
    ended_at: Date | null
  }
  catalogue_spec: {
    tenant_id: string
    id: string
    repository: string
    path: string
    title: string
    format: string
    requirements: number
    text: string
    spec_changed_at: Date | null
    code_changed_at: Date | null
    drifts: number | null
    looked_at: Date
    words: ColumnType<never, never, never>
  }
}
