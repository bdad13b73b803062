import type { CalibrationReport } from './statistics/calibration.ts'
import type { Interval } from '@heavylift/core/math'

/**
 * Decisions that systems make and outcomes that come back later, joined by id. Every headline number of every system
 * is computed from these two tables and nowhere else.
 */
export interface Ledger {
  /**
   * Records a decision; resolves once it is on disk. The same tenant and `id` twice keeps the first, so retries are
   * safe. Calls close together share one transaction.
   */
  decide(decision: Decision): Promise<void>
  /** Many decisions as one transaction, under the same rules. */
  decideAll(decisions: readonly Decision[]): Promise<void>
  /** Records what happened. The same (`subjectId`, `kind`, `idempotencyKey`) twice counts once. */
  outcome(outcome: Outcome): Promise<void>
  /** Many outcomes as one transaction, under the same rules. */
  outcomeAll(outcomes: readonly Outcome[]): Promise<void>
  /**
   * The arm of a unit (a shopper) in an experiment: a hash of experiment and unit, so it never changes. Records the
   * first exposure; outcomes before it do not count.
   */
  assign(experiment: ExperimentKey, unitId: string): Promise<string>
  /** Conversion by arm with intervals, uplift, and the sequential test's always-valid p-value. */
  experiment(experiment: ExperimentKey, outcomeKind: string): Promise<ExperimentReport>
  /** Names and arms of the experiments that have exposures. */
  experiments(tenantId: string): Promise<{ name: string; arms: Record<string, number>; units: number }[]>
  /** Count, durations, cost and calibration of the decisions in scope. */
  summary(tenantId: string, scope: DecisionScope): Promise<DecisionSummary>
  /** How often an outcome (a defect, a purchase) followed a decision, by version, newest version last. */
  rates(tenantId: string, system: string, outcomeKind: string, sinceMs: number): Promise<VersionRate[]>
  /** Counts, median and 99th percentile duration and cost for each bucket of time that has decisions. */
  timeline(tenantId: string, scope: DecisionScope, bucketMs: number): Promise<TimelineBucket[]>
  /** How many decisions took how long; bounds grow by the factor √2, bins without decisions are left out. */
  durations(tenantId: string, scope: DecisionScope): Promise<DurationBin[]>
  /**
   * Removes a system's samples: decisions whose kind begins with `sample-`. Nothing else can be removed. Returns how many
   * there were.
   */
  removeSamples(tenantId: string, system: string): Promise<number>
  /** The last recorded first, with the outcomes that came back. `beforeId` pages on. */
  decisions(tenantId: string, filter: DecisionFilter): Promise<RecordedDecision[]>
  /** One decision with the outcomes that came back, or null when this tenant has none of that id. */
  decision(tenantId: string, id: string): Promise<RecordedDecision | null>
  /** Which systems, kinds and versions the decisions in scope have, the last recorded first. */
  facets(tenantId: string, scope: DecisionScope): Promise<DecisionFacet[]>
}

export interface Decision {
  id: string
  tenantId: string
  system: string
  /** What kind of decision, e.g. `answer`. */
  kind: string
  /** Whom or what it concerns (a shopper, an address); outcomes join on it or on the decision's id. */
  subjectId: string | null
  /** Where the inputs are kept, and their hash, so that the decision can be replayed. */
  inputRef: string | null
  inputHash: string
  /** What was decided, small JSON. */
  output: unknown
  /** Probability that it is right, where the system states one. */
  confidence: number | null
  /** Millionths of a US dollar. */
  costMicros: number
  durationMs: number
  /** Which code and model made it. */
  version: string
  atMs: number
}

export interface Outcome {
  tenantId: string
  /** A decision's id or a subject's id (a shopper who bought). */
  subjectId: string
  kind: string
  /** 1/0 for happened or not, or an amount. */
  value: number
  idempotencyKey: string
  atMs: number
}

export interface ExperimentKey {
  tenantId: string
  name: string
  /** Arms with their weights, e.g. `{ off: 1, on: 1 }`. The first is the control. */
  arms: Record<string, number>
  /**
   * How long after its first exposure a unit's outcome still counts. Units exposed more recently wait, so that a late
   * purchase cannot change a look that was already taken. Default 24 h.
   */
  attributionMs?: number
}

export interface ExperimentReport {
  arms: {
    arm: string
    /** Units whose attribution window has passed. */
    units: number
    converted: number
    rate: Interval
    /** Sum of the outcome's values. */
    value: number
  }[]
  /** Exposed, but still inside the attribution window. */
  waiting: number
  /** Relative uplift of the last arm over the control (0.6 is +60 %); null until each has a conversion. */
  uplift: Interval | null
  /** Difference of the rates, last arm minus control; null until each has units. */
  difference: Interval | null
  /** Valid at every look, however often one looks; null until each has units. */
  sequentialPValue: number | null
}

export interface DecisionSummary {
  count: number
  durationMs: { p50: number; p95: number; p99: number } | null
  costMicros: number
  /** Over decisions with a confidence and an outcome of kind `correct` (0 or 1). */
  calibration: CalibrationReport
}

export interface VersionRate {
  version: string
  decisions: number
  count: number
  rate: Interval
}

export interface TimelineBucket {
  atMs: number
  count: number
  p50Ms: number
  p99Ms: number
  costMicros: number
}

export interface DurationBin {
  lowMs: number
  highMs: number
  count: number
}

/** Which decisions are meant; what is left out does not narrow. */
export interface DecisionScope {
  system?: string
  kind?: string
  subjectId?: string
  version?: string
  /** From this time on, before that time (milliseconds since the epoch). */
  fromMs?: number
  toMs?: number
  /**
   * Which time counts: `atMs`, when it happened (the default), or when the ledger recorded it. They differ for what is
   * replayed or simulated.
   */
  by?: 'happened' | 'recorded'
}

export interface DecisionFilter extends DecisionScope {
  beforeId?: string
  limit: number
}

/** Decisions of one system, kind and version. */
export interface DecisionFacet {
  system: string
  kind: string
  version: string
  count: number
  lastRecordedAtMs: number
}

export interface RecordedDecision extends Decision {
  /** When the ledger took it, by the database's clock. */
  recordedAtMs: number
  outcomes: { kind: string; value: number; atMs: number }[]
}
