import type { CallRecord } from './call-record.ts'
import type { CallTable } from './metering-tables.ts'

/**
 * A row of `call`; its time as ISO text, for JSON. Counts are made whole and names short, since one that the database
 * refuses would fail the whole batch.
 */
export function toCallRow(record: CallRecord): Omit<CallTable, 'at'> & { at: string } {
  const { usage } = record
  return {
    id: record.id,
    at: new Date(record.atMs).toISOString(),
    tenant_id: record.tenantId,
    key_id: record.keyId,
    api: record.api,
    model: clip(record.model),
    provider: record.provider,
    upstream_model: clip(record.upstreamModel),
    replica_id: record.replicaId,
    status: record.status,
    http_status: record.httpStatus,
    error_code: record.errorCode === null ? null : clip(record.errorCode),
    is_stream: record.isStream,
    priority: record.priority,
    attempts: record.attempts,
    is_hedged: record.isHedged,
    cache: record.cache,
    queued_ms: record.queuedMs,
    ttft_ms: record.ttftMs,
    duration_ms: record.durationMs,
    input_tokens: whole(usage.input),
    cache_read_tokens: whole(usage.cacheRead),
    cache_write_tokens: whole(usage.cacheWrite),
    output_tokens: whole(usage.output),
    reasoning_tokens: whole(usage.reasoning),
    is_usage_estimated: record.isUsageEstimated,
    cost_micros: whole(record.costMicros),
    is_priced: record.isPriced,
    // Records that an earlier version left on disk have none.
    wasted_tokens: whole(record.wastedTokens),
    wasted_cost_micros: whole(record.wastedCostMicros),
  }
}

export function fromCallRow(row: CallTable): CallRecord {
  return {
    id: row.id,
    atMs: row.at.getTime(),
    tenantId: row.tenant_id,
    keyId: row.key_id,
    api: row.api as CallRecord['api'],
    model: row.model,
    provider: row.provider,
    upstreamModel: row.upstream_model,
    replicaId: row.replica_id,
    status: row.status as CallRecord['status'],
    httpStatus: row.http_status,
    errorCode: row.error_code,
    isStream: row.is_stream,
    priority: row.priority as CallRecord['priority'],
    attempts: row.attempts,
    isHedged: row.is_hedged,
    cache: row.cache as CallRecord['cache'],
    queuedMs: row.queued_ms,
    ttftMs: row.ttft_ms,
    durationMs: row.duration_ms,
    usage: {
      input: row.input_tokens,
      cacheRead: row.cache_read_tokens,
      cacheWrite: row.cache_write_tokens,
      output: row.output_tokens,
      reasoning: row.reasoning_tokens,
    },
    isUsageEstimated: row.is_usage_estimated,
    costMicros: row.cost_micros,
    wastedTokens: row.wasted_tokens,
    wastedCostMicros: row.wasted_cost_micros,
    isPriced: row.is_priced,
  }
}

export function whole(value: number): number {
  return Math.max(0, Math.round(value)) || 0
}

/** Names that come from outside may be of any length, an index entry may not. */
function clip(name: string): string {
  return name.slice(0, 200)
}
