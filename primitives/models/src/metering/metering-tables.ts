/** Rows of `src/migrations/metering.ts` and `src/migrations/shared-limits.ts`. */
export interface MeteringTables {
  call: CallTable
  usage_hour: UsageHourTable
  limit_spent: { scope: string; day: Date; micros: number }
  call_text: { tenant_id: string; call_id: string; at: Date; request: string; answer: string }
}

export interface CallTable {
  id: string
  at: Date
  tenant_id: string
  key_id: string | null
  api: string
  model: string
  provider: string
  upstream_model: string
  replica_id: string
  status: string
  http_status: number
  error_code: string | null
  is_stream: boolean
  priority: string
  attempts: number
  is_hedged: boolean
  cache: string
  queued_ms: number
  ttft_ms: number | null
  duration_ms: number
  input_tokens: number
  cache_read_tokens: number
  cache_write_tokens: number
  output_tokens: number
  reasoning_tokens: number
  is_usage_estimated: boolean
  cost_micros: number
  is_priced: boolean
  wasted_tokens: number
  wasted_cost_micros: number
}

export interface UsageHourTable {
  hour: Date
  tenant_id: string
  key_id: string
  model: string
  provider: string
  calls: number
  failed: number
  cancelled: number
  refused: number
  cache_hits: number
  unpriced: number
  input_tokens: number
  cache_read_tokens: number
  cache_write_tokens: number
  output_tokens: number
  reasoning_tokens: number
  cost_micros: number
  wasted_tokens: number
  wasted_cost_micros: number
}
