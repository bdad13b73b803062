import type { CallRecord } from '../call-record.ts'
import type { CallText } from '../meter.ts'
import type { CallFilter } from '../usage-store.ts'
import { readCallsFromEnd } from './call-lines.ts'
import type { KeptCall } from './call-lines.ts'
import { dayMs } from './hour-sums.ts'
import { dayNameOf } from './usage-folder.ts'

/** Where segments of calls lie. */
export interface Segments {
  /** Names, oldest first. */
  segments(): string[]
  path(name: string): string
}

/** Calls that match, the last that ended first. Reads files from their end until it has enough: what is rare costs all of them. */
export async function listCalls(folder: Segments, filter: CallFilter): Promise<CallRecord[]> {
  const found: CallRecord[] = []
  let isPast = filter.beforeId === undefined
  for await (const { text: _text, ...call } of newestFirst(folder, filter)) {
    if (!isPast) isPast = call.id === filter.beforeId
    else if (matches(call, filter)) {
      found.push(call)
      if (found.length === filter.limit) break
    }
  }
  return found
}

/** The call of an id that this tenant (null for all) has, with its texts. */
export async function readCall(
  folder: Segments,
  tenantId: string | null,
  id: string,
): Promise<{ call: CallRecord; text: CallText | null } | null> {
  for await (const { text, ...call } of newestFirst(folder, {})) {
    if (call.id !== id) continue
    return tenantId === null || call.tenantId === tenantId ? { call, text: text ?? null } : null
  }
  return null
}

async function* newestFirst(
  folder: Segments,
  range: { fromMs?: number | undefined; toMs?: number | undefined },
): AsyncGenerator<KeptCall> {
  // A segment may hold a call of the day after its own: of a clock that was set.
  const from = range.fromMs === undefined ? '' : dayNameOf(Math.max(0, range.fromMs - dayMs))
  const to = range.toMs === undefined ? '9' : dayNameOf(range.toMs)
  for (const name of folder.segments().toReversed()) {
    const day = name.slice('calls_'.length)
    // The names go on after the day, which compares as later than the day alone.
    if (day < from || day.slice(0, to.length) > to) continue
    yield* readCallsFromEnd(folder.path(name))
  }
}

function matches(call: CallRecord, filter: CallFilter): boolean {
  const { tenantId, model, statuses, cache, fromMs, toMs, text } = filter
  if (tenantId !== null && call.tenantId !== tenantId) return false
  if (model !== undefined && call.model !== model) return false
  if (statuses !== undefined && !statuses.includes(call.status)) return false
  if (cache !== undefined && call.cache !== cache) return false
  if (fromMs !== undefined && call.atMs < fromMs) return false
  if (toMs !== undefined && call.atMs >= toMs) return false
  if (text === undefined || text === '') return true
  return [call.id, call.replicaId, call.keyId ?? '', call.errorCode ?? '', call.upstreamModel]
    .join(' ')
    .toLowerCase()
    .includes(text.toLowerCase())
}
