import type { DriverVersion } from '../../driver/version.ts'
import type { SafetyFigures } from '../metrics/safety-metrics.ts'
import type { CriterionFailure } from '../run/criterion.ts'
import type { RunMetrics, RunOutcome, RunResult } from '../run/run-result.ts'
import type { ScenarioCase } from '../suites/scenario-case.ts'
import type { OperatingCell } from './operating-cell.ts'

/** The input of one run of a clearance. JSON. */
export interface ClearanceInput {
  one: ScenarioCase
  version: DriverVersion
  /** Drives the same case where the version failed; null for none. */
  reference: DriverVersion | null
}

/** What the reference driver did in a case that the version failed. */
export interface ReferenceRun {
  version: string
  outcome: RunOutcome
  failures: CriterionFailure[]
  /** It passed: the failure was avoidable. */
  avoidsIt: boolean
  minTtcS: number | null
}

/** What one run of a clearance came to. JSON; it follows from the input alone. */
export interface ClearanceRow extends Omit<RunResult, 'metrics'> {
  metrics: RunMetrics & SafetyFigures
  weight: number
  cell: OperatingCell
  reference: ReferenceRun | null
}
