// A new export here becomes public API; named exports, not wildcards.
export { openStore } from './open-store.ts'
export type { OpenStoreOptions, StoreHost, StoreHealth } from './open-store.ts'
export type { Store, StoreServices } from './services.ts'
export type { Durable, DurableRun, DurableStatus, DurableWorkflow } from './durable.ts'
export type { Objects } from './objects/objects.ts'
export { databaseJson } from './database/database-json.ts'
export { createLedger } from './ledger/postgres-ledger.ts'
export { ledgerMigrations } from './ledger/migrations.ts'
export type {
  Ledger,
  Decision,
  Outcome,
  ExperimentKey,
  ExperimentReport,
  DecisionSummary,
  DecisionFilter,
  DurationBin,
  RecordedDecision,
  TimelineBucket,
  VersionRate,
} from './ledger/ledger.ts'
export type { LedgerTables } from './ledger/tables.ts'
export type { Interval } from './ledger/statistics/interval.ts'
export type { CalibrationReport, CalibrationBin } from './ledger/statistics/calibration.ts'
export { proportionInterval, differenceInterval, ratioInterval } from './ledger/statistics/interval.ts'
