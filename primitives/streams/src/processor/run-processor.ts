import { setImmediate as turn } from 'node:timers/promises'
import { ConflictError, silentLogger, systemClock } from '@heavylift/core'
import type { LogEvent, LoggedEvent } from '../log/log.ts'
import { nameDeadLetterTopic } from '../log/dead-letter.ts'
import { Engine, RebuildNeeded } from './engine.ts'
import { backOff, isRetryable, withRetry } from './retry.ts'
import type { ProcessorHandle, RunProcessorOptions } from './run-options.ts'
import { Snapshots } from './snapshots.ts'

/**
 * Starts a processor at its newest snapshot. Outputs of a batch are appended before the position moves on and before any
 * snapshot of it; what is done again after a crash, or by a second processor of the same definition, has the same ids and
 * is dropped by the log. So each output is there once, provided that the log's window of duplicates is longer than two
 * snapshots are apart.
 */
export function runProcessor<In, State, Out>(options: RunProcessorOptions<In, State, Out>): ProcessorHandle {
  return new ProcessorRun(options)
}

interface Waiter {
  offset: number
  resolve(): void
  reject(error: unknown): void
}

class ProcessorRun<In, State, Out> implements ProcessorHandle {
  position = 0
  events = 0
  outputs = 0
  deadLetters = 0
  readonly done: Promise<void>
  readonly #options: RunProcessorOptions<In, State, Out>
  readonly #engine: Engine<In, State, Out>
  readonly #snapshots: Snapshots<State>
  readonly #logger
  readonly #stop = new AbortController()
  readonly #signal: AbortSignal
  /** Offset that the next event of the input topic gets, as last seen. */
  #next = 1
  #waiters: Waiter[] = []
  /** True while it waits for the next batch: the engine is at `position` then. */
  #isIdle = false
  #ended: { error: unknown } | null = null

