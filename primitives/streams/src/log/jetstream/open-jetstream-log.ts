import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { InvalidInputError } from '@heavylift/core'
import { checkEvents, checkGroup } from '../check-input.ts'
import type { Delivery, GroupOptions, Log, LoggedEvent, ReadOptions } from '../log.ts'
import { logClosed } from '../stream-errors.ts'
import { askUntil } from './api-retry.ts'
import { connectNats, requestTimeoutMs, type NatsServers } from './connect-nats.ts'
import { consumeGroup } from './consume-group.ts'
import { Link } from './link.ts'
import { Publisher } from './publisher.ts'
import { readStream } from './read-stream.ts'
import { parseTopic, TopicStream, type StreamOptions } from './topic-stream.ts'

export interface JetStreamLogOptions extends NatsServers {
  /** Copies of each topic: 1, or 3 on a cluster of at least three, which goes on while one of them is away. Default 1. */
  replicas?: 1 | 3
  /** Begins the names of streams and subjects, so that several installations share servers. Default `heavylift`. */
  prefix?: string
  /** An id is known as a duplicate for so long after its append. The servers hold these ids in memory. Default 2 minutes. */
  duplicateWindowMs?: number
  /** The oldest events are removed while a topic is larger. Default: no limit. */
  retainBytes?: number
  /** Older events are removed. Default: no limit. */
  retainMs?: number
  /** Messages on their way to the server at once, for each topic. Default 256. */
  windowMessages?: number
  /** A message without acknowledgement is sent again after so long. Default 400. */
  ackTimeoutMs?: number
  /** After so long without success an append is rejected as retryable; longer than an election takes (4 to 9 s). Default 20 s. */
  deadlineMs?: number
}

const windowBytes = 8 * 1024 * 1024

/**
 * Connects to NATS servers (2.9 or later) with JetStream. `append` resolves when a majority of the replicas has an event;
 * servers write to the disk every two minutes by default (`sync_interval`), so a power loss of a majority may lose more.
 * Throws a `StreamUnavailableError` when no server answers until the deadline.
 */
export async function openJetStreamLog(options: JetStreamLogOptions): Promise<Log> {
  const { deadlineMs = 20_000, prefix = 'heavylift' } = options
  if (!/^[A-Za-z0-9-]{1,60}$/.test(prefix)) {
    throw new InvalidInputError({
      code: 'log-prefix-invalid',
      message: `The prefix ${JSON.stringify(prefix)} must hold 1 to 60 letters, digits and "-".`,
    })
  }
  const connection = await connectNats(options, deadlineMs)
  const manager = await jetstreamManager(connection, { timeout: requestTimeoutMs, checkAPI: false })
  return new JetStreamLog(connection, manager, {
    prefix,
    deadlineMs,
    replicas: options.replicas ?? 1,
    duplicateWindowMs: options.duplicateWindowMs ?? 120_000,
    retainBytes: options.retainBytes ?? Infinity,
    retainMs: options.retainMs ?? Infinity,
    windowMessages: options.windowMessages ?? 256,
    ackTimeoutMs: options.ackTimeoutMs ?? 400,
  })
}

class JetStreamLog implements Log {
  readonly #link: Link
  readonly #manager: JetStreamManager
  readonly #options: StreamOptions & { windowMessages: number; ackTimeoutMs: number }
  readonly #topics = new Map<string, { stream: TopicStream; publisher: Publisher }>()
  readonly #closing = new AbortController()

  constructor(
    connection: NatsConnection,
    manager: JetStreamManager,
    options: StreamOptions & { windowMessages: number; ackTimeoutMs: number },
  ) {
    this.#link = new Link(connection)
    this.#manager = manager
    this.#options = options
  }

  async append(...[name, events]: Parameters<Log['append']>): ReturnType<Log['append']> {
    checkEvents(events)
    const { stream, publisher } = this.#topic(name)
    await stream.make()
    return publisher.append(events)
  }

  async *read(topic: string, options: ReadOptions): AsyncGenerator<LoggedEvent[], void, undefined> {
    const signal = AbortSignal.any([options.signal, this.#closing.signal])
    try {
      yield* readStream(this.#link, this.#topic(topic).stream, { ...options, signal })
    } catch (error) {
      // Whatever was under way when it was aborted or closed is no longer asked for.
      if (!signal.aborted) throw error
    }
  }

  async range(topic: string): Promise<{ first: number; next: number }> {
    return this.#topic(topic).stream.range()
  }

  async *consume(topic: string, options: GroupOptions): AsyncGenerator<Delivery, void, undefined> {
    checkGroup(options.group)
    const signal = AbortSignal.any([options.signal, this.#closing.signal])
    yield* consumeGroup(
      this.#link,
      this.#topic(topic).stream,
      { ...options, signal },
      this.#options.deadlineMs,
    )
  }

  async topics(): Promise<string[]> {
    const { prefix, deadlineMs } = this.#options
    return askUntil(deadlineMs, async () => {
      const names: string[] = []
      for await (const { config, state } of this.#manager.streams.list(`${prefix}.>`)) {
        const topic = parseTopic(prefix, config.name)
        if (topic !== null && state.last_seq > 0) names.push(topic)
      }
      return names.sort()
    })
  }

  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return
    this.#closing.abort()
    for (const { publisher } of this.#topics.values()) publisher.close()
    await this.#link.connection.flush().catch(() => {})
    await this.#link.connection.close()
  }

  #topic(name: string): { stream: TopicStream; publisher: Publisher } {
    if (this.#closing.signal.aborted) throw logClosed()
    let topic = this.#topics.get(name)
    if (topic === undefined) {
      const stream = new TopicStream(this.#link.connection, this.#manager, this.#options, name)
      topic = {
        stream,
        publisher: new Publisher(this.#link, stream.subject, { ...this.#options, windowBytes }),
      }
      this.#topics.set(name, topic)
    }
    return topic
  }
}
