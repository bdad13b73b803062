import type { TimedState } from '../../world/commonroad/commonroad.ts'

/** How a problem was driven. */
export interface Driven {
  problem: string
  /** At every step of the file's, until the goal was met or the run was over. */
  states: TimedState[]
  /** Why it is not solved; null where it is. */
  failed: string | null
}
