import type { ServerEvent } from '@heavylift/core'
import { Wakeup } from '@heavylift/core/async'
import { shownEntry, shownRun } from '../routes/run-schemas.ts'
import { endStates } from './entry.ts'
import type { RunKey } from './journal.ts'
import type { Runs } from './runs.ts'

/** A run in another process is looked at so often. */
const everyMs = 500
const mostAtOnce = 500

/** Entries of a run after a number and its state whenever that changes, until it has ended and all was said. An entry's id is its number. */
export async function* followRun(
  runs: Runs,
  key: RunKey,
  afterSeq: number,
  signal: AbortSignal,
): AsyncGenerator<ServerEvent> {
  const wakeup = new Wakeup()
  const stop = runs.listen(key, () => wakeup.wake())
  try {
    let last = afterSeq
    let told = ''
    while (!signal.aborted) {
      // The state first: what it ended with is written before.
      const row = await runs.find(key.tenantId, key.runId)
      const entries = await runs.entries(key.tenantId, key.runId, last, mostAtOnce)
      for (const entry of entries) {
        last = entry.seq
        yield { id: String(entry.seq), event: 'entry', data: shownEntry(entry) }
      }
      if (entries.length === mostAtOnce) continue
      const state = `${row.state} ${row.segment}`
      if (state !== told) yield { event: 'run', data: shownRun(row) }
      told = state
      if (endStates.includes(row.state)) return
      await wakeup.wait({ timeoutMs: everyMs, signal })
    }
  } finally {
    stop()
  }
}
