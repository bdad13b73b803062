import { randomUUID } from 'node:crypto'
import { access, appendFile, link, open, readFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { NotFoundError, systemClock } from '@heavylift/core'
import type { Clock } from '@heavylift/core'
import type { JobEvent, JobHappening } from '../journal/job-event.ts'
import { JournalTail } from '../journal/journal-tail.ts'
import type { FailedAttempt, Outcome, TaskFailure } from '../task/task.ts'
import { decodeValue, encodeValue } from '../task/value-codec.ts'
import { chunkRange, jobFile, type JobFile } from './job-file.ts'

/**
 * A job on disk, the only truth about it; any number of threads, processes and machines may work on one at once.
 *
 *     job.json             what to run
 *     inputs/0000012.jsonl       an input a line
 *     results/0000012.jsonl      an outcome a line; appears whole, is never changed
 *     checkpoints/0000012.<run>.jsonl   the first outcomes of a chunk that is not done; one writer each, may end torn
 *     journal/<writer>.jsonl   what happened (`JobEvent`), one writer each: starts, chunks and where they ran, failed attempts, ends
 *     runs/<writer>.json   who works on it now (`Presence`)
 *     cancel               somebody wants it stopped
 */
export class Ledger {
  readonly folder: string
  readonly job: JobFile
  /** Names this object's files in `journal/` and `runs/`. */
  readonly writer = randomUUID()
  readonly #clock: Clock
  #writing: Promise<void> = Promise.resolve()

  constructor(folder: string, job: JobFile, clock: Clock = systemClock) {
    this.folder = folder
    this.job = job
    this.#clock = clock
  }

  /** Epoch milliseconds. */
  nowMs(): number {
    return this.#clock.nowMs()
  }

  async inputs(chunk: number): Promise<unknown[]> {
    return lines(await readFile(inputPath(this.folder, chunk), 'utf8')).map(decodeValue)
  }

  /** The chunks that have their results. */
  async doneChunks(): Promise<Set<number>> {
    const names = await readdir(join(this.folder, 'results'))
    return new Set(names.filter((name) => /^\d+\.jsonl$/.test(name)).map((name) => parseInt(name, 10)))
  }

  /** The outcomes of a chunk that is done, in the order of its inputs. */
  async outcomes<O>(chunk: number): Promise<Outcome<O>[]> {
    const { first } = chunkRange(this.job, chunk)
    const text = await readFile(resultPath(this.folder, chunk), 'utf8')
    return lines(text).map((line, i) => decodeOutcome<O>(first + i, line))
  }

  /**
   * Publishes a chunk: written among its checkpoints, synced, then linked to its name. Where another worker was faster the name stays with
   * its file, which holds the same bytes. A kill on the way leaves one more checkpoint; they are removed at the end.
   */
  async publish(chunk: number, outcomeLines: readonly string[]): Promise<void> {
    const path = resultPath(this.folder, chunk)
    const staging = this.checkpointPath(chunk, randomUUID())
    const file = await open(staging, 'wx')
    try {
      await file.writeFile(outcomeLines.map((line) => `${line}\n`).join(''))
      await file.datasync()
    } finally {
      await file.close()
    }
    await link(staging, path).catch(async (error: unknown) => {
      // It exists, or the faster worker has removed our file together with its own.
      await access(path).catch(() => {
        throw error
      })
    })
    for (const name of await this.#checkpoints(chunk)) {
      await rm(join(this.folder, 'checkpoints', name), { force: true })
    }
  }

  /** The longest run of outcomes that some worker saved for a chunk; a torn last line is left out. */
  async checkpoint(chunk: number): Promise<string[]> {
    let longest: string[] = []
    for (const name of await this.#checkpoints(chunk)) {
      const path = join(this.folder, 'checkpoints', name)
      const saved = lines(await readFile(path, 'utf8').catch(() => ''))
      if (saved.length > longest.length) longest = saved
    }
    return longest
  }

  /** The chunks for which something was saved. */
  async checkpointedChunks(): Promise<Set<number>> {
    const names = await readdir(join(this.folder, 'checkpoints'))
    return new Set(names.map((name) => parseInt(name, 10)))
  }

  checkpointPath(chunk: number, run: string): string {
    return join(this.folder, 'checkpoints', `${fileStem(chunk)}.${run}.jsonl`)
  }

  async #checkpoints(chunk: number): Promise<string[]> {
    const names = await readdir(join(this.folder, 'checkpoints'))
    return names.filter((name) => name.startsWith(`${fileStem(chunk)}.`))
  }

  /** Writes down what happened, in order and in its own time: it is for people, and that it cannot be written is no reason to stop. */
  note(event: JobHappening & { node: string }): void {
    const line = `${JSON.stringify({ atMs: this.nowMs(), ...event })}\n`
    const path = join(this.folder, 'journal', `${this.writer}.jsonl`)
    this.#writing = this.#writing.then(() => appendFile(path, line)).catch(() => {})
  }

  /** Resolves when all that was noted is in its file. */
  written(): Promise<void> {
    return this.#writing
  }

  /** Every attempt that failed, by all who worked on the job. */
  async attempts(): Promise<FailedAttempt[]> {
    await this.#writing
    const events = await new JournalTail(this.folder).next()
    return events.flatMap((event) => readAttempt(event) ?? [])
  }
}

/** The attempt that an event tells of, or null for another kind. */
export function readAttempt(event: JobEvent): FailedAttempt | null {
  if (event.kind !== 'attempt') return null
  const { chunk, index, cause, node, reason } = event
  return { chunk, index, kind: cause, node, reason }
}

/** Opens a job below `root`. Throws a `NotFoundError` (`job-not-found`) where there is none. */
export async function openLedger(root: string, id: string, clock: Clock = systemClock): Promise<Ledger> {
  const folder = join(root, id)
  const text = await readFile(join(folder, 'job.json'), 'utf8').catch(ignore('ENOENT'))
  if (text === undefined) {
    throw new NotFoundError({ code: 'job-not-found', message: `There is no job ${id} in ${root}.` })
  }
  return new Ledger(folder, jobFile.parse(JSON.parse(text)), clock)
}

export function inputPath(folder: string, chunk: number): string {
  return join(folder, 'inputs', `${fileStem(chunk)}.jsonl`)
}

function resultPath(folder: string, chunk: number): string {
  return join(folder, 'results', `${fileStem(chunk)}.jsonl`)
}

function fileStem(chunk: number): string {
  return String(chunk).padStart(7, '0')
}

export function encodeOutcome(
  result: { ok: true; value: unknown } | { ok: false; error: TaskFailure },
): string {
  return result.ok
    ? `+${encodeValue(result.value)}`
    : `-${JSON.stringify([result.error.code, result.error.message])}`
}

/** Whether the line is of an input that has no result. */
export function isFailure(outcomeLine: string): boolean {
  return outcomeLine.startsWith('-')
}

function decodeOutcome<O>(index: number, line: string): Outcome<O> {
  if (line.startsWith('+')) return { index, ok: true, value: decodeValue(line.slice(1)) as O }
  const [code, message] = JSON.parse(line.slice(1)) as [string, string]
  return { index, ok: false, error: { code, message } }
}

/** Whole lines only: what follows the last line break was cut off while it was written. */
function lines(text: string): string[] {
  return text.split('\n').slice(0, -1)
}

function ignore(code: string): (error: NodeJS.ErrnoException) => undefined {
  return (error) => {
    if (error.code !== code) throw error
    return undefined
  }
}
