import type { StateName } from '@heavylift/ui'
import type { RunState } from '../src/run/entry.ts'

/** States of runs as a mark, a word and what they mean. */
export const runStates: Record<RunState, { mark: StateName; word: string; means: string }> = {
  queued: { mark: 'idle', word: 'Queued', means: 'Waits for a process that takes it.' },
  running: { mark: 'busy', word: 'Running', means: 'Steps are under way.' },
  waiting: { mark: 'warn', word: 'Waiting', means: 'For a time, an event, another run or a person.' },
  done: { mark: 'good', word: 'Done', means: 'It came to its end; this never changes.' },
  failed: { mark: 'bad', word: 'Failed', means: 'A step failed and nothing in the definition handles it.' },
  cancelled: { mark: 'idle', word: 'Cancelled', means: 'Somebody ended it.' },
}

/** What started a run. */
export const startedBy: Record<string, string> = {
  manual: 'by hand',
  schedule: 'by schedule',
  webhook: 'by webhook',
  cloudevent: 'by an event',
  stream: 'from a stream',
  queue: 'from a queue',
  agent: 'by another agent',
  fork: 'from another run',
  case: 'to play a case',
  mcp: 'by MCP',
  a2a: 'by A2A',
  agui: 'by AG-UI',
}
