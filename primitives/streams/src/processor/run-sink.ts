import { HeavyliftError, silentLogger, type Logger } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { makeDeadLetter, nameDeadLetterTopic } from '../log/dead-letter.ts'
import type { Codec, Log, LogEvent, LoggedEvent } from '../log/log.ts'
import type { StateStore } from '../state/state-store.ts'
import { backOff, isRetryable, withRetry } from './retry.ts'

export interface SinkEvent<Value> {
  id: string
  key: string
  eventTimeMs: number
  /** When the log took it. */
  appendedAtMs: number
  offset: number
  value: Value
}

export interface RunSinkOptions<Value> {
  log: Log
  topic: string
  codec: Codec<Value>
  /** Names the sink: its position and its dead letters. */
  name: string
  /**
   * Writes events in order and resolves when they are safe. It may be called again with events that were written before
   * (after a crash, or an error), so it writes by id; a sink with transactions stores `position` in the same one and gives it back by `position.load`.
   */
  write: (events: readonly SinkEvent<Value>[], position: number) => Promise<void>
  /** Where the sink keeps its position: in itself, or in a `StateStore`. */
  position: { load(): Promise<number> } | { states: StateStore }
  /**
   * True for an error that the events themselves cause, so that trying again cannot help: the event goes to the dead letters.
   * By default errors of ours with a 4xx status, and SQLSTATE classes 22 (data) and 23 (constraint). Others are tried again for good.
   */
  isPoison?: (error: unknown) => boolean
  signal: AbortSignal
  until?: 'follow' | 'end'
  /** Default 500. */
  maxBatchEvents?: number
  logger?: Logger
}

export interface SinkHandle {
  /** Offset of the last event that is written or dead-lettered. */
  readonly position: number
  readonly written: number
  readonly deadLetters: number
  /** Attempts that failed and were made again. */
  readonly retries: number
  /** Resolves when it has stopped; rejects when its position or its topic cannot be read for good. */
  readonly done: Promise<void>
  /** Resolves when all events that the topic holds now are written or dead-lettered. Rejects when the sink has ended before. */
  drain(): Promise<void>
  stop(): Promise<void>
}

const drainPollMs = 10

/**
 * Carries a topic's events to where they are kept, in order, one batch at a time: the next batch is read only when this one is
 * safe (back-pressure). A batch that holds an event that cannot be written is halved until that event stands alone.
 */
export function runSink<Value>(options: RunSinkOptions<Value>): SinkHandle {
  return new SinkRun(options)
}

class SinkRun<Value> implements SinkHandle {
  position = 0
  written = 0
  deadLetters = 0
  retries = 0
  readonly done: Promise<void>
  readonly #options: RunSinkOptions<Value>
  readonly #logger: Logger
  readonly #stop = new AbortController()
  readonly #signal: AbortSignal
  #hasEnded = false

  constructor(options: RunSinkOptions<Value>) {
    this.#options = options
    this.#logger = (options.logger ?? silentLogger).child({ sink: options.name })
    this.#signal = AbortSignal.any([options.signal, this.#stop.signal])
    this.done = this.#run().finally(() => {
      this.#hasEnded = true
    })
    this.done.catch((error: unknown) => this.#logger.error({ err: error }, 'the sink has stopped'))
  }

  async drain(): Promise<void> {
    const { first, next } = await this.#options.log.range(this.#options.topic)
    if (first >= next) return
    while (this.position < next - 1) {
      if (this.#hasEnded) {
        await this.done
        throw new HeavyliftError({
          code: 'sink-stopped',
          message: 'The sink was stopped before it had written all events; start it again.',
        })
      }
      await sleep(drainPollMs)
    }
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    await this.done
  }

  async #run(): Promise<void> {
    try {
      this.position = await this.#retried(() => this.#loadPosition(), 'loading the position')
      for (let attempt = 1; !this.#signal.aborted; attempt++) {
        try {
          await this.#follow(() => (attempt = 1))
          return
        } catch (error) {
          if (!isRetryable(error)) throw error
          this.#logger.warn({ err: error, attempt }, 'reading failed; it is tried again')
        }
        await backOff(attempt, this.#signal)
      }
    } catch (error) {
      if (!this.#signal.aborted) throw error
    }
  }

  async #follow(onBatch: () => void): Promise<void> {
    const { log, topic, until = 'follow', maxBatchEvents = 500 } = this.#options
    const batches = log.read(topic, {
      fromOffset: this.position + 1,
      maxEvents: maxBatchEvents,
      until,
      signal: this.#signal,
    })
    for await (const batch of batches) {
      await this.#carry(batch)
      onBatch()
    }
  }

  async #carry(batch: readonly LoggedEvent[]): Promise<void> {
    const { codec, topic, name, position } = this.#options
    const last = batch.at(-1)
    if (!last) return
    const events: SinkEvent<Value>[] = []
    const letters: LogEvent[] = []
    for (const event of batch) {
      const { id, key, eventTimeMs, appendedAtMs, offset } = event
      try {
        const value = codec.decode(event.payload, event.schemaVersion)
        events.push({ id, key, eventTimeMs, appendedAtMs, offset, value })
      } catch (error) {
        letters.push(makeDeadLetter(topic, event, name, 'undecodable', error))
      }
    }
    await this.#bury(letters)
    // Written even when nothing could be read, so that a position kept by the sink itself moves on.
    await this.#write(batch, events, last.offset)
    this.position = last.offset
    if ('states' in position) {
      await this.#retried(
        () => position.states.save(`sink-${name}`, 1, last.offset, new Uint8Array()),
        'saving the position',
      )
    }
  }

  async #write(
    batch: readonly LoggedEvent[],
    events: readonly SinkEvent<Value>[],
    position: number,
  ): Promise<void> {
    const { write, isPoison = isPoisonByDefault, topic, name } = this.#options
    for (let attempt = 1; ; attempt++) {
      try {
        await write(events, position)
        this.written += events.length
        return
      } catch (error) {
        this.#signal.throwIfAborted()
        if (events.length > 0 && isPoison(error)) {
          if (events.length > 1) {
            const half = events.length >> 1
            await this.#write(batch, events.slice(0, half), events[half - 1]!.offset)
            await this.#write(batch, events.slice(half), position)
            return
          }
          const poisoned = batch.find(({ offset }) => offset === events[0]!.offset)!
          await this.#bury([makeDeadLetter(topic, poisoned, name, 'refused', error)])
          await this.#write(batch, [], position)
          return
        }
        this.retries++
        this.#logger.warn({ err: error, attempt, events: events.length }, 'writing failed; it is tried again')
        await backOff(attempt, this.#signal)
        this.#signal.throwIfAborted()
      }
    }
  }

  async #bury(letters: readonly LogEvent[]): Promise<void> {
    if (letters.length === 0) return
    await this.#retried(
      () => this.#options.log.append(nameDeadLetterTopic(this.#options.topic), letters),
      'appending dead letters',
    )
    this.deadLetters += letters.length
  }

  async #loadPosition(): Promise<number> {
    const { position, name } = this.#options
    if ('load' in position) return position.load()
    return (await position.states.load(`sink-${name}`, 1))?.offset ?? 0
  }

  #retried<T>(run: () => Promise<T>, what: string): Promise<T> {
    return withRetry(run, what, this.#signal, this.#logger)
  }
}

function isPoisonByDefault(error: unknown): boolean {
  if (HeavyliftError.isInstance(error)) return !error.isRetryable && error.status >= 400 && error.status < 500
  const code = error instanceof Error && 'code' in error ? error.code : null
  return typeof code === 'string' && /^2[23][0-9A-Z]{3}$/.test(code)
}
