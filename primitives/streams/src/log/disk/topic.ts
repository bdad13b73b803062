import { mkdir, open, unlink } from 'node:fs/promises'
import type { Clock, Logger } from '@heavylift/core'
import { Wakeup } from '@heavylift/core/async'
import { sum } from '@heavylift/core/math'
import type { Appended, LogEvent, LoggedEvent, ReadOptions } from '../log.ts'
import { logClosed, StreamUnavailableError } from '../stream-errors.ts'
import { BlockWriter } from './block-codec.ts'
import { IdWindow } from './id-window.ts'
import { recoverTopic } from './recover-topic.ts'
import { openSegment, type Segment } from './segment.ts'
import { TopicReader } from './topic-reader.ts'
import type { ReadableTopic } from './topic-reader.ts'

export interface TopicOptions {
  fsync: 'never' | 'batch' | 'interval'
  segmentBytes: number
  duplicateWindow: number
  retainBytes: number
  retainMs: number
  clock: Clock
  logger: Logger
}

/** A block is closed at this size, so that one write stays bounded however much is waiting. */
const blockBytes = 4 * 1024 * 1024

interface Block {
  /** Where it was written; null until then. */
  place: { segment: Segment; position: number } | null
  writer: BlockWriter
  firstOffset: number
  appendedAtMs: number
  waiters: { resolve: () => void; reject: (error: unknown) => void }[]
}

/**
 * One topic. Appends are encoded at once into the waiting block and get their offsets; one write at a time takes all that
 * is waiting (group commit). Events are seen by readers once they are written, and in an order that never changes.
 */
export class Topic implements ReadableTopic {
  readonly #folder: string
  readonly #options: TopicOptions
  readonly #ids: IdWindow
  #segments: Segment[] = []
  #assigned = 1
  #next = 1
  #waiting: Block[] = []
  #spare: BlockWriter[] = []
  #writing: Promise<void> | null = null
  #isDirty = false
  #isClosed = false
  /** Why the topic takes no more appends: after a failed fsync nobody knows what the disk holds (until it is opened again). */
  #broken: unknown = null
  readonly #changed = new Wakeup()
  readonly #listeners: (() => void)[] = []

  private constructor(folder: string, options: TopicOptions) {
    this.#folder = folder
    this.#options = options
    this.#ids = new IdWindow(options.duplicateWindow)
  }

