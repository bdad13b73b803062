import type { CallRecord } from '../../metering/call-record.ts'
import type { Replica } from '../../routing/replica.ts'
import type { TokenUsage } from '../../wire/codec.ts'
import type { GatewayParts } from '../gateway-parts.ts'
import type { Order } from './routed-call.ts'

export const emptyUsage: TokenUsage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 }

/** For an upstream that did not say: the prompt by its length, a token for each event with content. */
export function estimatedUsage(promptTokens: number, events: number): TokenUsage {
  return { input: promptTokens, cacheRead: 0, cacheWrite: 0, output: events, reasoning: 0 }
}

/** How a call went, beside what was asked. */
export interface CallEnd extends Pick<
  CallRecord,
  | 'status'
  | 'httpStatus'
  | 'errorCode'
  | 'attempts'
  | 'isHedged'
  | 'queuedMs'
  | 'ttftMs'
  | 'usage'
  | 'isUsageEstimated'
> {
  /** Null when none was reached, and then nothing is paid. */
  replica: Replica | null
}

/** The record of a call that ends now. */
export function recordOf(
  { clock, prices }: Pick<GatewayParts, 'clock' | 'prices'>,
  { call, route, cache }: Order,
  { replica, ...end }: CallEnd,
): CallRecord {
  const nowMs = clock.nowMs()
  return {
    id: call.id,
    atMs: nowMs,
    tenantId: call.tenantId,
    keyId: call.keyId,
    api: call.api,
    model: route.name,
    provider: replica?.provider ?? '',
    upstreamModel: replica?.model ?? '',
    replicaId: replica?.id ?? '',
    isStream: call.isStream,
    priority: call.priority,
    cache,
    durationMs: performance.now() - call.arrivedMs,
    ...end,
    ...(replica
      ? prices.cost(replica.provider, replica.model, end.usage, nowMs)
      : { costMicros: 0, isPriced: true }),
  }
}
