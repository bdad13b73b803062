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
  /** Part of the cluster that long jobs leave free for short ones. */
  headroom?: Headroom
  score(jobs: JobTable, job: number, view: PolicyView): number
}

/**
 * Jobs that asked for more than `longS` seconds hold together at most 1 − `share` of the processors, so that a short one finds room when
 * it comes. One long job is always let in, and one that has waited `patience` times its limit counts no more as long: nobody waits for ever.
 */
export interface Headroom {
  longS: number
  share: number
  patience: number
}
