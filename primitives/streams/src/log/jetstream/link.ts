import type { NatsConnection } from '@nats-io/transport-node'

/**
 * A log's connection, and word of its loss: what was on its way to a server that is gone is asked for again over the next
 * one, without waiting for a timeout.
 */
export class Link {
  readonly connection: NatsConnection
  isUp = true
  readonly #listeners = new Set<() => void>()

  constructor(connection: NatsConnection) {
    this.connection = connection
    this.#follow().catch(() => {})
  }

  /** Calls `listener` after each loss and each return; gives back what ends that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async #follow(): Promise<void> {
    for await (const { type } of this.connection.status()) {
      if (type !== 'disconnect' && type !== 'reconnect') continue
      this.isUp = type === 'reconnect'
      for (const listener of this.#listeners) listener()
    }
  }
}
