// A new export here becomes public API; named exports, not wildcards.
export { openStore } from './open-store.ts'
export { inspectDatabase, inspectObjects } from './inspect.ts'
export type { StoreHost } from './open-store.ts'
export { verifyBackup, writeBackup } from './backup/backup.ts'
export { restoreBackup } from './backup/restore.ts'
export type { Store, StoreServices } from './services.ts'
export { explainSplit } from './shared/explain-split.ts'
export type { Durable, DurableRun, DurableWorkflow } from './durable.ts'
export type { Shared } from './shared/shared.ts'
export type { Objects } from './objects/objects.ts'
export { GroupCommit } from './ledger/group-commit.ts'
export { toDatabaseJson } from './database/database-json.ts'
export type {
  Ledger,
  Decision,
  ExperimentReport,
  DecisionSummary,
  DurationBin,
  RecordedDecision,
  TimelineBucket,
} from './ledger/ledger.ts'
export type { CalibrationBin } from './ledger/statistics/calibration.ts'
