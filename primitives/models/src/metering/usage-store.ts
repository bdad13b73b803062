import type { SpentRow } from '../admission/limits.ts'
import type { CallRecord, CallStatus, MeteredCall } from './call-record.ts'
import type { CallText } from './meter.ts'
import type { UsageQuery, UsageReport } from './usage-report.ts'

export interface CallFilter {
  /** Null for all tenants. */
  tenantId: string | null
  model?: string | undefined
  /** Any of these. */
  statuses?: readonly CallStatus[] | undefined
  cache?: CallRecord['cache'] | undefined
  /** When they ended; `toMs` is not part of it. */
  fromMs?: number | undefined
  toMs?: number | undefined
  /** Part of an id, a replica, a key, an error or an upstream model. */
  text?: string | undefined
  /** Pages on: the id of the last one seen. */
  beforeId?: string | undefined
  limit: number
}

/** Where ended calls are kept and asked about: PostgreSQL, or files of this machine where there is no database. */
export interface UsageStore {
  /** Takes a call. Synchronous: when it returns the call is in the operating system's hands, so that killing the process loses nothing. Never throws. */
  add(call: MeteredCall, text?: CallText): void
  /** Calls that could not be put on disk: they may be lost with the process. */
  readonly unwritten: number
  /** Resolves when all that was added can be read; rejects with the error of what keeps it. */
  flush(): Promise<void>
  /** Flushes if it can; what then is not there comes at the next start. */
  close(): Promise<void>
  /** Newest first. Calls appear here a moment after they end. */
  listCalls(filter: CallFilter): Promise<CallRecord[]>
  /** A call with its prompt and answer where they were kept; null when the tenant (null for all) has none. */
  readCall(tenantId: string | null, id: string): Promise<{ call: CallRecord; text: CallText | null } | null>
  readUsage(query: UsageQuery): Promise<UsageReport>
  /**
   * What tenants and their keys spent since the beginning of the UTC day and month, for `Limits.load` at start. Flush
   * before, so that what an earlier process left on disk counts.
   */
  readSpent(nowMs: number): Promise<SpentRow[]>
  /** Whether anything but sample traffic was ever called. */
  hasCalls(): Promise<boolean>
  /** Removes what sample traffic left. */
  removeSamples(): Promise<void>
}
