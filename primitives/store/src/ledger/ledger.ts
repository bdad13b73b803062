/**
 * Decisions that systems make and outcomes that come back later, joined by id. Every headline number of every system
 * is computed from these two tables and nowhere else.
 */
export interface Ledger {
  /** Records a decision. The same `id` twice keeps the first (retries are safe). Buffered writes are flushed within 1 s and on stop. */
  decide(decision: Decision): Promise<void>
  /** Records what happened. The same (`subjectId`, `kind`, `idempotencyKey`) twice counts once. */
  outcome(outcome: Outcome): Promise<void>
  /**
   * The arm of a unit (a shopper) in an experiment: fixed by a hash of experiment and unit, so it never changes and needs
   * no write first. Records the exposure once.
   */
  assign(experiment: ExperimentKey, unitId: string): Promise<string>
  /** Conversion by arm with intervals, uplift, and the sequential test's always-valid p-value. */
  experiment(experiment: ExperimentKey, outcomeKind: string): Promise<ExperimentReport>
  /** Decisions of a system since a time: count, latency quantiles, cost. */
  summary(tenantId: string, system: string, sinceMs: number): Promise<DecisionSummary>
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
}

export interface Interval {
  estimate: number
  low: number
  high: number
}

export interface ExperimentReport {
  arms: { arm: string; units: number; converted: number; rate: Interval; value: number }[]
  /** Relative uplift of the last arm over the control (0.6 is +60 %); null until both arms have units. */
  uplift: Interval | null
  /** Valid at every look, however often one looks; null until both arms have units. */
  sequentialPValue: number | null
}

export interface DecisionSummary {
  count: number
  durationMs: { p50: number; p95: number; p99: number } | null
  costMicros: number
  /** Reliability bins over decisions with a confidence and a 0/1 outcome. */
  calibration: { low: number; high: number; n: number; meanConfidence: number; rate: number }[]
}
