import { access, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { sleep } from '@heavylift/core/async'
import type { Ledger } from '../ledger/ledger.ts'
import type { JobMonitor } from '../progress/job-monitor.ts'
import { removePresence, writePresence, type Presence } from './presence.ts'

const everyMs = 500

export interface ReporterOptions {
  ledger: Ledger
  monitor: JobMonitor
  executor: Presence['executor']
  origin: string
  node: string
  workers: number
  /** What is being run now. */
  running: () => Presence['running']
  /** Somebody, perhaps in another process, asked for a cancel. */
  onCancel: () => void
}

/** The file by which a process asks whoever runs the job to stop it. */
function cancelPath(folder: string): string {
  return join(folder, 'cancel')
}

export async function isCancelAsked(folder: string): Promise<boolean> {
  return access(cancelPath(folder)).then(
    () => true,
    () => false,
  )
}

/** Asks whoever runs the job to stop it. */
export async function askCancel(folder: string): Promise<void> {
  await writeFile(cancelPath(folder), '')
}

/** A new start forgets the cancels before it. */
export async function forgetCancel(folder: string): Promise<void> {
  await rm(cancelPath(folder), { force: true })
}

/** For a job of which there is nothing to tell. */
export const silentReporter: { ended: Promise<void> } = { ended: Promise.resolve() }

/**
 * Tells other processes, by files in the ledger, that this one works on a job and how far it is, and hears their wish to cancel it.
 * Nothing of it is needed to get the job done: where a file cannot be written the work goes on.
 */
export class JobReporter {
  readonly #options: ReporterOptions
  readonly #startedAtMs: number
  /** Resolves when the end was written. */
  readonly ended: Promise<void>

  constructor(options: ReporterOptions) {
    this.#options = options
    this.#startedAtMs = options.ledger.nowMs()
    this.ended = this.#report().catch(() => {})
  }

  async #report(): Promise<void> {
    const { ledger, monitor, executor, origin, workers, node, onCancel } = this.#options
    const isWhole = executor !== 'slurm-batch'
    if (isWhole) ledger.note({ kind: 'started', executor, origin, workers, node })
    let isHeard = false
    const over = new AbortController()
    const finished = monitor.ended.then(() => over.abort())
    while (!over.signal.aborted) {
      await this.#tell().catch(() => {})
      if (!isHeard && (await isCancelAsked(ledger.folder))) {
        isHeard = true
        ledger.note({ kind: 'cancel-heard', node })
        onCancel()
      }
      await sleep(everyMs, over.signal, { keepsAlive: false })
    }
    await finished
    const { state, message } = monitor.progress()
    if (isWhole) ledger.note({ kind: 'ended', state, ...(message !== undefined && { message }), node })
    await ledger.written()
    await removePresence(ledger.folder, ledger.writer)
  }

  async #tell(): Promise<void> {
    const { ledger, monitor, executor, origin, node, workers, running } = this.#options
    const { state, inputsDone, inputsPerSecond, etaMs } = monitor.progress()
    if (state !== 'running' && state !== 'waiting') return
    await writePresence(ledger.folder, ledger.writer, {
      executor,
      origin,
      node,
      host: hostname(),
      pid: process.pid,
      workers,
      startedAtMs: this.#startedAtMs,
      updatedAtMs: ledger.nowMs(),
      state,
      inputsDone,
      inputsPerSecond,
      etaMs,
      running: running(),
    })
  }
}
