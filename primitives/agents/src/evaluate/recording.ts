import { inputOrigins } from '../guard/guard-runs.ts'
import type { Origins } from '../guard/origins.ts'
import type { SideEffect } from '../definition/definition.ts'
import type { Entry, Failure } from '../run/entry.ts'
import type { Payload } from '../run/payload.ts'
import type { RunRow, WaitRow } from '../run/run-row.ts'

/** One call of a tool as it went. */
export interface RecordedCall {
  path: string
  source: string
  tool: string
  effect: SideEffect
  args: Readonly<Record<string, unknown>>
  outcome: { state: 'done'; value: unknown } | { state: 'failed'; failure: Failure }
}

/** How a wait ended: for a person, an event, a time or a called agent. */
export interface RecordedAnswer {
  path: string
  kind: WaitRow['kind']
  answer: unknown
  by: string | null
}

/** What a run met outside itself. A case keeps it, so that the case is played without any of it. */
export interface Recording {
  origins: Origins
  calls: RecordedCall[]
  answers: RecordedAnswer[]
}

/** Reads the recording of a run off its journal. Calls whose outcome nobody knows are left out. */
export async function recordingOf(
  row: RunRow,
  entries: readonly Entry[],
  waits: readonly WaitRow[],
  read: (payload: Payload) => Promise<unknown>,
): Promise<Recording> {
  const intents = new Map<string, Extract<Entry['happened'], { kind: 'intent' }>['call']>()
  const calls: RecordedCall[] = []
  for (const { path, happened } of entries) {
    if (happened.kind === 'intent') intents.set(path, happened.call)
    if (happened.kind !== 'outcome' || happened.state === 'lost') continue
    const call = intents.get(path)
    if (call === undefined) continue
    const { source, tool, effect } = call
    const args = (await read(call.args)) as RecordedCall['args']
    const outcome: RecordedCall['outcome'] =
      happened.state === 'done'
        ? { state: 'done', value: happened.value === undefined ? null : await read(happened.value) }
        : { state: 'failed', failure: happened.failure ?? { code: 'tool-failed', message: 'It failed.' } }
    calls.push({ path, source, tool, effect, args, outcome })
  }
  const answers = await Promise.all(
    waits
      .filter(({ answered_ms }) => answered_ms !== null)
      .map(async ({ path, kind, answer, answered_by: by }) => ({
        path,
        kind,
        by,
        answer: kind === 'run' ? await inline(answer as ChildAnswer, read) : answer,
      })),
  )
  return { origins: inputOrigins(row.trigger), calls, answers }
}

interface ChildAnswer {
  output: Payload | null
}

/** A called agent's output lies with its run, which may be removed before the case is. */
async function inline(
  answer: ChildAnswer,
  read: (payload: Payload) => Promise<unknown>,
): Promise<ChildAnswer> {
  return { ...answer, output: answer.output === null ? null : { value: await read(answer.output) } }
}
