import type { Decision } from '@heavylift/store'
import { isSampleModel } from '../table/sample-names.ts'
import type { CallRecord } from './call-record.ts'

/** The ledger's row of a call. Prompts are not kept, so there is no input to replay it from. */
export function toDecision(record: CallRecord): Decision {
  const { model, provider, replicaId, status, cache, attempts, usage } = record
  return {
    id: record.id,
    tenantId: record.tenantId,
    system: 'models',
    // Samples can be told apart, and removed, by their kind.
    kind: isSampleModel(model) ? 'sample-call' : 'call',
    subjectId: record.keyId,
    inputRef: null,
    inputHash: '',
    output: { model, provider, replicaId, status, cache, attempts, usage },
    confidence: null,
    costMicros: record.costMicros,
    durationMs: record.durationMs,
    version: record.upstreamModel,
    atMs: record.atMs,
  }
}
