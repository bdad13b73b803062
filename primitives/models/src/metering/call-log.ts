import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs'
import { rename, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ids } from '@heavylift/core'
import type { MeteredCall } from './call-record.ts'

const ending = '.jsonl'

/** A file of records that takes no more of them. */
export interface Segment {
  path: string
  /** Null when they are only on disk. */
  records: MeteredCall[] | null
  /** False when some could not be written to disk. */
  isOnDisk: boolean
}

/**
 * Records on their way to the database, in a folder of files, a line each. A line is written synchronously into the
 * page cache: it survives the process, not a loss of power. One process writes to a folder.
 */
export class CallLog {
  readonly #dir: string
  readonly #ids: Ids
  #active: { path: string; fd: number | null; records: MeteredCall[]; isOnDisk: boolean } | null = null

  /** Makes the folder. */
  constructor(dir: string, ids: Ids) {
    this.#dir = dir
    this.#ids = ids
    mkdirSync(dir, { recursive: true, mode: 0o700 })
  }

  /** Files that an earlier process left, oldest first. Call it before the first `append`. */
  leftOver(): Segment[] {
    return readdirSync(this.#dir)
      .filter((name) => name.endsWith(ending))
      .toSorted()
      .map((name) => ({ path: join(this.#dir, name), records: null, isOnDisk: true }))
  }

  /** Records since the last `seal`. */
  get length(): number {
    return this.#active?.records.length ?? 0
  }

  /** Throws what the file system throws; the record is then kept in memory only. */
  append(record: MeteredCall): void {
    this.#active ??= {
      path: join(this.#dir, `${this.#ids.next('calls')}${ending}`),
      fd: null,
      records: [],
      isOnDisk: true,
    }
    const active = this.#active
    active.records.push(record)
    try {
      active.fd ??= openSync(active.path, 'a', 0o600)
      // The break comes first, so that a line that was cut off (a full disk) does not spoil the next.
      writeSync(active.fd, `\n${JSON.stringify(record)}`)
    } catch (error) {
      active.isOnDisk = false
      throw error
    }
  }

  /** Ends the file; the next record begins another one. Null when there is nothing in it. */
  seal(): Segment | null {
    if (this.#active === null) return null
    const { path, fd, records, isOnDisk } = this.#active
    this.#active = null
    if (fd !== null) closeSync(fd)
    return { path, records, isOnDisk }
  }
}

/** What a segment holds. A line that was cut off is left out and counted. */
export function readSegment(path: string): { records: MeteredCall[]; broken: number } {
  const records: MeteredCall[] = []
  let broken = 0
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line === '') continue
    try {
      records.push(JSON.parse(line) as MeteredCall)
    } catch {
      broken += 1
    }
  }
  return { records, broken }
}

/** Not by `rm`, which looks at the file first, synchronously. It may never have reached the disk. */
export async function removeSegment(path: string): Promise<void> {
  await unlink(path).catch(unlessMissing)
}

/** Takes a segment that the database refuses out of the way, for people to look at. It may never have reached the disk. */
export async function setAside(path: string): Promise<string> {
  const aside = `${path}.refused`
  await rename(path, aside).catch(unlessMissing)
  return aside
}

function unlessMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
