import { closeSync, fdatasync, mkdirSync, openSync, writeSync } from 'node:fs'
import { promisify } from 'node:util'
import type { CoreServices } from '@heavylift/core'
import { isSampleModel } from '../../table/sample-names.ts'
import type { CallRecord } from '../call-record.ts'
import { keptText } from '../kept-text.ts'
import type { CallText } from '../meter.ts'
import type { UsageReport, UsageQuery } from '../usage-report.ts'
import type { CallFilter, UsageStore } from '../usage-store.ts'
import type { SpentRow } from '../../admission/limits.ts'
import { listCalls, readCall } from './list-calls.ts'
import { dayMs, HourSums, SpentSummary, UsageSummary } from './hour-sums.ts'
import { dayNameOf, segmentName, UsageFolder } from './usage-folder.ts'

export interface FileUsageOptions {
  services: Pick<CoreServices, 'clock' | 'ids' | 'log'>
  dir: string
  /** `log.keepDays` of the table, asked each hour. */
  keepDays: () => number
  /** A segment takes no more calls from here on. */
  maxSegmentBytes?: number
}

/** The segment that takes calls. */
interface OpenSegment {
  name: string
  dayNumber: number
  fd: number
  bytes: number
  sums: HourSums
  isDirty: boolean
  /** Settles when what was asked of the disk is done; never rejects. */
  synced: Promise<void>
}

const syncEveryMs = 1_000
const tidyEveryMs = 3_600_000
/** Calls that the disk did not take wait in memory, up to this many. */
const maxWaiting = 10_000
const datasync = promisify(fdatasync)

/**
 * Usage in a folder of files, for a gateway without a database. A call is a line that is written into the page cache before
 * its answer ends, so that it survives the process, and on the disk within a second, so that a loss of power costs at most that.
 * Sample traffic is not kept.
 */
export class FileUsage implements UsageStore {
  readonly #options: FileUsageOptions
  readonly #folder: UsageFolder
  readonly #maxBytes: number
  readonly #timers: NodeJS.Timeout[]
  #open: OpenSegment | null = null
  /** Sums of segments that are sealed and whose sums are not on disk yet. */
  readonly #sealing = new Map<string, HourSums>()
  #sealed: Promise<void> = Promise.resolve()
  #waiting: { call: CallRecord; text: CallText | undefined }[] = []
  unwritten = 0

