import type { CriterionFailure } from '../run/criterion.ts'
import type { RunOutcome } from '../run/run-result.ts'
import type { Severity } from '../run/severity.ts'
import type { ScenarioCase } from '../suites/scenario-case.ts'
import type { ClearanceLimits } from './clearance-plan.ts'
import type { ReferenceRun } from '../cases/clearance-row.ts'
import type { ImportanceEstimate } from './statistics/importance-sampling.ts'
import type { PairedComparison } from './statistics/mcnemar.ts'
import type { SequentialState } from './statistics/sequential-test.ts'
import type { WeightedRate } from './statistics/weighted-rate.ts'

/** A version as reports name it. */
export interface ReportedVersion {
  name: string
  summary: string
  /** Of its driver and parameters. */
  hash: string
}

/** `within`: shown to be within its limit; `above`: shown to be above; `undecided`: the cases are too few to tell. */
export type LimitState = 'within' | 'above' | 'undecided'

/** Runs of a class whose worst own failure is of one severity. */
export interface SeverityResult {
  severity: Severity
  failures: number
  upper: number
  /** Null: none beside the limit of all failures. */
  limit: number | null
  state: LimitState
  moreCases: number | null
}

export interface ClassResult {
  scenarioClass: string
  /** Cases that count toward the rate: run, not struck, and drawn as they occur. */
  n: number
  failures: number
  /** Cases that could not be run. */
  errors: number
  blockers: number
  rate: number
  lower: number
  upper: number
  limit: number
  /** Against the limit of all failures and those of single severities; the worst of them. */
  state: LimitState
  severities: SeverityResult[]
  /** Runs that another ended by driving into it. */
  struck: number
  /** Cases without another failure that would show its limit; 0 where it is shown, null where no number of cases is known to. */
  moreCases: number | null
  /** Share of the domain's encounters. */
  exposure: number
  /** Where cases were not sampled as they occur. */
  importance: ImportanceEstimate | null
  sequential: { state: SequentialState; n: number; pValue: number; reason: string }
  /** Least, 5 %, median of the time to collision of runs with a conflict. */
  ttc: { least: number; low: number; median: number } | null
}

/** One statement that clearance makes, with what it stands on. */
export interface Claim {
  statement: string
  evidence: string
  /** `broken`: the contrary is shown. `undecided`: neither is. */
  state: 'holds' | 'broken' | 'undecided'
  /** Of the rate of one class. */
  isOfClass: boolean
}

export interface CoverageCell {
  row: string
  column: string
  n: number
  failures: number
}

export interface Distribution {
  name: string
  unit: string
  /** Bounds of the bins; the last is open where it ends at null. */
  bins: { from: number; to: number | null; passed: number; failed: number }[]
  /** Runs without such a figure. */
  none: number
}

/** Runs of one scenario in the plane of the two parameters that part failures best. */
export interface ParameterMap {
  scenario: string
  n: number
  failures: number
  x: { name: string; min: number; max: number }
  y: { name: string; min: number; max: number } | null
  /** x, y, state: 0 passed, 1 failed, 2 blocker. All failures, and as many passed runs as fit. */
  points: [number, number, number][]
}

/** Where a run went: time, x, y, speed of the vehicle under test, and the nearest other, thinned out. */
export interface RunTrace {
  version: string
  outcome: RunOutcome
  /** time, x, y, heading, speed. */
  own: [number, number, number, number, number][]
  /** Other road users that came near: time, x, y, heading. */
  others: {
    name: string
    kind: string
    lengthM: number
    widthM: number
    at: [number, number, number, number][]
  }[]
}

export interface FailedCase {
  one: ScenarioCase
  /** Of its worst own failure; null where another drove into it. */
  severity: Severity | null
  failures: CriterionFailure[]
  impactSpeedMps: number | null
  minTtcS: number | null
  reference: ReferenceRun | null
  isBlocker: boolean
  /** Path in the console. */
  viewer: string
  /** What repeats it. */
  command: string
  digest: string
}

export interface Blocker extends FailedCase {
  /** Null beyond the first ones. */
  ours: RunTrace | null
  theirs: RunTrace | null
}

export interface Comparison extends PairedComparison {
  against: ReportedVersion
  brokenCases: FailedCase[]
  mendedCases: string[]
}

/** Raised whenever what a report holds changes. */
export const reportFormat = 3

/**
 * `cleared`: everything asked for is shown. `not cleared`: something against it is shown. `undecided`: neither, and more cases would tell.
 */
export type Verdict = 'cleared' | 'not cleared' | 'undecided'

export interface ClearanceReport {
  format: typeof reportFormat
  id: string
  /** ISO 8601. */
  createdAt: string
  version: ReportedVersion
  suite: { name: string; hash: string; n: number }
  code: string
  reference: ReportedVersion | null
  verdict: Verdict
  /** The verdict in one sentence, and what is missing. */
  headline: string
  /** Cases of the whole suite, drawn in the same shares, that would show every class that only has too few; null where that is not what is missing. */
  casesToShow: number | null
  /** Why, in sentences; the first ones matter most. */
  reasons: string[]
  claims: Claim[]
  limits: ClearanceLimits
  n: number
  failures: number
  /** Runs whose worst own failure is of each severity, worst first. */
  severities: { severity: Severity; failures: number; worstImpactMps: number | null }[]
  /** Runs that another ended by driving into it: neither passed nor failed. */
  struck: number
  errors: number
  /** Weighted by exposure. */
  overall: WeightedRate
  classes: ClassResult[]
  coverage: CoverageCell[]
  /** Runs in which each kind of road user was met. */
  met: { kind: string; n: number; failures: number }[]
  distributions: Distribution[]
  maps: ParameterMap[]
  /** All of them; `blockers` tells the worst, worst first. */
  blockerCount: number
  blockers: Blocker[]
  /** Failures that the reference driver has too, and runs that another ended, worst first. */
  others: FailedCase[]
  /** Failed and struck runs that neither list has room for; `rows.jsonl` has them. */
  untold: number
  comparison: Comparison | null
  /** Seconds per hour of driving in which RSS's distances were not kept. */
  rssViolationSPerHour: number
  drivenH: number
  seeds: { least: number; most: number }
  /** Of every state of every run. */
  digest: string
}
