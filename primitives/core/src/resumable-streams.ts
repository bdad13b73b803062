import { ConflictError, HeavyliftError, InvalidInputError } from './errors.ts'
import type { ServerEvent } from './route.ts'

export interface ResumableStreamsOptions {
  /** Events kept of one stream, so that a reader can go back. Default 5,000. */
  maxEvents?: number
  /** UTF-16 units of data kept of one stream. Default 1 Mi. */
  maxChars?: number
  /** How far the source may run ahead of the slowest reader, in events. Default 64. */
  maxAhead?: number
  /** How long a stream that nobody reads goes on, in milliseconds. Default 60,000. */
  unreadMs?: number
  /** How long an ended stream can still be read, in milliseconds. Default 60,000. */
  keepMs?: number
  /** Streams at once, ended ones included. Default 1,000. */
  maxStreams?: number
}

/**
 * Streams that outlive a connection, in the memory of this process: a reader that was cut off comes back with the id
 * of its last event and misses nothing. A stream is running → ended → forgotten:
 *
 * - running: the source is pulled while it is less than `maxAhead` events ahead of the slowest reader, or, while nobody
 *   reads, until the buffer is full. Nobody for `unreadMs` aborts the source.
 * - ended: by itself, by an error (which every reader gets), or by `abort`. Still readable for `keepMs`.
 */
export class ResumableStreams {
  readonly #options: Required<ResumableStreamsOptions>
  /** In order of start. */
  readonly #streams = new Map<string, BufferedStream>()

  constructor(options: ResumableStreamsOptions = {}) {
    this.#options = {
      maxEvents: 5_000,
      maxChars: 1024 * 1024,
      maxAhead: 64,
      unreadMs: 60_000,
      keepMs: 60_000,
      maxStreams: 1_000,
      ...options,
    }
  }

  /**
   * Starts `source` and returns its events from the first; their ids are 1, 2, 3 …, whatever the source says. `id` must
   * hold the tenant, since whoever knows it can read. Throws 409 while a stream of this id runs, 503 when too many do.
   */
  start(id: string, source: (signal: AbortSignal) => AsyncIterable<ServerEvent>): AsyncIterable<ServerEvent> {
    if (this.isRunning(id)) {
      throw new ConflictError({
        code: 'stream-running',
        message: 'This answer is still being written. Resume its stream, or wait until it has ended.',
      })
    }
    this.#streams.get(id)?.forget()
    this.#makeRoom()
    const stream = new BufferedStream(source, this.#options, () => {
      if (this.#streams.get(id) === stream) this.#streams.delete(id)
    })
    this.#streams.set(id, stream)
    return stream.read(1)
  }

  /**
   * Events after `lastEventId`, or all of them without one; null when there is no such stream (any more). Throws 400 on
   * an id that no stream gives, and 409 when the events after it are no longer kept.
   */
  resume(id: string, lastEventId: string | null): AsyncIterable<ServerEvent> | null {
    const stream = this.#streams.get(id)
    if (!stream) return null
    const from = lastEventId === null || lastEventId === '' ? 1 : Number(lastEventId) + 1
    if (!Number.isSafeInteger(from) || from < 1 || from > stream.nextId) {
      throw new InvalidInputError({
        code: 'last-event-id-invalid',
        message:
          'Last-Event-ID is not an id of this stream. Send the last id that came, or none to start over.',
      })
    }
    if (from < stream.firstId) {
      throw new ConflictError({
        code: 'stream-gap',
        message: 'The events after this Last-Event-ID are no longer kept. Load the finished answer instead.',
      })
    }
    return stream.read(from)
  }

  isRunning(id: string): boolean {
    return this.#streams.get(id)?.isRunning ?? false
  }

  /** Ends a stream as its user asked; its readers see the end. Does nothing when there is none. */
  abort(id: string): void {
    this.#streams.get(id)?.abort()
  }

  /** Ends and forgets all. */
  close(): void {
    for (const stream of this.#streams.values()) stream.forget()
  }

  #makeRoom(): void {
    if (this.#streams.size < this.#options.maxStreams) return
    for (const stream of this.#streams.values()) {
      if (stream.isRunning) continue
      stream.forget()
      return
    }
    throw new HeavyliftError({
      code: 'streams-full',
      message: `${this.#options.maxStreams} answers are being written already. Try again in a moment.`,
      status: 503,
      isRetryable: true,
    })
  }
}