  private constructor(options: FileUsageOptions) {
    this.#options = options
    this.#folder = new UsageFolder(options.dir, options.services.log)
    this.#maxBytes = options.maxSegmentBytes ?? 8 * 1024 * 1024
    this.#timers = [
      setInterval(() => this.#settle(), syncEveryMs).unref(),
      setInterval(() => void this.#tidy(), tidyEveryMs).unref(),
    ]
  }

  /** Makes the folder where there is none, and takes in what an earlier process left. */
  static async open(options: FileUsageOptions): Promise<FileUsage> {
    mkdirSync(options.dir, { recursive: true, mode: 0o700 })
    const usage = new FileUsage(options)
    await usage.#folder.recover(options.services.clock.nowMs())
    await usage.#tidy()
    return usage
  }

  add(call: CallRecord, text?: CallText): void {
    if (isSampleModel(call.model)) return
    try {
      this.#write(call, text)
    } catch (error) {
      this.unwritten += 1
      if (this.unwritten === 1) {
        this.#options.services.log.error({ error }, 'cannot write calls to disk; they wait in memory')
      }
      if (this.#waiting.length < maxWaiting) this.#waiting.push({ call, text })
    }
  }

  async flush(): Promise<void> {
    this.#retry()
    await this.#sync()
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer)
    try {
      this.#retry()
    } catch (error) {
      const { log } = this.#options.services
      log.error({ error, calls: this.#waiting.length }, 'calls could not be written to disk and are lost')
    }
    this.#seal()
    await this.#sealed
  }

  async listCalls(filter: CallFilter): Promise<CallRecord[]> {
    return listCalls(this.#folder, filter)
  }

  async readCall(tenantId: string | null, id: string) {
    return readCall(this.#folder, tenantId, id)
  }

  async readUsage(query: UsageQuery): Promise<UsageReport> {
    const summary = new UsageSummary(query)
    await this.#readRows(query, summary)
    return summary.report()
  }

  async readSpent(nowMs: number): Promise<SpentRow[]> {
    const summary = new SpentSummary(nowMs)
    await this.#readRows({ fromMs: summary.fromMs, toMs: nowMs + 1 }, summary)
    return summary.rows()
  }

  hasCalls(): Promise<boolean> {
    return Promise.resolve(this.#folder.hasAny())
  }

  removeSamples(): Promise<void> {
    return Promise.resolve()
  }

  async #readRows(
    range: { fromMs: number; toMs: number },
    summary: Pick<UsageSummary, 'add'>,
  ): Promise<void> {
    // Read in turn with what moves sums from place to place, so that each row is in one of them.
    await this.#folder.readRows(
      range,
      (row) => summary.add(row),
      () =>
        [...this.#sealing.values(), ...(this.#open === null ? [] : [this.#open.sums])].flatMap((sums) =>
          sums.rows(),
        ),
    )
  }

  #write(call: CallRecord, text: CallText | undefined): void {
    const dayNumber = Math.floor(call.atMs / dayMs)
    let open = this.#open
    if (open !== null && (open.dayNumber !== dayNumber || open.bytes >= this.#maxBytes)) {
      this.#seal()
      open = null
    }
    open ??= this.#open = this.#begin(dayNumber)
    // The break comes first, so that a line that was cut off (a full disk) does not spoil the next.
    const line = `\n${JSON.stringify(text === undefined ? call : { ...call, text: keptText(text) })}`
    open.isDirty = true
    open.bytes += writeSync(open.fd, line)
    open.sums.addCall(call)
  }

  #begin(dayNumber: number): OpenSegment {
    const name = segmentName(dayNameOf(dayNumber * dayMs), this.#options.services.ids.next('log'))
    const fd = openSync(this.#folder.path(name), 'a', 0o600)
    return { name, dayNumber, fd, bytes: 0, sums: new HourSums(), isDirty: false, synced: Promise.resolve() }
  }

  /** Ends the segment; the next call begins another one. */
  #seal(): void {
    const open = this.#open
    if (open === null) return
    this.#open = null
    const { name, fd, sums } = open
    this.#sealing.set(name, sums)
    this.#sealed = Promise.all([this.#sealed, this.#syncOpen(open)])
      .then(() => this.#folder.keepSums(name, sums, () => this.#sealing.delete(name)))
      .catch((error: unknown) => {
        // They are computed from the calls at the next start.
        this.#options.services.log.warn({ error, name }, 'cannot keep the sums of calls')
      })
      .finally(() => closeSync(fd))
  }

  #sync(): Promise<void> {
    return this.#open === null ? this.#sealed : this.#syncOpen(this.#open)
  }

  /** Resolves when what is in the segment now is on the disk, or could not be brought there. */
  #syncOpen(open: OpenSegment): Promise<void> {
    if (!open.isDirty) return open.synced
    open.isDirty = false
    return (open.synced = open.synced
      .then(() => datasync(open.fd))
      .catch((error: unknown) => {
        open.isDirty = true
        this.#options.services.log.warn({ error }, 'calls could not be brought from memory to the disk')
      }))
  }

  #settle(): void {
    try {
      this.#retry()
    } catch {
      // Said at the first; tried again in a second.
    }
    void this.#sync()
  }

  #retry(): void {
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      this.#write(next.call, next.text)
      this.#waiting.shift()
    }
  }

  async #tidy(): Promise<void> {
    const { clock, log } = this.#options.services
    const nowMs = clock.nowMs()
    if (this.#open !== null && this.#open.dayNumber < Math.floor(nowMs / dayMs)) this.#seal()
    try {
      await this.#sealed
      await this.#folder.tidy(nowMs, this.#options.keepDays())
    } catch (error) {
      log.warn({ error }, 'cannot sum up or drop old calls; it is tried again in an hour')
    }
  }
}
