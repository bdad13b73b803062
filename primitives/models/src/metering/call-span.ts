import type { FinishedSpan } from '@heavylift/core'
import type { CallRecord } from './call-record.ts'

const operations = {
  chat: 'chat',
  responses: 'chat',
  messages: 'chat',
  completions: 'text_completion',
  embeddings: 'embeddings',
  other: 'other',
} as const

/**
 * A call as a client span by OpenTelemetry's semantic conventions for generative AI (`gen_ai.*`), with ours under
 * `heavylift.*`. Token counts follow the convention: the input includes what came from a cache.
 */
export function callSpan(record: CallRecord): FinishedSpan {
  const operation = operations[record.api]
  const { errorCode } = record
  return {
    name: `${operation} ${record.model}`,
    kind: 'client',
    startMs: record.atMs - record.durationMs,
    endMs: record.atMs,
    error: errorCode,
    attributes: () => ({
      'gen_ai.operation.name': operation,
      'gen_ai.request.model': record.model,
      ...(record.provider !== '' && {
        'gen_ai.provider.name': record.provider,
        'gen_ai.response.model': record.upstreamModel,
        'heavylift.models.replica': record.replicaId,
      }),
      'gen_ai.usage.input_tokens': record.usage.input + record.usage.cacheRead + record.usage.cacheWrite,
      'gen_ai.usage.cache_read.input_tokens': record.usage.cacheRead,
      'gen_ai.usage.cache_creation.input_tokens': record.usage.cacheWrite,
      'gen_ai.usage.output_tokens': record.usage.output,
      ...(record.ttftMs !== null && { 'gen_ai.server.time_to_first_token': record.ttftMs / 1000 }),
      ...(errorCode !== null && { 'error.type': errorCode }),
      'http.response.status_code': record.httpStatus,
      'heavylift.tenant': record.tenantId,
      'heavylift.models.call': record.id,
      'heavylift.models.cache': record.cache,
      'heavylift.models.attempts': record.attempts,
      'heavylift.models.cost_micros': record.costMicros,
      ...(record.wastedCostMicros > 0 && {
        'heavylift.models.wasted_cost_micros': record.wastedCostMicros,
      }),
    }),
  }
}
