import type { PlanInput } from '../planning/planner.ts'
import type { DriverCommand } from '../vehicle.ts'

/** Looks over what a planner wants, every step, and overrides it where it is not safe. */
export interface SafetyLayer {
  /** Why it stepped in at the last step; empty while it did not. */
  readonly interventions: readonly string[]
  /** Changes `command` where it has to. */
  check(input: PlanInput, command: DriverCommand): void
}