  static async open(folder: string, options: TopicOptions): Promise<Topic> {
    const topic = new Topic(folder, options)
    await mkdir(folder, { recursive: true })
    const { segments, next } = await recoverTopic(folder, topic.#ids, options.duplicateWindow, options.logger)
    topic.#segments = segments
    topic.#assigned = next
    topic.#next = next
    return topic
  }

  get first(): number {
    return this.#segments[0]?.baseOffset ?? 1
  }
  /** The offset after the last written event. */
  get next(): number {
    return this.#next
  }
  get isClosed(): boolean {
    return this.#isClosed
  }

  /** The segment that holds `offset`, or the first one after it. */
  segmentAt(offset: number): Segment | undefined {
    let found = this.#segments[0]
    for (let i = this.#segments.length - 1; i >= 0; i--) {
      if (this.#segments[i]!.baseOffset <= offset) {
        found = this.#segments[i]
        break
      }
    }
    return found
  }

  append(events: readonly LogEvent[]): Promise<Appended[]> {
    if (this.#isClosed) return Promise.reject(logClosed())
    if (this.#broken !== null) return Promise.reject(this.#unavailable(this.#broken))
    const appended: Appended[] = []
    let block = this.#openBlock()
    for (let i = 0; i < events.length; i++) {
      const event = events[i]!
      const known = this.#ids.offsetOf(event.id)
      if (known !== undefined) {
        appended.push({ offset: known, duplicate: true })
        continue
      }
      if (block.writer.bytes >= blockBytes) {
        block = this.#newBlock()
        this.#waiting.push(block)
      }
      block.writer.add(event)
      this.#ids.add(event.id, this.#assigned)
      appended.push({ offset: this.#assigned++, duplicate: false })
    }
    // Duplicates wait too: the first of them may still be on its way to the disk.
    return new Promise((resolve, reject) => {
      block.waiters.push({ resolve: () => resolve(appended), reject })
      this.#writing ??= this.#write()
    })
  }

  async *read(options: ReadOptions): AsyncGenerator<LoggedEvent[], void, undefined> {
    const { signal, maxEvents = 1000 } = options
    const end = options.until === 'end' ? this.#next : Infinity
    const reader = new TopicReader(this, options.fromOffset)
    while (!signal.aborted && !this.#isClosed) {
      if (reader.offset >= end) return
      if (reader.offset >= this.#next) {
        await this.#changed.wait({ signal })
        continue
      }
      const batch = await reader.read(Math.min(maxEvents, end - reader.offset))
      if (batch.length > 0) yield batch
      else if (end !== Infinity) return
    }
  }

  /** Calls `listener` after every write and at `close`. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener)
  }

  /** Writes to the disk what so far is only with the system. */
  async sync(): Promise<void> {
    if (!this.#isDirty || this.#broken !== null) return
    this.#isDirty = false
    try {
      await this.#segments.at(-1)?.file.datasync()
    } catch (error) {
      this.#broken = error
      this.#options.logger.error(
        { err: error, folder: this.#folder },
        'fsync failed; the topic takes no more appends.',
      )
    }
  }

  /** Removes whole segments from the front while the topic is larger or older than it may be; never the last one. */
  async retain(): Promise<void> {
    const oldest = this.#options.clock.nowMs() - this.#options.retainMs
    let bytes = sum(this.#segments, ({ size }) => size)
    while (this.#segments.length > 1) {
      const segment = this.#segments[0]!
      if (bytes <= this.#options.retainBytes && segment.lastAppendedAtMs >= oldest) return
      this.#segments.shift()
      segment.isRemoved = true
      bytes -= segment.size
      await segment.file.close()
      await unlink(segment.path)
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    while (this.#writing !== null) await this.#writing
    if (this.#options.fsync !== 'never') await this.sync()
    this.#wake()
    for (const segment of this.#segments) {
      segment.isRemoved = true
      await segment.file.close()
    }
  }

  #openBlock(): Block {
    const last = this.#waiting.at(-1)
    if (last !== undefined) return last
    const block = this.#newBlock()
    this.#waiting.push(block)
    return block
  }

  #newBlock(): Block {
    const writer = this.#spare.pop() ?? new BlockWriter()
    return {
      place: null,
      writer,
      firstOffset: this.#assigned,
      appendedAtMs: this.#options.clock.nowMs(),
      waiters: [],
    }
  }

  async #write(): Promise<void> {
    // Appends made in the same turn share the first write.
    await Promise.resolve()
    while (this.#waiting.length > 0) {
      const blocks = this.#waiting
      this.#waiting = []
      try {
        for (const block of blocks) await this.#writeBlock(block)
        if (this.#options.fsync === 'batch') {
          await this.sync()
          if (this.#broken !== null) throw this.#broken
        }
      } catch (error) {
        await this.#undo(blocks, error)
        continue
      }
      for (const block of blocks) this.#publish(block)
      for (const block of blocks) {
        for (const waiter of block.waiters) waiter.resolve()
        block.writer.reset()
        if (this.#spare.length < 4) this.#spare.push(block.writer)
      }
      this.#wake()
    }
    this.#writing = null
  }

  async #writeBlock(block: Block): Promise<void> {
    if (block.writer.records === 0) return
    const bytes = block.writer.seal(block.firstOffset, block.appendedAtMs)
    let segment = this.#segments.at(-1)
    if (segment === undefined || segment.written >= this.#options.segmentBytes)
      segment = await this.#roll(block.firstOffset)
    const position = segment.written
    while (segment.written < position + bytes.length) {
      const done = segment.written - position
      const result = await segment.file.write(bytes, done, bytes.length - done, segment.written)
      segment.written += result.bytesWritten
    }
    block.place = { segment, position }
    this.#isDirty = true
  }

  /** Lets readers see a block. Only now: until a whole write is safe, what it wrote may have to be cut off again. */
  #publish(block: Block): void {
    this.#next = block.firstOffset + block.writer.records
    if (block.place === null) return
    const { segment, position } = block.place
    segment.note(block.firstOffset, position)
    segment.size = position + block.writer.bytes
    segment.lastAppendedAtMs = block.appendedAtMs
  }

  /** Starts the next file. The one before goes to the disk whatever the policy, so that only the last can ever be torn. */
  async #roll(baseOffset: number): Promise<Segment> {
    await this.sync()
    if (this.#broken !== null) throw this.#broken
    const segment = await openSegment(this.#folder, baseOffset, 'create')
    this.#segments.push(segment)
    const folder = await open(this.#folder, 'r')
    await folder.sync().finally(() => folder.close())
    await this.retain()
    return segment
  }

  /** Takes back what a failed write left, so that the same events can be appended again and get the same offsets. */
  async #undo(blocks: readonly Block[], cause: unknown): Promise<void> {
    const all = [...blocks, ...this.#waiting]
    this.#waiting = []
    this.#assigned = this.#next
    this.#ids.dropFrom(this.#next)
    try {
      await this.#cutUnpublished()
    } catch (error) {
      this.#broken = error
    }
    const error = this.#unavailable(cause)
    for (const block of all) for (const waiter of block.waiters) waiter.reject(error)
  }

  async #cutUnpublished(): Promise<void> {
    while ((this.#segments.at(-1)?.baseOffset ?? 0) >= this.#next) {
      const segment = this.#segments.pop()!
      segment.isRemoved = true
      await segment.file.close()
      await unlink(segment.path)
    }
    const segment = this.#segments.at(-1)
    if (segment === undefined) return
    segment.written = segment.size
    await segment.file.truncate(segment.size)
  }

  #wake(): void {
    this.#changed.wake()
    for (const listener of this.#listeners) listener()
  }

  #unavailable(cause: unknown): StreamUnavailableError {
    return new StreamUnavailableError({
      message: `The log could not write to ${this.#folder}: ${cause instanceof Error ? cause.message : String(cause)}. Check the disk's space and health, then append the same events again.`,
      cause,
    })
  }
}
