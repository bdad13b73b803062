import type { Codec } from '../log/log.ts'

/**
 * A keyed processor: events of one key arrive in order, the state of that key is at hand, and what it emits has
 * deterministic ids. It must be a pure function of state and event (no clock, no randomness, no I/O), so that two
 * processors that run active-active emit the same and a replay is byte-identical.
 */
export interface Processor<In, State, Out> {
  name: string
  /** Rises when the logic changes; snapshots of another version are not loaded and the topic is replayed. */
  version: number
  input: { topic: string; codec: Codec<In> }
  output: { topic: string; codec: Codec<Out> }
  /** How long after the watermark an event may still come and correct what was emitted. Default 0. */
  allowedLatenessMs?: number
  /** The watermark stays this far behind the newest event time. Default 0. */
  maxOutOfOrderMs?: number
  /**
   * `topic` (the default): one watermark, moved by the events of all keys. `key`: every key has its own, moved by its own
   * events only: for keys that live in different times, such as a match of today beside the replay of an old one.
   */
  watermarkPer?: 'topic' | 'key'
  createState(key: string): State
  onEvent(event: ProcessorEvent<In>, context: ProcessorContext<State, Out>): void
  onTimer?(timer: ProcessorTimer, context: ProcessorContext<State, Out>): void
  /** State travels as JSON unless these are given (typed arrays, maps). */
  saveState?(state: State): unknown
  loadState?(saved: unknown): State
}

export interface ProcessorEvent<In> {
  /** The id that it has in the log. */
  id: string
  key: string
  eventTimeMs: number
  offset: number
  value: In
  /** True when it came after the watermark had passed it, but within the allowed lateness. */
  isLate: boolean
}

export interface ProcessorTimer {
  key: string
  name: string
  atMs: number
}

/**
 * What a handler has at hand, valid until it returns. When the handler throws, everything that it did is undone: emitted
 * outputs, timers and changes of the state.
 */
export interface ProcessorContext<State, Out> {
  readonly state: State
  /** −Infinity until the first event. Timers up to it have fired before an event is handed on. */
  readonly watermarkMs: number
  /** The output's id is a hash of processor, `rule`, key, `eventTimeMs`, `part` and `revision`. */
  emit(output: Emitted<Out>): void
  /**
   * Fires once when the watermark reaches `atMs`; the same name set again moves it. One that is due already fires right
   * after the event. In `onTimer`, `atMs` must be later than the timer that is firing (throws `InvalidInputError`).
   */
  setTimer(name: string, atMs: number): void
  clearTimer(name: string): void
  /** Forgets this key's state and timers once the handler has returned; its next event begins with `createState`. */
  dropState(): void
}

export interface Emitted<Out> {
  rule: string
  eventTimeMs: number
  /** Tells outputs of one rule at one time apart (a player's id). Default ''. */
  part?: string
  /** 0 for the first word on the matter, one more for each correction. Default 0. */
  revision?: number
  value: Out
}
