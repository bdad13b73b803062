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
export { openDiskLog } from './log/disk/open-disk-log.ts'
export type { DiskLogOptions } from './log/disk/open-disk-log.ts'
export { LogCorruptError, StreamUnavailableError } from './log/stream-errors.ts'
export { jsonCodec } from './log/json-codec.ts'
export type { JsonCodecOptions } from './log/json-codec.ts'
export { deadLetter, deadLetterTopic } from './log/dead-letter.ts'
export type { DeadLetter, DeadLetters } from './log/dead-letter.ts'
export type {
  Emitted,
  Processor,
  ProcessorContext,
  ProcessorEvent,
  ProcessorTimer,
} from './processor/processor.ts'
export type { ProcessorHandle, RunProcessorOptions } from './processor/run-options.ts'
export type { Snapshot, StateStore } from './state/state-store.ts'
