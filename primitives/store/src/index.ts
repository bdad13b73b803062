// A new export here becomes public API; named exports, not wildcards.
export type { Store, StoreServices } from './services.ts'
export type { Durable, DurableRun, DurableStatus, DurableWorkflow } from './durable.ts'
export type { Objects } from './objects/objects.ts'
export type {
  Ledger,
  Decision,
  Outcome,
  ExperimentKey,
  ExperimentReport,
  Interval,
  DecisionSummary,
} from './ledger/ledger.ts'
