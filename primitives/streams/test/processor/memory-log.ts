import type { Appended, Delivery, Log, LogEvent, LoggedEvent, ReadOptions } from '../../src/log/log.ts'

/** A log in memory: the contract's bare minimum, for tests of what reads and writes logs. Consumer groups are left out. */
export class MemoryLog implements Log {
  readonly #topics = new Map<string, { events: LoggedEvent[]; ids: Map<string, number> }>()
  readonly #waiting = new Set<() => void>()

  async append(topic: string, events: readonly LogEvent[]): Promise<Appended[]> {
    const { events: held, ids } = this.#topic(topic)
    const appended = events.map((event) => {
      const known = ids.get(event.id)
      if (known !== undefined) return { offset: known, duplicate: true }
      const offset = held.length + 1
      held.push({ ...event, offset, appendedAtMs: 0 })
      ids.set(event.id, offset)
      return { offset, duplicate: false }
    })
    for (const wake of this.#waiting) wake()
    this.#waiting.clear()
    return appended
  }

  async *read(topic: string, options: ReadOptions): AsyncIterable<LoggedEvent[]> {
    const { events } = this.#topic(topic)
    let from = options.fromOffset
    while (!options.signal.aborted) {
      const batch = events.slice(from - 1, from - 1 + (options.maxEvents ?? 1000))
      if (batch.length > 0) {
        from += batch.length
        yield batch
        continue
      }
      if (options.until === 'end') return
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve)
        options.signal.addEventListener('abort', () => resolve(), { once: true })
      })
    }
  }

  async range(topic: string): Promise<{ first: number; next: number }> {
    return { first: 1, next: this.#topic(topic).events.length + 1 }
  }

  consume(): AsyncIterable<Delivery> {
    throw new Error('Consumer groups are not part of this log.')
  }

  async topics(): Promise<string[]> {
    return [...this.#topics.keys()]
  }

  async close(): Promise<void> {}

  /** All of a topic, at once. */
  events(topic: string): LoggedEvent[] {
    return this.#topic(topic).events
  }

  #topic(name: string) {
    let topic = this.#topics.get(name)
    if (!topic) this.#topics.set(name, (topic = { events: [], ids: new Map() }))
    return topic
  }
}
