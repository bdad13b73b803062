import type { Clock } from '@heavylift/core'
import { Wakeup } from '@heavylift/core/async'
import type { Delivery, GroupOptions, LoggedEvent } from '../log.ts'
import { logClosed } from '../stream-errors.ts'
import { Acknowledged } from './acknowledged.ts'
import { PositionWriter, readPosition } from './position-file.ts'
import type { Topic } from './topic.ts'
import { TopicReader } from './topic-reader.ts'

const readAhead = 1000
const longestTimerMs = 60_000

/** An event in a member's hands, or waiting to be handed out again from `dueMs` on. */
interface Pending {
  event: LoggedEvent
  attempt: number
  state: 'handed-out' | 'waiting'
  dueMs: number
}

/**
 * One consumer group of a topic. Its members ask for the next event one by one; an event is `handed-out` until it is
 * acknowledged (gone), retried, or overdue (both: `waiting`, then handed out again with the next attempt).
 */
export class Group {
  readonly #topic: Topic
  readonly #clock: Clock
  readonly #acknowledged: Acknowledged
  readonly #positions: PositionWriter
  readonly #reader: TopicReader
  readonly #pending = new Map<number, Pending>()
  #ready: LoggedEvent[] = []
  #readyAt = 0
  /** No pending event is due before; it may be too early, never too late. */
  #firstDueMs = Infinity
  #isClosed = false
  readonly #changed = new Wakeup()
  #reading: Promise<void> | null = null

  private constructor(
    topic: Topic,
    clock: Clock,
    path: string,
    isSynced: boolean,
    acknowledged: Acknowledged,
  ) {
    this.#topic = topic
    this.#clock = clock
    this.#acknowledged = acknowledged
    this.#positions = new PositionWriter(path, isSynced, () => acknowledged.save())
    this.#reader = new TopicReader(topic, acknowledged.floor + 1)
    topic.onChange(() => this.#changed.wake())
  }

  static async open(topic: Topic, clock: Clock, path: string, isSynced: boolean): Promise<Group> {
    const saved = await readPosition(path)
    return new Group(topic, clock, path, isSynced, new Acknowledged(saved, topic.next))
  }

  async *consume(options: GroupOptions): AsyncGenerator<Delivery, void, undefined> {
    const { signal, maxInFlight = 100, ackWaitMs = 30_000 } = options
    while (!signal.aborted && !this.#topic.isClosed) {
      const pending = this.#takeDue() ?? (this.#pending.size < maxInFlight ? this.#takeNew() : null)
      if (pending !== null) {
        pending.state = 'handed-out'
        pending.attempt += 1
        this.#setDue(pending, ackWaitMs)
        yield this.#delivery(pending)
      } else if (this.#pending.size < maxInFlight && this.#reader.offset < this.#topic.next) {
        await (this.#reading ??= this.#read())
      } else {
        await this.#nextChange(signal)
      }
    }
  }

  /** Waits for positions that are being saved; later acknowledgements are refused. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#positions.settled()
  }

  #delivery(pending: Pending): Delivery {
    const { event, attempt } = pending
    return {
      event,
      attempt,
      ack: () => {
        if (this.#isClosed) return Promise.reject(logClosed())
        this.#pending.delete(event.offset)
        this.#acknowledged.raiseTo(this.#topic.first)
        this.#acknowledged.add(event.offset)
        this.#changed.wake()
        return this.#positions.save()
      },
      retry: (delayMs = 0) => {
        // Only the hand that holds it may give it back: after `ackWaitMs` it may be another's.
        if (this.#pending.get(event.offset) === pending && pending.attempt === attempt) {
          pending.state = 'waiting'
          this.#setDue(pending, delayMs)
          this.#changed.wake()
        }
        return Promise.resolve()
      },
    }
  }

  #setDue(pending: Pending, afterMs: number): void {
    pending.dueMs = this.#clock.monotonicMs() + afterMs
    this.#firstDueMs = Math.min(this.#firstDueMs, pending.dueMs)
  }

  #takeDue(): Pending | null {
    const now = this.#clock.monotonicMs()
    if (now < this.#firstDueMs) return null
    let found: Pending | null = null
    this.#firstDueMs = Infinity
    for (const pending of this.#pending.values()) {
      if (found === null && pending.dueMs <= now) found = pending
      else this.#firstDueMs = Math.min(this.#firstDueMs, pending.dueMs)
    }
    return found
  }

  /** The next event of those read that nobody has had, or null where there is none. */
  #takeNew(): Pending | null {
    while (this.#readyAt < this.#ready.length) {
      const event = this.#ready[this.#readyAt++]!
      if (this.#acknowledged.has(event.offset)) continue
      const pending: Pending = { event, attempt: 0, state: 'waiting', dueMs: Infinity }
      this.#pending.set(event.offset, pending)
      return pending
    }
    return null
  }

  async #read(): Promise<void> {
    try {
      this.#ready = await this.#reader.read(readAhead)
      this.#readyAt = 0
    } finally {
      this.#reading = null
    }
  }

  /** Resolves at the next event, acknowledgement or retry, when an event is overdue, or when `signal` aborts. */
  #nextChange(signal: AbortSignal): Promise<void> {
    const waitMs = Math.ceil(this.#firstDueMs - this.#clock.monotonicMs())
    return this.#changed.wait({ signal, timeoutMs: Math.min(longestTimerMs, waitMs) })
  }
}
