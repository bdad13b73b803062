import type { LoggedEvent } from '../log.ts'

export interface LogTables {
  log_topic: { topic: string; next: number; bytes: number }
  log_event: {
    topic: string
    log_offset: number
    id: string
    key: string
    event_time_ms: number
    schema_version: number
    payload: Buffer
    appended_at_ms: number
  }
  log_group: { topic: string; name: string; taken: number }
  log_delivery: { topic: string; name: string; log_offset: number; attempt: number; due: Date }
  log_snapshot: { name: string; version: number; log_offset: number; bytes: Buffer }
}

export function toLoggedEvent(row: LogTables['log_event']): LoggedEvent {
  return {
    offset: row.log_offset,
    id: row.id,
    key: row.key,
    eventTimeMs: row.event_time_ms,
    schemaVersion: row.schema_version,
    payload: row.payload,
    appendedAtMs: row.appended_at_ms,
  }
}
