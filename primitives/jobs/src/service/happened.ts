import { plural } from '@heavylift/core/text'
import type { JobEvent } from '../journal/job-event.ts'
import type { Happened } from './job-summary.ts'

/**
 * What an event means to people, and what was done about it; null for the daily round (a chunk that was done). `retries`: how often a failed
 * attempt is followed by another; `attempt` counts those at the same place so far.
 */
export function explainEvent(event: JobEvent, retries: number, attempt: number): Happened | null {
  const { atMs, node } = event
  const say = (text: string, action: string | null, tone: Happened['tone']): Happened => ({
    atMs,
    node,
    text,
    action,
    tone,
  })
  switch (event.kind) {
    case 'started':
      return say(`Taken up by ${event.origin} on ${plural(event.workers, 'worker')}`, null, 'idle')
    case 'ran':
      if (event.end === 'preempted') {
        const by = event.by === undefined ? 'by the cluster' : `by job ${event.by.slice(0, 8)}`
        return say(
          `Chunk ${event.chunk} preempted ${by}`,
          `saved ${plural(event.inputsDone, 'input')}; goes on from there`,
          'warn',
        )
      }
      return null
    case 'attempt': {
      const what = event.index === null ? `Process at chunk ${event.chunk}` : `Input ${event.index}`
      const verb = { threw: 'threw', crashed: 'crashed', 'timed-out': 'took too long' }[event.cause]
      const isLast = attempt > retries
      const action = isLast
        ? event.index === null
          ? 'no attempt is left'
          : 'given up; kept as a failed input'
        : event.cause === 'threw'
          ? `retried (${attempt} of ${retries})`
          : `worker replaced, retried (${attempt} of ${retries})`
      return say(`${what} ${verb}: ${event.reason}`, action, isLast ? 'bad' : 'warn')
    }
    case 'requeued':
      return say(
        `${event.chunks === 0 ? 'A task' : plural(event.chunks, 'chunk')} put back: ${event.reason}`,
        'queued again',
        'warn',
      )
    case 'drained':
      return say(
        `${node} drained: ${event.reason}`,
        event.byCluster
          ? 'takes no more work; its chunks went to other nodes'
          : 'left out of later arrays (no right to drain it)',
        'bad',
      )
    case 'node-lost':
      return say(`${node} is gone: ${event.reason}`, 'its chunks went to other nodes', 'bad')
    case 'replaced':
      return say(`${node} replaced`, `${event.by} was brought in`, 'good')
    case 'cancel-heard':
      return say('Asked to stop', 'saves at the next input', 'idle')
    case 'stop-heard':
      return say(`Slurm tells ${node} to stop`, 'saves at the next input', 'idle')
    case 'ended': {
      const tone = { done: 'good', failed: 'bad', cancelled: 'warn' }[event.state as string] ?? 'idle'
      const text = {
        done: 'Done',
        failed: 'Failed',
        cancelled: 'Cancelled',
        stopped: 'Stopped with its process',
      }[event.state as string]
      return say(
        `${text ?? event.state}${event.message === undefined ? '' : `: ${event.message}`}`,
        null,
        tone as Happened['tone'],
      )
    }
  }
}