  constructor(options: RunProcessorOptions<In, State, Out>) {
    const { processor, states, signal } = options
    this.#options = options
    this.#logger = (options.logger ?? silentLogger).child({ processor: processor.name })
    this.#signal = AbortSignal.any([signal, this.#stop.signal])
    this.#engine = new Engine(processor)
    this.#snapshots = new Snapshots({
      engine: this.#engine,
      states,
      name: processor.name,
      version: processor.version,
      every: options.snapshotEvery ?? {},
      clock: options.clock ?? systemClock,
      logger: this.#logger,
    })
    this.done = this.#run()
    // Whoever awaits `done`, `stop` or `drain` is told; an error that nobody awaits is logged and must not end the process.
    this.done.catch((error: unknown) => this.#logger.error({ err: error }, 'the processor has stopped'))
  }

  get watermarkMs(): number {
    return this.#engine.watermarkMs
  }

  get lateEvents(): number {
    return this.#engine.lateEvents
  }

  get lagEvents(): number {
    return Math.max(0, this.#next - 1 - this.position)
  }

  async drain(): Promise<void> {
    const { first, next } = await this.#options.log.range(this.#options.processor.input.topic)
    this.#next = Math.max(this.#next, next)
    if (this.position >= next - 1 || first >= next) return
    await new Promise<void>((resolve, reject) => {
      if (this.#ended) return reject(this.#ended.error)
      this.#waiters.push({ offset: next - 1, resolve, reject })
    })
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    await this.done
  }

  async #run(): Promise<void> {
    const refresh = setInterval(
      () => {
        void this.#refreshRange()
        void this.#saveWhileIdle()
      },
      Math.min(1000, this.#options.snapshotEvery?.ms ?? 1000),
    )
    refresh.unref()
    try {
      const base = await withRetry(
        () => this.#snapshots.restore(),
        'loading the snapshot',
        this.#signal,
        this.#logger,
      )
      this.position = base
      await this.#follow()
      await this.#snapshots.finish(this.position)
      this.#settle(
        new ConflictError({
          code: 'processor-stopped',
          message: 'The processor was stopped before it had processed all events; start it again.',
        }),
      )
    } catch (error) {
      this.#settle(error)
      throw error
    } finally {
      clearInterval(refresh)
    }
  }

  /** Reads and processes until stopped, or the topic's end where that was asked for. */
  async #follow(): Promise<void> {
    const { log, processor, until = 'follow', maxBatchEvents = 1000 } = this.#options
    for (let attempt = 1; !this.#signal.aborted; attempt++) {
      const reader = log
        .read(processor.input.topic, {
          fromOffset: this.position + 1,
          maxEvents: maxBatchEvents,
          until,
          signal: this.#signal,
        })
        [Symbol.asyncIterator]()
      try {
        for (;;) {
          const { done, value } = await this.#whileSaving(reader.next())
          if (done) break
          if (!(await this.#process(value))) return
          attempt = 1
        }
        return
      } catch (error) {
        if (this.#signal.aborted) return
        if (!isRetryable(error)) throw error
        this.#logger.warn({ err: error, attempt }, 'reading failed; it is tried again')
      } finally {
        await reader.return?.()
      }
      await backOff(attempt, this.#signal)
    }
  }

  /** Writes on the snapshot in progress for as long as the next batch is not there. */
  async #whileSaving<T>(next: Promise<T>): Promise<T> {
    this.#isIdle = true
    const mark = () => {
      this.#isIdle = false
    }
    next.then(mark, mark)
    while (this.#snapshots.step() && this.#isIdle) await turn()
    return next
  }

  /**
   * A quiet topic's last events are saved in their time too: else a restart long after would say their outputs again when
   * the log has forgotten their ids.
   */
  async #saveWhileIdle(): Promise<void> {
    if (this.#isIdle) this.#snapshots.after(this.position, 0)
    while (this.#isIdle && this.#snapshots.step()) await turn()
  }

  /** False when it was stopped before the outputs were safe: the engine is then not at the position and is not to be saved. */
  async #process(batch: readonly LoggedEvent[]): Promise<boolean> {
    const { input, output } = this.#options.processor
    try {
      for (const event of batch) {
        // A turn of the event loop for each event would cost more than most events.
        const rebuilt = this.#apply(event)
        if (rebuilt) await rebuilt
      }
      await this.#append(output.topic, this.#engine.outputs)
      await this.#append(nameDeadLetterTopic(input.topic), this.#engine.deadLetters)
    } catch (error) {
      if (!this.#signal.aborted) throw error
      this.#snapshots.abandon()
      return false
    }
    this.outputs += this.#engine.outputs.length
    this.deadLetters += this.#engine.deadLetters.length
    this.events += batch.length
    this.#engine.outputs = []
    this.#engine.deadLetters = []
    this.position = batch.at(-1)?.offset ?? this.position
    this.#next = Math.max(this.#next, this.position + 1)
    this.#snapshots.after(this.position, batch.length)
    this.#wake()
    return true
  }

  #apply(event: LoggedEvent): Promise<void> | undefined {
    try {
      this.#engine.apply(event)
      return undefined
    } catch (error) {
      if (error instanceof RebuildNeeded) return this.#applyRebuilt(event)
      throw error
    }
  }

  async #applyRebuilt(event: LoggedEvent): Promise<void> {
    await withRetry(() => this.#rebuild(event.offset), 'undoing a failed event', this.#signal, this.#logger)
    await this.#apply(event)
  }

  async #append(topic: string, events: readonly LogEvent[]): Promise<void> {
    if (events.length === 0) return
    await withRetry(
      () => this.#options.log.append(topic, events),
      `appending to ${topic}`,
      this.#signal,
      this.#logger,
    )
  }

  /** Brings the engine to where it was before the event at `offset`: the last snapshot, and the events since, unheard. */
  async #rebuild(offset: number): Promise<void> {
    const engine = this.#engine
    const fromOffset = this.#snapshots.reload() + 1
    engine.isMuted = true
    const events = this.#options.log.read(this.#options.processor.input.topic, {
      fromOffset,
      until: 'end',
      signal: this.#signal,
    })
    read: for await (const batch of events) {
      for (const event of batch) {
        if (event.offset >= offset) break read
        engine.apply(event)
      }
    }
    this.#signal.throwIfAborted()
    engine.isMuted = false
    engine.endRebuild()
  }

  async #refreshRange(): Promise<void> {
    try {
      const { next } = await this.#options.log.range(this.#options.processor.input.topic)
      this.#next = Math.max(this.#next, next)
    } catch {
      // The log is away; reading will say so.
    }
  }

  #wake(): void {
    if (this.#waiters.length === 0) return
    const waiting: Waiter[] = []
    for (const waiter of this.#waiters) {
      if (waiter.offset <= this.position) waiter.resolve()
      else waiting.push(waiter)
    }
    this.#waiters = waiting
  }

  #settle(error: unknown): void {
    this.#ended = { error }
    for (const waiter of this.#waiters) waiter.reject(error)
    this.#waiters = []
  }
}
