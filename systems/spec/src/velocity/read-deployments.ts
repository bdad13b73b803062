import { InvalidInputError } from '@heavylift/core'
import { createCsvReader } from '@heavylift/core/rows'
import type { Deployment } from './deployment.ts'

const columns = {
  at: ['time', 'date', 'deployed_at', 'deployedat', 'timestamp', 'created_at', 'finished_at'],
  repository: ['repository', 'repo', 'service', 'project', 'team'],
  hasFailed: ['failed', 'has_failed', 'is_failure', 'failure'],
  isRework: ['rework', 'is_rework', 'unplanned'],
  batchCommits: ['commits', 'batch_commits', 'batch_size', 'changes'],
  leadHours: ['lead_hours', 'lead_time_hours'],
  recoveryHours: ['recovery_hours', 'restore_hours', 'mttr_hours'],
} as const

/**
 * Reads `deployments.csv`: a time (ISO 8601) a row, with what else is known by the names of its columns (repository, failed,
 * rework, commits, lead_hours, recovery_hours).
 * @throws InvalidInputError `deployments-time-invalid`, `deployments-invalid`
 */
export function readDeployments(text: string): Deployment[] {
  const reader = createCsvReader()
  const rows = [...reader.push(text.replace(/^\uFEFF/, '')), ...reader.end()]
  return rows
    .map((row) => {
      if (!('fields' in row))
        throw new InvalidInputError({
          code: 'deployments-invalid',
          message: `Line ${row.line}: ${row.reason}`,
        })
      const fields = new Map(
        Object.entries(row.fields).map(([name, value]) => [
          name.trim().toLowerCase(),
          typeof value === 'string' ? value.trim() : '',
        ]),
      )
      const cell = (names: readonly string[]) =>
        names.map((name) => fields.get(name)).find((value) => value) ?? null
      const time = cell(columns.at)
      const atMs = time === null ? NaN : Date.parse(time)
      if (!Number.isFinite(atMs))
        throw new InvalidInputError({
          code: 'deployments-time-invalid',
          message: `Line ${row.line} has no time that can be read ("${time ?? ''}"). A column ${columns.at[0]} has it as 2026-01-31T12:00:00Z; the columns are ${[...fields.keys()].join(', ')}.`,
        })
      return {
        repository: cell(columns.repository) ?? '',
        atMs,
        hasFailed: yes(cell(columns.hasFailed)),
        isRework: yes(cell(columns.isRework)),
        batchCommits: number(cell(columns.batchCommits)),
        leadHours: number(cell(columns.leadHours)),
        recoveryHours: number(cell(columns.recoveryHours)),
      }
    })
    .toSorted((a, b) => a.atMs - b.atMs)
}

const number = (value: string | null) =>
  value === null || !Number.isFinite(Number(value)) ? null : Number(value)
const yes = (value: string | null) =>
  value === null ? null : /^(?:1|true|yes|y|failed|failure)$/i.test(value)
