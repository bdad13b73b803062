// The public surface. Anything exported here is public API: named exports only.
export type {
  Appended,
  Codec,
  Delivery,
  GroupOptions,
  Log,
  LogEvent,
  LoggedEvent,
  ReadOptions,
} from './log/log.ts'
export type {
  Emitted,
  Processor,
  ProcessorContext,
  ProcessorEvent,
  ProcessorTimer,
} from './processor/processor.ts'
export type { ProcessorHandle, RunProcessorOptions } from './processor/run-options.ts'
export type { Snapshot, StateStore } from './state/state-store.ts'
