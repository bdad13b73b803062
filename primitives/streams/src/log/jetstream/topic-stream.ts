import { AckPolicy, DeliverPolicy, StorageType, type JetStreamManager } from '@nats-io/jetstream'
import { nanos, type NatsConnection } from '@nats-io/transport-node'
import { checkTopic } from '../check-input.ts'
import { askUntil, isNotFound } from './api-retry.ts'

export interface StreamOptions {
  prefix: string
  replicas: 1 | 3
  duplicateWindowMs: number
  retainBytes: number
  retainMs: number
  /** For requests, which are tried again until then. */
  deadlineMs: number
}

/** The server drops a reader's consumer that has not asked for so long; the reader makes another when it goes on. */
const readerIdleMs = 30_000
/** `consumer already exists` with another configuration, of servers from 2.10 on. Older ones change it. */
const consumerExists = 10148

/** What this log asks of the JetStream API for one topic: one stream, its readers and its groups. */
export class TopicStream {
  readonly stream: string
  readonly subject: string
  readonly #connection: NatsConnection
  readonly #manager: JetStreamManager
  readonly #options: StreamOptions
  #made: Promise<void> | null = null

  constructor(connection: NatsConnection, manager: JetStreamManager, options: StreamOptions, topic: string) {
    checkTopic(topic)
    this.#connection = connection
    this.#manager = manager
    this.#options = options
    this.stream = streamName(options.prefix, topic)
    this.subject = `${options.prefix}.${topic.replaceAll('.', '~')}`
  }

  /** Makes the stream where it is missing, and brings its limits to what was asked. */
  make(): Promise<void> {
    this.#made ??= this.#make().catch((error: unknown) => {
      this.#made = null
      throw error
    })
    return this.#made
  }

  /** First and next offset; those of an empty topic where there is no stream. */
  async range(): Promise<{ first: number; next: number }> {
    try {
      const { state } = await this.#ask(() => this.#manager.streams.info(this.stream))
      return { first: Math.max(1, state.first_seq), next: state.last_seq + 1 }
    } catch (error) {
      if (isNotFound(error)) return { first: 1, next: 1 }
      throw error
    }
  }

  /** Makes a consumer without acknowledgements from an offset on, and returns its name. One try: the caller decides how long. */
  async addReader(fromOffset: number): Promise<string> {
    const info = await this.#manager.consumers.add(this.stream, {
      ack_policy: AckPolicy.None,
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: fromOffset,
      inactive_threshold: nanos(readerIdleMs),
      mem_storage: true,
      num_replicas: 1,
    })
    return info.name
  }

  removeReader(name: string): void {
    // Best effort: an abandoned one ends by itself.
    if (!this.#connection.isClosed()) this.#manager.consumers.delete(this.stream, name).catch(() => {})
  }

  /** Makes the group's durable consumer where it is missing. One try. */
  async addGroup(group: string, maxInFlight: number, ackWaitMs: number): Promise<void> {
    const changeable = { ack_wait: nanos(ackWaitMs), max_ack_pending: maxInFlight }
    try {
      await this.#manager.consumers.add(this.stream, {
        durable_name: group,
        ack_policy: AckPolicy.Explicit,
        deliver_policy: DeliverPolicy.All,
        ...changeable,
      })
    } catch (error) {
      if ((error as { code?: number }).code !== consumerExists) throw error
      await this.#manager.consumers.update(this.stream, group, changeable)
    }
  }

  async #make(): Promise<void> {
    const { replicas, duplicateWindowMs, retainBytes, retainMs } = this.#options
    const wanted = {
      num_replicas: replicas,
      duplicate_window: nanos(duplicateWindowMs),
      max_bytes: Number.isFinite(retainBytes) ? retainBytes : -1,
      max_age: Number.isFinite(retainMs) ? nanos(retainMs) : 0,
    }
    await this.#ask(async () => {
      const streams = this.#manager.streams
      const found = await streams.info(this.stream).catch((error: unknown) => {
        if (isNotFound(error)) return null
        throw error
      })
      if (found === null) {
        await streams.add({
          name: this.stream,
          subjects: [this.subject],
          storage: StorageType.File,
          ...wanted,
        })
      } else if (
        Object.entries(wanted).some(([name, value]) => found.config[name as keyof typeof wanted] !== value)
      ) {
        await streams.update(this.stream, wanted)
      }
    })
  }

  #ask<Answer>(request: () => Promise<Answer>): Promise<Answer> {
    return askUntil(this.#options.deadlineMs, request)
  }
}

/** A stream's name has no dots; topics have no "~". */
function streamName(prefix: string, topic: string): string {
  return `${prefix}_${topic.replaceAll('.', '~')}`
}

export function parseTopic(prefix: string, stream: string): string | null {
  return stream.startsWith(`${prefix}_`) ? stream.slice(prefix.length + 1).replaceAll('~', '.') : null
}
