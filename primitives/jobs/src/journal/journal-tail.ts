import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { JobEvent } from './job-event.ts'

/** Reads a job's journal on and on: each call gives what was written since the one before, by time. */
export class JournalTail {
  readonly #folder: string
  /** Bytes of each file that were read. */
  readonly #read = new Map<string, number>()

  /** `folder` is the ledger's. */
  constructor(folder: string) {
    this.#folder = join(folder, 'journal')
  }

  async next(): Promise<JobEvent[]> {
    const names = await readdir(this.#folder).catch(() => [])
    const events: JobEvent[] = []
    for (const name of names) events.push(...(await this.#more(name)))
    return events.sort((a, b) => a.atMs - b.atMs)
  }

  async #more(name: string): Promise<JobEvent[]> {
    const from = this.#read.get(name) ?? 0
    const file = await open(join(this.#folder, name))
    try {
      const { size } = await file.stat()
      if (size <= from) return []
      const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from)
      // What follows the last line break is still being written.
      const end = buffer.subarray(0, bytesRead).lastIndexOf(10) + 1
      this.#read.set(name, from + end)
      return buffer
        .subarray(0, end)
        .toString()
        .split('\n')
        .slice(0, -1)
        .flatMap((line) => parse(line))
    } finally {
      await file.close()
    }
  }
}

/** A line that a full disk or a power cut broke says nothing. */
function parse(line: string): JobEvent[] {
  try {
    return [JSON.parse(line) as JobEvent]
  } catch {
    return []
  }
}
