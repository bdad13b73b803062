import type { ServerEvent } from '@heavylift/core'
import { Wakeup } from '@heavylift/core/async'
import { shownEntry, shownRun } from '../routes/run-schemas.ts'
import { endStates } from './entry.ts'
import type { Entry } from './entry.ts'
import type { RunKey } from './journal.ts'
import type { RunRow } from './run-row.ts'
import type { Runs } from './runs.ts'

/** A run in another process is looked at so often. */
const everyMs = 500
const mostAtOnce = 500

/** An entry of a run, or how the run is: `isNew` where that is not what was told last. */
export type RunEvent = { entry: Entry } | { row: RunRow; isNew: boolean }

/** Entries of a run after a number, and how it is: whenever that changes, and each time it was looked at. It ends with the run, once all was said. */
export async function* watchRun(
  runs: Pick<Runs, 'find' | 'entries' | 'listen'>,
  key: RunKey,
  afterSeq: number,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
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
        yield { entry }
      }
      if (entries.length === mostAtOnce) continue
      const state = `${row.state} ${row.segment}`
      yield { row, isNew: state !== told }
      told = state
      if (endStates.includes(row.state)) return
      await wakeup.wait({ timeoutMs: everyMs, signal })
    }
  } finally {
    stop()
  }
}

/** The same as server-sent events. An entry's id is its number. */
export async function* followRun(
  runs: Runs,
  key: RunKey,
  afterSeq: number,
  signal: AbortSignal,
): AsyncGenerator<ServerEvent> {
  for await (const event of watchRun(runs, key, afterSeq, signal))
    if ('entry' in event) yield { id: String(event.entry.seq), event: 'entry', data: shownEntry(event.entry) }
    else if (event.isNew) yield { event: 'run', data: shownRun(event.row) }
}
