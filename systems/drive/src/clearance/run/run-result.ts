import type { CriterionFailure } from './criterion.ts'

/**
 * `struck`: another drove into it before anything of its own had failed, which ended the run. It has neither passed nor failed, and counts toward no rate.
 */
export type RunOutcome = 'passed' | 'failed' | 'struck'

/** What a run came to. JSON; a figure that does not exist (no other agent, no collision) is null. */
export interface RunResult {
  caseId: string
  scenarioClass: string
  seed: number
  outcome: RunOutcome
  failures: CriterionFailure[]
  metrics: RunMetrics
  durationS: number
  steps: number
  /** What is to be known of the file that it ran. */
  notes?: RunNotes
  /** Of every agent's state at every step: equal digests mean equal runs. */
  digest: string
}

export interface RunNotes {
  /** How the scenario was understood, and which of its acts never began. */
  remarks: string[]
  /** Rules of the standard that its file breaks. */
  brokenRules: string[]
  /** What happened otherwise than the file says, as it was read leniently: such a run clears nothing. */
  deviations: string[]
  /** How often there stands what has no effect here. */
  ignored: Record<string, number>
}

export interface RunMetrics {
  collisionTimeS: number | null
  /** Name of what it hit. */
  collidedWith: string | null
  /** Length of the difference of velocities at the collision. */
  impactSpeedMps: number | null
  minDistanceM: number | null
  progressM: number
  meanSpeedMps: number
  maxDecelerationMps2: number
}
