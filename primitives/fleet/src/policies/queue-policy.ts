import type { JobTable } from '../domain/job-table.ts'

/** What a policy may know beside the job: never its run time. */
export interface PolicyView {
  nowS: number
  /** Of the cluster. */
  processors: number
  /** Processors that a user's jobs hold now. */
  heldBy(user: number): number
  /** Processor-seconds that a user has had, older ones for less (half-life of the simulation). */
  usageOf(user: number): number
}

/** Orders waiting jobs: the lowest score first, ties by submission. Pure. */
export interface QueuePolicy {
  name: string
  /** True when a score never changes while a job waits. */
  isStatic: boolean
  score(jobs: JobTable, job: number, view: PolicyView): number
}
