/**
 * An event as it is appended. The payload is bytes; a `Codec` at the edge turns them into a typed value, so that a log
 * holds events of any schema and never parses what it only carries.
 */
export interface LogEvent {
  /** Names the event for good: the same id appended again is a duplicate and is not stored twice. At most 200 characters. */
  id: string
  /** What the event belongs to (a match, a car). Events of one key keep their order. */
  key: string
  /** When it happened in the world, milliseconds since the epoch. */
  eventTimeMs: number
  /** Version of the payload's schema, from 1. */
  schemaVersion: number
  payload: Uint8Array
}

/** An event as it is read. Offsets of a topic start at 1 and rise; they may have gaps. */
export interface LoggedEvent extends LogEvent {
  offset: number
  appendedAtMs: number
}

/** `duplicate`: the id was there already (within the log's window of duplicates) and `offset` is that of the first. */
export interface Appended {
  offset: number
  duplicate: boolean
}

export interface ReadOptions {
  /** First offset wanted; 1 reads from the beginning. Offsets that retention has removed are skipped. */
  fromOffset: number
  /** Most events in one batch. Default 1,000. */
  maxEvents?: number
  /** `follow`: waits for more at the end of the topic; `end`: stops where the end was when reading began. */
  until: 'follow' | 'end'
  /** Ends the iteration, without an error. */
  signal: AbortSignal
}

/** One event handed to a member of a consumer group. Unless it acknowledges in time, another member gets the event. */
export interface Delivery {
  event: LoggedEvent
  /** Times this event was handed out, from 1. */
  attempt: number
  /** Resolves once the group's position is safe; the event is not handed out again. */
  ack(): Promise<void>
  /** Hands the event out again after `delayMs`. */
  retry(delayMs?: number): Promise<void>
}

/**
 * Durable topics of events. Two backends with one contract: segment files in process, and NATS JetStream. What `append`
 * has resolved survives a SIGKILL of any process (power loss: see each backend's fsync policy).
 */
export interface Log {
  /** Appends in order; resolves when all are safe. Rejects with `StreamUnavailableError` (retryable) when the backend is gone. */
  append(topic: string, events: readonly LogEvent[]): Promise<Appended[]>
  /** Batches in order. The source is asked for the next batch only when it is pulled: back-pressure. */
  read(topic: string, options: ReadOptions): AsyncIterable<LoggedEvent[]>
  /** Offsets held: the first that can still be read, and the one that the next event gets. */
  range(topic: string): Promise<{ first: number; next: number }>
  /** Members of one group share the topic's events, each event to one member at a time, at least once. */
  consume(topic: string, group: GroupOptions): AsyncIterable<Delivery>
  topics(): Promise<string[]>
  close(): Promise<void>
}

export interface GroupOptions {
  group: string
  /** Events handed out and not acknowledged at any time, at most. Default 100. */
  maxInFlight?: number
  /** After so long without `ack` the event goes to another member. Default 30 s. */
  ackWaitMs?: number
  /** Ends the iteration, without an error; what is not acknowledged goes to another member after `ackWaitMs`. */
  signal: AbortSignal
}

/** How a value travels in a payload. `decode` also reads older versions and brings them up to date. */
export interface Codec<Value> {
  name: string
  version: number
  encode(value: Value): Uint8Array
  /** Throws an `InvalidInputError` that says what is wrong; the caller sends the event to the dead-letter topic. */
  decode(payload: Uint8Array, schemaVersion: number): Value
}
