import type { Appended, Log, LogEvent } from '../log.ts'
import { findMissing } from './find-missing.ts'
import { PathSender } from './path-sender.ts'

export interface TwinWriterOptions {
  /** Opens each path: a log of its own, on servers of its own. */
  paths: readonly (() => Promise<Log>)[]
  /** Topics that are written, for bringing a path up to date that was away. */
  topics: readonly string[]
  /** Batches that may wait for a path before it counts as lost. Default 10,000. */
  maxWaiting?: number
  /** Between two attempts on a path that does not answer. Default 100. */
  retryMs?: number
}

interface Append {
  topic: string
  events: readonly LogEvent[]
}

/**
 * Writes every event to several logs that share nothing, in one order. `append` resolves when the event is safe in the
 * first of them, so the loss of a path, or an election in its cluster, holds nothing up; the other gets the event as soon
 * as it answers. Readers follow one path each, with processors of their own: what these say has the same ids on all paths.
 *
 * An event that is safe in one path only is lost if that path's disks and this process are lost together.
 */
export class TwinWriter {
  readonly #senders: PathSender[]
  readonly #topics: readonly string[]
  /** Appends that no path has confirmed yet, oldest first. */
  readonly #unconfirmed = new Set<Append>()
  readonly #stopping = new AbortController()

  constructor(options: TwinWriterOptions) {
    this.#topics = options.topics
    this.#senders = options.paths.map(
      (open, path) =>
        new PathSender({
          open,
          maxWaiting: options.maxWaiting ?? 10_000,
          retryMs: options.retryMs ?? 100,
          signal: this.#stopping.signal,
          catchUp: (log) => this.#bringBack(log, path),
        }),
    )
  }

  /** Resolves when the events are safe in one path; rejects when every path refuses them. */
  async append(topic: string, events: readonly LogEvent[]): Promise<Appended[]> {
    const append: Append = { topic, events }
    this.#unconfirmed.add(append)
    try {
      return await Promise.any(this.#senders.map((sender) => sender.send(topic, events)))
    } catch (error) {
      throw error instanceof AggregateError ? (error.errors[0] as Error) : error
    } finally {
      this.#unconfirmed.delete(append)
    }
  }

  /** For each path, whether it lacks events that another has. */
  behind(): boolean[] {
    return this.#senders.map(({ isBehind }) => isBehind)
  }

  /**
   * Brings every path that answers up to date with the others: run it at start, since a killed writer may have left an
   * event in one path only. Returns how many events were missing.
   */
  async reconcile(): Promise<number> {
    let missing = 0
    for (const path of this.#senders.keys())
      missing += await this.#catchUp(await this.#senders[path]!.log(), path)
    return missing
  }

  /** Resolves when every path has everything that was appended, as far as it answers. */
  async settled(): Promise<void> {
    await Promise.all(this.#senders.map((sender) => sender.settled()))
  }

  async close(): Promise<void> {
    this.#stopping.abort()
    await Promise.all(this.#senders.map((sender) => sender.close()))
  }

  /**
   * Brings a lost path up to date. What was under way when the path was lost was refused here, and may not be in the other
   * paths yet when they are read: it is appended from memory. An event that is there already is dropped by its id.
   */
  async #bringBack(log: Log, path: number): Promise<void> {
    const underWay = [...this.#unconfirmed]
    await this.#catchUp(log, path)
    for (const { topic, events } of underWay) await log.append(topic, events)
  }

  /** Appends to a path, in their order, the events that other paths hold and it does not. */
  async #catchUp(log: Log, path: number): Promise<number> {
    let added = 0
    for (const [other, sender] of this.#senders.entries()) {
      if (other === path) continue
      for (const topic of this.#topics) {
        for await (const events of findMissing(await sender.log(), log, topic, this.#stopping.signal)) {
          await log.append(topic, events)
          added += events.length
        }
      }
    }
    return added
  }
}
