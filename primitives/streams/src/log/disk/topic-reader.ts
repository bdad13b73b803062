import type { LoggedEvent } from '../log.ts'
import type { RecordReader } from './block-codec.ts'
import { BlockReader } from './segment.ts'
import type { Segment } from './segment.ts'

/** What a reader asks of its topic. */
export interface ReadableTopic {
  /** The first offset that is still there. */
  readonly first: number
  /** The offset after the last written event. */
  readonly next: number
  readonly isClosed: boolean
  /** The segment that holds `offset`, or the first one after it. */
  segmentAt(offset: number): Segment | undefined
}

/** A place in a topic that moves forward. It asks the disk for nothing until `read` is called. */
export class TopicReader {
  readonly #topic: ReadableTopic
  #offset: number
  #blocks: BlockReader | null = null
  #records: RecordReader | null = null

  constructor(topic: ReadableTopic, fromOffset: number) {
    this.#topic = topic
    this.#offset = Math.max(1, Math.floor(fromOffset))
  }

  /** The offset it reads next. */
  get offset(): number {
    return this.#offset
  }

  /** Up to `maxEvents` events; empty only where retention or `close` took what was there. */
  async read(maxEvents: number): Promise<LoggedEvent[]> {
    const events: LoggedEvent[] = []
    const end = this.#topic.next
    this.#offset = Math.max(this.#offset, this.#topic.first)
    while (events.length < maxEvents && this.#offset < end) {
      if (this.#records === null || this.#records.left === 0) {
        if (!(await this.#nextBlock())) break
      }
      const records = this.#records!
      records.skipTo(this.#offset)
      while (records.left > 0 && events.length < maxEvents && this.#offset < end) {
        events.push(records.next())
        this.#offset += 1
      }
    }
    return events
  }

  async #nextBlock(): Promise<boolean> {
    for (;;) {
      if (this.#topic.isClosed) return false
      const segment = this.#topic.segmentAt(this.#offset)
      if (segment === undefined) return false
      this.#offset = Math.max(this.#offset, segment.baseOffset)
      if (this.#blocks?.segment !== segment)
        this.#blocks = new BlockReader(segment, segment.positionBefore(this.#offset))
      try {
        const block = await this.#blocks.next()
        if (block === null) return false
        this.#records = block.records
        if (block.header.firstOffset + block.header.records > this.#offset) return true
      } catch (error) {
        if (!segment.isRemoved) throw error
        this.#blocks = null
      }
    }
  }
}
