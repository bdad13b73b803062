import type { Logger } from '@heavylift/core'
import { readSegment, removeSegment, setAside, type CallLog, type Segment } from './call-log.ts'
import type { MeteredCall } from './call-record.ts'

export interface CallWriterOptions {
  log: CallLog
  /** Writes records in one go; the same record twice counts once. */
  write: (records: MeteredCall[]) => Promise<void>
  logger: Logger
  /** How long a record waits for others. */
  delayMs?: number
  /** A segment is full at this many. */
  maxRows?: number
  /** Records that wait in memory; those beyond are read back from disk when it is their turn. */
  maxRowsInMemory?: number
}

const firstPauseMs = 500
const longestPauseMs = 10_000

/**
 * Brings records to the database in batches. A batch is a sealed segment of the log; its file goes when the database has
 * it. While the database is away, segments fill up on disk, and it is tried again after growing pauses. What an earlier
 * process left is written first.
 */
export class CallWriter {
  readonly #log: CallLog
  readonly #write: (records: MeteredCall[]) => Promise<void>
  readonly #logger: Logger
  readonly #delayMs: number
  readonly #maxRows: number
  readonly #maxRowsInMemory: number
  readonly #sealed: Segment[]
  #rowsInMemory = 0
  #timer: NodeJS.Timeout | null = null
  #running: Promise<void> | null = null
  /** 0 while the database answers. */
  #pauseMs = 0
  #isClosed = false
  /** Records that could not be put on disk; they are in memory only until the database has them. */
  unwritten = 0

  constructor(options: CallWriterOptions) {
    this.#log = options.log
    this.#write = options.write
    this.#logger = options.logger
    this.#delayMs = options.delayMs ?? 200
    this.#maxRows = options.maxRows ?? 1000
    this.#maxRowsInMemory = options.maxRowsInMemory ?? 20_000
    this.#sealed = options.log.leftOver()
    if (this.#sealed.length > 0) this.#wake(0)
  }

  /** Never throws. */
  add(record: MeteredCall): void {
    try {
      this.#log.append(record)
    } catch (error) {
      this.unwritten += 1
      if (this.unwritten === 1) {
        this.#logger.error(
          { error },
          'cannot write calls to disk; they are kept in memory until the database has them',
        )
      }
    }
    if (this.#log.length >= this.#maxRows) {
      this.#seal()
      if (this.#pauseMs === 0) void this.#attempt()
    } else this.#wake(this.#delayMs)
  }

  /** Resolves when the database has all that was added; rejects with its error. */
  async flush(): Promise<void> {
    this.#seal()
    while (this.#sealed.length > 0) await this.#run()
  }

  /** Tries once to write what is left; the next process writes what then remains. */
  async close(): Promise<void> {
    this.#isClosed = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    try {
      await this.flush()
    } catch (error) {
      this.#logger.warn({ error }, 'calls wait on disk for the database; the next start writes them')
    }
  }

  #wake(afterMs: number): void {
    if (this.#isClosed) return
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      this.#seal()
      void this.#attempt()
    }, afterMs).unref()
  }

  #seal(): void {
    const segment = this.#log.seal()
    if (!segment) return
    const rows = segment.records?.length ?? 0
    if (segment.isOnDisk && this.#rowsInMemory + rows > this.#maxRowsInMemory) segment.records = null
    else this.#rowsInMemory += rows
    this.#sealed.push(segment)
  }

  async #attempt(): Promise<void> {
    try {
      await this.#run()
      if (this.#pauseMs > 0) this.#logger.info({}, 'calls are written to the database again')
      this.#pauseMs = 0
    } catch (error) {
      if (this.#pauseMs === 0) {
        this.#logger.warn({ error }, 'cannot write calls to the database; they wait on disk')
      }
      this.#pauseMs = Math.min(longestPauseMs, Math.max(firstPauseMs, this.#pauseMs * 2))
      this.#wake(this.#pauseMs)
    }
  }

  #run(): Promise<void> {
    this.#running ??= this.#drain().finally(() => {
      this.#running = null
    })
    return this.#running
  }

  async #drain(): Promise<void> {
    for (let segment = this.#sealed[0]; segment; segment = this.#sealed[0]) {
      await this.#store(segment)
      this.#sealed.shift()
      this.#rowsInMemory -= segment.records?.length ?? 0
    }
  }

  async #store(segment: Segment): Promise<void> {
    const { path } = segment
    const { records, broken } = segment.records ? { records: segment.records, broken: 0 } : readSegment(path)
    if (broken > 0) this.#logger.warn({ path, broken }, 'lines of calls were cut off and are left out')
    try {
      await this.#write(records)
    } catch (error) {
      if (!isRefusal(error)) throw error
      const aside = await setAside(path)
      this.#logger.error({ error, path: aside }, 'the database refuses these calls; they are set aside')
      return
    }
    await removeSegment(path)
  }
}

/** SQLSTATE classes of what is wrong with the rows themselves: trying again would hold up all that come after. */
function isRefusal(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && /^(22|23|54)/.test(code) && code.length === 5
}
