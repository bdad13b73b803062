import { createHash } from 'node:crypto'
import { JetStreamApiError, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream'
import { Kvm, type KV } from '@nats-io/kv'
import type { NatsConnection } from '@nats-io/transport-node'
import { z } from 'zod'
import { askUntil } from '../log/jetstream/api-retry.ts'
import { connectNats, requestTimeoutMs, type NatsServers } from '../log/jetstream/connect-nats.ts'
import type { Snapshot, StateStore } from './state-store.ts'

export interface NatsStateStoreOptions extends NatsServers {
  /** Copies of each snapshot. Default 1. */
  replicas?: 1 | 3
  /** Default `heavylift-states`. */
  bucket?: string
  /** After so long without success a call is rejected as retryable. Default 20 s. */
  deadlineMs?: number
}

const keep = 2
/** NATS lets 1 MiB through by default. */
const chunkBytes = 512 * 1024
const chunksAtOnce = 8
const wrongLastSequence = 10071

const headSchema = z.array(z.object({ offset: z.number(), sha256: z.string(), chunks: z.number() }))
type Head = z.infer<typeof headSchema>

/**
 * Snapshots in a NATS key-value bucket, in chunks of 512 kB. `<name>.<version>.head` lists the two newest with their SHA-256
 * and moves by compare-and-set after the chunks are there, so several processors may save at once, and one that dies leaves the
 * head as it was.
 */
export class NatsStateStore implements StateStore {
  readonly #connection: NatsConnection
  readonly #manager: JetStreamManager
  readonly #kv: KV
  readonly #bucket: string
  readonly #deadlineMs: number

  private constructor(
    connection: NatsConnection,
    manager: JetStreamManager,
    kv: KV,
    bucket: string,
    deadlineMs: number,
  ) {
    this.#connection = connection
    this.#manager = manager
    this.#kv = kv
    this.#bucket = bucket
    this.#deadlineMs = deadlineMs
  }

  /** Makes the bucket where it is missing. Throws a `StreamUnavailableError` when no server answers until the deadline. */
  static async open(options: NatsStateStoreOptions): Promise<NatsStateStore> {
    const { replicas = 1, bucket = 'heavylift-states', deadlineMs = 20_000 } = options
    const connection = await connectNats(options, deadlineMs)
    try {
      const manager = await jetstreamManager(connection, { timeout: requestTimeoutMs, checkAPI: false })
      const kv = await askUntil(deadlineMs, () =>
        new Kvm(connection).create(bucket, { replicas, history: 1, timeout: requestTimeoutMs }),
      )
      return new NatsStateStore(connection, manager, kv, bucket, deadlineMs)
    } catch (error) {
      await connection.close()
      throw error
    }
  }

  async load(name: string, version: number): Promise<Snapshot | null> {
    const prefix = prefixOf(name, version)
    // A saver may remove chunks between the head and them; the head has then moved on.
    for (let attempt = 1; ; attempt++) {
      const { head } = await this.#head(prefix)
      for (const { offset, sha256, chunks } of head) {
        const bytes = await this.#chunks(`${prefix}.${offset}.${sha256}`, chunks)
        if (bytes && checksum(bytes) === sha256) return { offset, bytes }
      }
      if (head.length === 0 || attempt === 3) return null
    }
  }

  async save(name: string, version: number, offset: number, bytes: Uint8Array): Promise<void> {
    const prefix = prefixOf(name, version)
    const isOld = (head: Head) => head.some((held) => held.offset >= offset)
    if (isOld((await this.#head(prefix)).head)) return
    const sha256 = checksum(bytes)
    const chunks = Math.ceil(bytes.length / chunkBytes)
    const key = `${prefix}.${offset}.${sha256}`
    for (let from = 0; from < chunks; from += chunksAtOnce) {
      const some = Array.from({ length: Math.min(chunksAtOnce, chunks - from) }, (_, i) => from + i)
      await Promise.all(
        some.map((i) =>
          this.#ask(() => this.#kv.put(`${key}.${i}`, bytes.subarray(i * chunkBytes, (i + 1) * chunkBytes))),
        ),
      )
    }
    for (;;) {
      const { head, revision } = await this.#head(prefix)
      if (isOld(head)) {
        if (!head.some((held) => held.offset === offset && held.sha256 === sha256)) await this.#remove(key)
        return
      }
      const all = [{ offset, sha256, chunks }, ...head]
      if (!(await this.#moveHead(prefix, all.slice(0, keep), revision))) continue
      for (const old of all.slice(keep)) await this.#remove(`${prefix}.${old.offset}.${old.sha256}`)
      return
    }
  }

  async close(): Promise<void> {
    await this.#connection.close()
  }

  async #head(prefix: string): Promise<{ head: Head; revision: number }> {
    const entry = await this.#ask(() => this.#kv.get(`${prefix}.head`))
    return entry
      ? { head: headSchema.parse(entry.json()), revision: entry.revision }
      : { head: [], revision: 0 }
  }

  /** False when another has moved it since `revision`. */
  #moveHead(prefix: string, head: Head, revision: number): Promise<boolean> {
    return this.#ask(async () => {
      try {
        const key = `${prefix}.head`
        if (revision === 0) await this.#kv.create(key, JSON.stringify(head))
        else await this.#kv.update(key, JSON.stringify(head), revision)
        return true
      } catch (error) {
        if (error instanceof JetStreamApiError && error.code === wrongLastSequence) return false
        throw error
      }
    })
  }

  /** Null when one is missing. */
  async #chunks(key: string, count: number): Promise<Uint8Array | null> {
    const parts: Uint8Array[] = []
    for (let i = 0; i < count; i++) {
      const entry = await this.#ask(() => this.#kv.get(`${key}.${i}`))
      if (entry === null) return null
      parts.push(entry.value)
    }
    return Buffer.concat(parts)
  }

  /** By the stream below the bucket: the bucket's own way leaves a marker for each key for good. */
  async #remove(key: string): Promise<void> {
    const filter = `$KV.${this.#bucket}.${key}.*`
    await this.#ask(() => this.#manager.streams.purge(`KV_${this.#bucket}`, { filter }))
  }

  #ask<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    return askUntil(this.#deadlineMs, ask)
  }
}

/** Keys of a bucket hold fewer characters than names. */
function prefixOf(name: string, version: number): string {
  return `${Buffer.from(name).toString('base64url')}.${version}`
}

function checksum(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
