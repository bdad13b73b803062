import { existsSync, readdirSync, renameSync } from 'node:fs'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '@heavylift/core'
import { replaceFile } from '@heavylift/core/runtime/replace-file'
import { readCalls } from './call-lines.ts'
import { dayMs, HourSums } from './hour-sums.ts'
import type { HourRow } from './hour-sums.ts'

/*
 * What lies in the folder, and in which order it changes, so that a crash between two steps neither loses a call nor counts one twice:
 *
 *   calls_2026-11-26_<id>.jsonl        calls of one UTC day, a line each; never changed once the next one is begun
 *   calls_2026-11-26_<id>.jsonl.sums   their hourly sums, until the day's sums have them
 *   day_2026-11-26.sums                hourly sums of a day that is over; its first line names the segments that they are of
 *   past_2026-11-26.sums               the same once the day's calls are no longer kept: renamed first, then the segments go
 *
 * A segment whose sums are nowhere (the process was killed) is read again. Days begin with day_, end as past_, and stay.
 */

const segmentForm = /^calls_(\d{4}-\d\d-\d\d)_\w+\.jsonl$/
/** As the writer of the database leaves them: of any day. */
const undatedForm = /^calls_\w+\.jsonl$/
const sumsForm = /^(day|past)_(\d{4}-\d\d-\d\d)\.sums$/
const sidecarEnding = '.sums'

export const dayNameOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10)
export const segmentName = (day: string, id: string): string => `calls_${day}_${id}.jsonl`

interface DayFile {
  name: string
  day: string
  isPast: boolean
}

/** Sealed segments of calls and their sums, in a folder. One process writes to it; its methods run one after another. */
export class UsageFolder {
  readonly dir: string
  readonly #logger: Logger
  #last: Promise<unknown> = Promise.resolve()

  constructor(dir: string, logger: Logger) {
    this.dir = dir
    this.#logger = logger
  }

  path(name: string): string {
    return join(this.dir, name)
  }

  /** Names of the segments of calls that are kept, oldest first. */
  segments(): string[] {
    return this.#names()
      .filter((name) => segmentForm.test(name))
      .toSorted()
  }

  hasAny(): boolean {
    return this.#names().some((name) => segmentForm.test(name) || sumsForm.test(name))
  }

