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
export { openJetStreamLog } from './log/jetstream/open-jetstream-log.ts'
export type { JetStreamLogOptions } from './log/jetstream/open-jetstream-log.ts'
export { TwinWriter } from './log/twin/twin-writer.ts'
export type { TwinWriterOptions } from './log/twin/twin-writer.ts'
export { LogCorruptError, StreamUnavailableError } from './log/stream-errors.ts'
export { jsonCodec } from './log/json-codec.ts'
export type { JsonCodecOptions } from './log/json-codec.ts'
export { deadLetter, deadLetterCodec, deadLetterTopic } from './log/dead-letter.ts'
export type { DeadLetter, DeadLetters } from './log/dead-letter.ts'
export type {
  Emitted,
  Processor,
  ProcessorContext,
  ProcessorEvent,
  ProcessorTimer,
} from './processor/processor.ts'
export { runProcessor } from './processor/run-processor.ts'
export { runSink } from './processor/run-sink.ts'
export type { RunSinkOptions, SinkEvent, SinkHandle } from './processor/run-sink.ts'
export { stableId } from './processor/output-id.ts'
export type { ProcessorHandle, RunProcessorOptions } from './processor/run-options.ts'
export type { Snapshot, StateStore } from './state/state-store.ts'
export { MemoryStateStore } from './state/memory-state-store.ts'
export { NatsStateStore } from './state/nats-state-store.ts'
export type { NatsStateStoreOptions } from './state/nats-state-store.ts'
export { DiskStateStore } from './state/disk-state-store.ts'
export { count, sum } from './windows/aggregate.ts'
export type { Aggregate } from './windows/aggregate.ts'
export { slidingWindow, tumblingWindow } from './windows/sliding-window.ts'
export type { SlidingState } from './windows/sliding-window.ts'
export { sessionWindow } from './windows/session-window.ts'
export type { SessionState } from './windows/session-window.ts'
export type { WindowDefinition, WindowOutput } from './windows/window-output.ts'
export { asOfJoin } from './windows/as-of-join.ts'
export type { AsOfJoin, AsOfState } from './windows/as-of-join.ts'
export { VersionedTable } from './windows/versioned-table.ts'
