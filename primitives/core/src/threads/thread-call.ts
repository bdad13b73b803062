import type { ReportProgress } from '../progress.ts'
import type { ThreadTask } from './thread-task.ts'

export interface ThreadPoolLimits {
  /** Tasks at the same time. */
  threads: number
  /** Tasks of one tenant at the same time: with fewer than `threads`, nobody has all of them. */
  threadsPerTenant: number
  /** Tasks of one tenant that run and wait together; one more is refused. */
  tasksPerTenant: number
  /** How long a task may compute until its next part; waiting does not count. Null: no limit. */
  timeLimitMs: number | null
  /** Heap of a thread. */
  memoryLimitMb: number
}

export interface ThreadCall {
  tenantId: string
  task: ThreadTask
  /** What can be cloned to another thread. */
  input: unknown
  /** Takes the task out of the queue, or ends its thread. */
  signal: AbortSignal
  report?: ReportProgress
}