  /** Brings what an earlier process left into order: every segment has its sums, here or with its day. Call it before the first segment is begun. */
  recover(nowMs: number): Promise<void> {
    return this.#alone(async () => {
      for (const name of this.#names()) {
        if (undatedForm.test(name) && !segmentForm.test(name)) this.#date(name, nowMs)
      }
      for (const [day, names] of this.#byDay()) {
        const covered = await this.#covered(day)
        for (const name of names) {
          const sidecar = this.path(name + sidecarEnding)
          if (covered.has(name)) await rm(sidecar, { force: true })
          else if (!existsSync(sidecar)) await this.#sumUp(name)
        }
      }
    })
  }

  /** Keeps the sums of a segment that takes no more calls; `onKept` is called in the same turn as they can be read here. */
  keepSums(name: string, sums: HourSums, onKept: () => void): Promise<void> {
    return this.#alone(async () => {
      await this.#writeSums(name + sidecarEnding, [name], sums.rows())
      onKept()
    })
  }

  /**
   * Gives hourly sums of sealed segments, at least those of the range, and those that are nowhere but in memory (`inMemory`, asked
   * in the same turn).
   */
  readRows(
    range: { fromMs: number; toMs: number },
    visit: (row: HourRow) => void,
    inMemory: () => HourRow[],
  ): Promise<void> {
    // A segment may hold a call of the next day: of a clock that was set, or of an earlier release.
    const from = dayNameOf(Math.max(0, range.fromMs - dayMs))
    const to = dayNameOf(range.toMs)
    return this.#alone(async () => {
      for (const row of inMemory()) visit(row)
      for (const name of this.#names()) {
        const day = sumsForm.exec(name)?.[2]
        const isSidecar = day === undefined && name.endsWith(`.jsonl${sidecarEnding}`)
        if (isSidecar || (day !== undefined && day >= from && day <= to)) {
          for (const row of (await readSumsFile(this.path(name))).rows) visit(row)
        }
      }
    })
  }

  /** Sums of days that are over go into one file each, and calls that are older than `keepDays` whole days go. */
  tidy(nowMs: number, keepDays: number): Promise<void> {
    return this.#alone(async () => {
      const today = dayNameOf(nowMs)
      const keptFrom = dayNameOf(Math.max(0, Math.floor(nowMs / dayMs) - keepDays) * dayMs)
      for (const [day, names] of this.#byDay()) {
        if (day >= today) continue
        await this.#compact(day, names)
        if (day < keptFrom) await this.#drop(day, names)
      }
    })
  }

  async #compact(day: string, names: readonly string[]): Promise<void> {
    const open = names.filter((name) => existsSync(this.path(name + sidecarEnding)))
    if (open.length === 0) return
    const before = this.#dayFile(day)
    const sums = new HourSums()
    const known = before === null ? null : await readSumsFile(this.path(before.name))
    for (const row of known?.rows ?? []) sums.addRow(row)
    for (const name of open) {
      for (const row of (await readSumsFile(this.path(name + sidecarEnding))).rows) sums.addRow(row)
    }
    const file = before?.name ?? `day_${day}.sums`
    await this.#writeSums(file, [...(known?.segments ?? []), ...open], sums.rows())
    for (const name of open) await rm(this.path(name + sidecarEnding), { force: true })
  }

  async #drop(day: string, names: readonly string[]): Promise<void> {
    const file = this.#dayFile(day)
    if (file === null) return
    if (!file.isPast) await rename(this.path(file.name), this.path(`past_${day}.sums`))
    for (const name of names) await rm(this.path(name), { force: true })
  }

  #byDay(): Map<string, string[]> {
    const days = new Map<string, string[]>()
    for (const name of this.segments()) {
      const day = segmentForm.exec(name)?.[1] ?? ''
      days.set(day, [...(days.get(day) ?? []), name])
    }
    return days
  }

  #dayFile(day: string): DayFile | null {
    for (const isPast of [true, false]) {
      const name = `${isPast ? 'past' : 'day'}_${day}.sums`
      if (existsSync(this.path(name))) return { name, day, isPast }
    }
    return null
  }

  async #covered(day: string): Promise<ReadonlySet<string>> {
    const file = this.#dayFile(day)
    return new Set(file === null ? [] : await readSegmentNames(this.path(file.name)))
  }

  async #sumUp(name: string): Promise<void> {
    const sums = new HourSums()
    let broken = 0
    for (const call of readCalls(this.path(name))) {
      if (call === null) broken += 1
      else sums.addCall(call)
    }
    if (broken > 0) {
      this.#logger.warn({ path: this.path(name), broken }, 'lines of calls were cut off and are left out')
    }
    await this.#writeSums(name + sidecarEnding, [name], sums.rows())
  }

  /** Gives a segment of the database's writer the day of its first call. */
  #date(name: string, nowMs: number): void {
    let atMs = nowMs
    for (const call of readCalls(this.path(name))) {
      if (call === null) continue
      atMs = call.atMs
      break
    }
    const id = name.slice('calls_'.length, -'.jsonl'.length)
    renameSync(this.path(name), this.path(segmentName(dayNameOf(atMs), id)))
  }

  #writeSums(name: string, segments: readonly string[], rows: readonly HourRow[]): Promise<void> {
    const lines = [{ segments }, ...rows].map((line) => JSON.stringify(line))
    return replaceFile(this.path(name), `${lines.join('\n')}\n`)
  }

  #names(): string[] {
    return readdirSync(this.dir)
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => undefined)
    return done
  }
}

/** Days of which only the sums are kept, and the files that hold nothing but what the segments say. */
export function listSumsFiles(dir: string): { past: DayFile[]; derived: string[] } {
  const past: DayFile[] = []
  const derived: string[] = []
  for (const name of readdirSync(dir)) {
    const [, kind, day = ''] = sumsForm.exec(name) ?? []
    if (kind === 'past') past.push({ name, day, isPast: true })
    else if (name.endsWith(sidecarEnding)) derived.push(name)
  }
  return { past, derived }
}

/** @throws SyntaxError for a file that is none of ours */
export async function readSumsFile(path: string): Promise<{ segments: string[]; rows: HourRow[] }> {
  const [head = '', ...lines] = (await readFile(path, 'utf8')).trimEnd().split('\n')
  const { segments } = JSON.parse(head) as { segments: string[] }
  return { segments, rows: lines.map((line) => JSON.parse(line) as HourRow) }
}

/** The first line alone: the rows of a busy day are many. */
async function readSegmentNames(path: string): Promise<string[]> {
  const file = await open(path, 'r')
  try {
    for await (const line of file.readLines()) return (JSON.parse(line) as { segments: string[] }).segments
    return []
  } finally {
    await file.close()
  }
}
