import type { FaceContext } from './face-context.ts'
import { endStates } from '../run/entry.ts'
import type { Entry } from '../run/entry.ts'
import { watchRun } from '../run/follow-run.ts'
import type { Question, RunRow, WaitRow } from '../run/run-row.ts'

/** What a person is asked by a run, or by one that it called. */
export type Asked = WaitRow & { question: Question }

/** How a call stands: `asked` is what it waits for a person to say. */
export interface CallState {
  row: RunRow
  asked: Asked[]
}

export type CallEvent = { kind: 'entry'; entry: Entry } | ({ kind: 'state' } & CallState)

/**
 * What happens in a run that somebody outside waits for, until it has ended, a person is asked, or the signal aborts. The last event says how it stands.
 */
export async function* watchCall(
  { runs }: Pick<FaceContext, 'runs'>,
  key: { tenantId: string; runId: string },
  signal: AbortSignal,
): AsyncGenerator<CallEvent> {
  for await (const event of watchRun(runs, key, -1, signal)) {
    if ('entry' in event) {
      yield { kind: 'entry', entry: event.entry }
      continue
    }
    const { row } = event
    // A run that it called may ask: nothing is written of that in its own journal.
    const asked = row.state === 'waiting' ? await runs.openQuestions(key) : []
    if (event.isNew || asked.length > 0) yield { kind: 'state', row, asked }
    if (endStates.includes(row.state) || asked.length > 0) return
  }
}

/** How a call stands now. */
export async function callState(
  { runs }: Pick<FaceContext, 'runs'>,
  key: { tenantId: string; runId: string },
): Promise<CallState> {
  const row = await runs.find(key.tenantId, key.runId)
  return { row, asked: endStates.includes(row.state) ? [] : await runs.openQuestions(key) }
}

/** What is asked, in a sentence for whoever called. */
export function askedText(asked: readonly Asked[]): string {
  return asked.map(({ question }) => question.ask).join(' ')
}