interface Reader {
  /** Id of the event that it reads next. */
  next: number
}

class BufferedStream {
  /** Id of the first event that is kept. */
  firstId = 1
  isRunning = true
  readonly #events: ServerEvent[] = []
  #chars = 0
  #failure: { error: unknown } | null = null
  readonly #options: Required<ResumableStreamsOptions>
  readonly #onForget: () => void
  readonly #controller = new AbortController()
  readonly #readers = new Set<Reader>()
  /** Where the reader that left last had come to; what comes after is kept for its return. */
  #leftAt = 1
  #timer: NodeJS.Timeout | undefined
  #changed = Promise.withResolvers<void>()

  constructor(
    source: (signal: AbortSignal) => AsyncIterable<ServerEvent>,
    options: Required<ResumableStreamsOptions>,
    onForget: () => void,
  ) {
    this.#options = options
    this.#onForget = onForget
    this.#after(options.unreadMs, () => this.abort())
    void this.#pump(source)
  }

  /** Id that the next event gets. */
  get nextId(): number {
    return this.firstId + this.#events.length
  }

  async *read(from: number): AsyncGenerator<ServerEvent> {
    const reader: Reader = { next: from }
    this.#readers.add(reader)
    if (this.isRunning) clearTimeout(this.#timer)
    try {
      for (;;) {
        const event = this.#events[reader.next - this.firstId]
        if (event) {
          yield event
          reader.next++
          this.#wake()
        } else if (this.isRunning) await this.#changed.promise
        else if (this.#failure) throw this.#failure.error
        else return
      }
    } finally {
      this.#readers.delete(reader)
      if (this.#readers.size === 0) this.#leftAt = reader.next
      if (this.#readers.size === 0 && this.isRunning) this.#after(this.#options.unreadMs, () => this.abort())
      this.#wake()
    }
  }

  abort(): void {
    if (!this.isRunning) return
    this.#controller.abort(new DOMException('The stream was ended.', 'AbortError'))
    this.#end()
  }

  forget(): void {
    this.abort()
    clearTimeout(this.#timer)
    this.#onForget()
  }

  async #pump(source: (signal: AbortSignal) => AsyncIterable<ServerEvent>): Promise<void> {
    try {
      // The first step runs after the constructor, so that a source that fails at once finds everything in place.
      await Promise.resolve()
      for await (const event of source(this.#controller.signal)) {
        if (!this.isRunning) return
        this.#keep({ ...event, id: String(this.nextId) })
        while (this.isRunning && this.#isFarAhead()) await this.#changed.promise
        if (!this.isRunning) return
      }
    } catch (error) {
      if (this.isRunning) this.#failure = { error }
    }
    this.#end()
  }

  #end(): void {
    if (!this.isRunning) return
    this.isRunning = false
    this.#after(this.#options.keepMs, () => this.forget())
    this.#wake()
  }

  #keep(event: ServerEvent): void {
    this.#events.push(event)
    this.#chars += sizeOf(event)
    // Only what every reader has had may go; `#isFarAhead` stops the source when nothing may.
    const needed = this.#slowest()
    while (this.#isFull() && this.firstId < needed && this.#events.length > 1) {
      const dropped = this.#events.shift()
      if (dropped) this.#chars -= sizeOf(dropped)
      this.firstId++
    }
    this.#wake()
  }

  #slowest(): number {
    if (this.#readers.size === 0) return this.#leftAt
    return Math.min(...Array.from(this.#readers, ({ next }) => next))
  }

  #isFull(): boolean {
    return this.#events.length > this.#options.maxEvents || this.#chars > this.#options.maxChars
  }

  #isFarAhead(): boolean {
    const ahead = this.nextId - this.#slowest()
    if (this.#readers.size > 0 && ahead >= this.#options.maxAhead) return true
    return this.#isFull() && this.firstId >= this.#slowest()
  }

  #wake(): void {
    this.#changed.resolve()
    this.#changed = Promise.withResolvers<void>()
  }

  #after(ms: number, act: () => void): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(act, ms)
    this.#timer.unref()
  }
}

function sizeOf(event: ServerEvent): number {
  return typeof event.data === 'string' ? event.data.length : JSON.stringify(event.data ?? null).length
}
