import type { Clock, Logger } from '@heavylift/core'
import type { Log } from '../log/log.ts'
import type { StateStore } from '../state/state-store.ts'
import type { Processor } from './processor.ts'

export interface RunProcessorOptions<In, State, Out> {
  processor: Processor<In, State, Out>
  log: Log
  states: StateStore
  /** Aborted, the processor stops as by `stop()`. */
  signal: AbortSignal
  /** `follow` (the default) waits for more; `end` stops at the topic's end. */
  until?: 'follow' | 'end'
  /** Most events between two appends of outputs. Default 1,000. */
  maxBatchEvents?: number
  /** A snapshot is begun after so many events or so long. Defaults: 100,000 events, 5 s. */
  snapshotEvery?: { events?: number; ms?: number }
  clock?: Clock
  logger?: Logger
}

/** A processor at work. Counts are since it was started. */
export interface ProcessorHandle {
  /** Offset of the last input event whose outputs are safe in the log; 0 before the first. */
  readonly position: number
  /** Of the topic; with `watermarkPer: 'key'` the highest of all keys. −Infinity before the first event. */
  readonly watermarkMs: number
  /** Events of the input topic behind `position`, as of at most a second ago. */
  readonly lagEvents: number
  readonly events: number
  readonly outputs: number
  /** Events that came after the watermark had passed them: handed on as late, or dead-lettered as too late. */
  readonly lateEvents: number
  readonly deadLetters: number
  /** Resolves when it has stopped; rejects when it cannot go on (a log that refuses, a snapshot that cannot be read). */
  readonly done: Promise<void>
  /** Resolves when all events that the topic holds now are processed and their outputs safe. */
  drain(): Promise<void>
  /** Ends after the batch in hand, takes a last snapshot, and resolves when that is safe. */
  stop(): Promise<void>
}
