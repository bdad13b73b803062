import type { CallRecord } from '../../src/metering/call-record.ts'

/** A call that went well, with what a test cares about changed. */
export function callRecord(changes: Partial<CallRecord> = {}): CallRecord {
  return {
    id: 'call_1',
    atMs: 1_700_000_000_000,
    tenantId: 'acme',
    keyId: 'key_1',
    api: 'chat',
    model: 'large',
    provider: 'openai',
    upstreamModel: 'gpt-4o-mini',
    replicaId: 'openai/0/gpt-4o-mini',
    status: 'ok',
    httpStatus: 200,
    errorCode: null,
    isStream: true,
    priority: 'interactive',
    attempts: 1,
    isHedged: false,
    cache: 'off',
    queuedMs: 0,
    ttftMs: 120,
    durationMs: 900,
    usage: { input: 100, cacheRead: 0, cacheWrite: 0, output: 40, reasoning: 0 },
    isUsageEstimated: false,
    costMicros: 39,
    wastedTokens: 0,
    wastedCostMicros: 0,
    isPriced: true,
    ...changes,
  }
}
