import { createReadStream } from 'node:fs'
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Clock, Logger, ReportProgress } from '@heavylift/core'
import { ConflictError, NotFoundError } from '@heavylift/core'
import { ThreadPool } from '@heavylift/core/threads'
import type { JobsService } from '@heavylift/jobs'
import type { Ledger } from '@heavylift/store'
import type { DriverVersion } from '../driver/version.ts'
import { expandSuite } from './suites/suite.ts'
import { runClearance } from './clear-version.ts'
import { parseLimits } from './report/clearance-plan.ts'
import type { ClearanceLimits } from './report/clearance-plan.ts'
import { judgeTask } from './report/judge-task.ts'
import type { JudgeInput } from './report/judge-task.ts'
import type { Suite, SuiteOptions } from './suites/suite-part.ts'
import type { ClearanceSummary, RunningClearance } from './clearance-schema.ts'
import { reportFormat } from './report/clearance-report.ts'
import type { StoredReport } from './report/report-schema.ts'

/** What a clearance is asked for with. */
export interface ClearanceWords {
  version: DriverVersion
  against: DriverVersion | null
  reference: DriverVersion | null
  suite: string
  n: number | null
  seed: number
  limit: string
  /** Made for a first look; marked so. */
  isSample?: boolean
}

export interface ClearanceDeskParts {
  /** `<folder>/<id>/report.json`, whichever process wrote it. */
  folder: string
  jobs: Pick<JobsService, 'run' | 'folder'>
  ledger: Pick<Ledger, 'decide'>
  tenantId: string
  clock: Clock
  log: Logger
  signal: AbortSignal
}

/** A file beside the report of a sample. */
const sampleMark = 'sample'

/** The rows of a clearance of a hundred thousand cases against another version. */
const judgeMemoryMb = 3072

/** Whether a clearance could be called so; anything else is no name of a folder of ours. */
export function isClearanceId(id: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(id)
}

/** The clearances of an installation: reports in a folder, and those that run now, one after another. */
export class ClearanceDesk {
  readonly #parts: ClearanceDeskParts
  readonly #known = new Map<string, { changedMs: number; summary: ClearanceSummary }>()
  #current: { running: RunningClearance; stop: AbortController } | null = null
  #work: Promise<void> = Promise.resolve()
  /** Judges: for seconds, with all rows in memory. One after another, as the clearances. */
  readonly #judges = new ThreadPool({
    threads: 1,
    threadsPerTenant: 1,
    tasksPerTenant: 2,
    timeLimitMs: null,
    memoryLimitMb: judgeMemoryMb,
  })

  constructor(parts: ClearanceDeskParts) {
    this.#parts = parts
  }

  get running(): RunningClearance | null {
    return this.#current?.running ?? null
  }

  /** Newest first. Every report that is new here becomes a decision of the ledger. */
  async list(): Promise<ClearanceSummary[]> {
    const names = await readdir(this.#parts.folder).catch(() => [])
    const found: ClearanceSummary[] = []
    for (const id of names) {
      const path = join(this.#parts.folder, id, 'report.json')
      const changedMs = await stat(path).then(
        ({ mtimeMs }) => mtimeMs,
        () => null,
      )
      if (changedMs === null) continue
      const before = this.#known.get(id)
      if (before?.changedMs === changedMs) {
        found.push(before.summary)
        continue
      }
      const report = JSON.parse(await readFile(path, 'utf8')) as StoredReport
      // Of an earlier release: it lacks what the pages show.
      if (report.format !== reportFormat) continue
      const isSample = await isThere(join(this.#parts.folder, id, sampleMark))
      const summary = summaryOf(report, isSample)
      await this.#decide(report)
      this.#known.set(id, { changedMs, summary })
      found.push(summary)
    }
    return found.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
  }

  /** Throws `clearance-not-found`. */
  async report(id: string): Promise<ReadableStream<Uint8Array>> {
    return this.#file(id, 'report.json')
  }

  /** The report as a page that stands alone. Throws `clearance-not-found`. */
  async page(id: string): Promise<ReadableStream<Uint8Array>> {
    return this.#file(id, 'report.html')
  }

  /** Throws `clearance-not-found`. */
  async remove(id: string): Promise<void> {
    await this.#file(id, 'report.json').then((body) => body.cancel())
    await rm(join(this.#parts.folder, id), { recursive: true })
  }

  /** Begins a clearance; throws `clearance-running` while there is another, and the errors of `expandSuite` and `parseLimits`. */
  async start(words: ClearanceWords): Promise<void> {
    const limits = parseLimits(words.limit)
    const options: SuiteOptions = { seed: words.seed, ...(words.n === null ? {} : { n: words.n }) }
    const suite = await expandSuite(words.suite, options)
    if (this.#current && this.#current.running.error === null)
      throw new ConflictError({
        code: 'clearance-running',
        message: `${this.#current.running.version} is being cleared. Wait for it, or stop it first.`,
      })
    const { log, signal } = this.#parts
    const stop = new AbortController()
    const running: RunningClearance = {
      version: words.version.name,
      suite: suite.name,
      progress: null,
      error: null,
    }
    this.#current = { running, stop }
    this.#work = this.#clear(words, { suite, options, limits, running, signal: stop.signal }).then(
      async (id) => {
        if (words.isSample === true) {
          await writeFile(join(this.#parts.folder, id, sampleMark), '')
          // Somebody may have looked before the mark was there.
          this.#known.delete(id)
        }
        this.#current = null
        await this.list()
      },
      (error: unknown) => {
        running.error = error instanceof Error ? error.message : String(error)
        if (!signal.aborted && !stop.signal.aborted) log.error({ error }, 'a clearance failed')
      },
    )
  }

  /** Runs and judges; gives the id of the report. Both happen in other threads. */
  async #clear(
    words: ClearanceWords,
    {
      suite,
      options,
      limits,
      running,
      signal: stop,
    }: {
      suite: Suite
      options: SuiteOptions
      limits: ClearanceLimits
      running: RunningClearance
      signal: AbortSignal
    },
  ): Promise<string> {
    const { folder, jobs, clock, tenantId } = this.#parts
    const { version, against, reference } = words
    const signal = AbortSignal.any([this.#parts.signal, stop])
    const report: ReportProgress = (progress) => (running.progress = progress)
    const ran = await runClearance(
      { version, against, reference, suite },
      { jobs, executor: 'local', clock, report, signal },
    )
    const input: JudgeInput = {
      version,
      against,
      reference,
      suite: { name: words.suite, options },
      limits,
      ran,
      jobsFolder: jobs.folder,
      folder,
    }
    await this.#judges.run({ tenantId, task: judgeTask, input, signal, report })
    return ran.id
  }

  /** Stops what runs; the same request goes on with it later. */
  async stop(): Promise<void> {
    this.#current?.stop.abort()
    await this.#work
    this.#current = null
  }

  /** Stops what runs, and gives its threads back. */
  async close(): Promise<void> {
    await this.stop()
    await this.#judges.close()
  }

  /** Resolves when nothing runs. */
  settled(): Promise<void> {
    return this.#work
  }

  async #file(id: string, name: string): Promise<ReadableStream<Uint8Array>> {
    const path = join(this.#parts.folder, id, name)
    if (!isClearanceId(id) || !(await isThere(path)))
      throw new NotFoundError({
        code: 'clearance-not-found',
        message: `There is no clearance ${id}. Run one: npx heavylift drive clear pdm --suite built-in.`,
      })
    return Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>
  }

  async #decide(report: StoredReport): Promise<void> {
    const { ledger, tenantId } = this.#parts
    await ledger.decide({
      id: `clearance-${report.id}`,
      tenantId,
      system: 'drive',
      kind: 'clearance',
      subjectId: report.version.name,
      inputRef: `drive/clearances/${report.id}`,
      inputHash: report.suite.hash,
      output: {
        verdict: report.verdict,
        n: report.n,
        failures: report.failures,
        blockers: report.blockerCount,
      },
      confidence: null,
      costMicros: 0,
      durationMs: 0,
      version: `${report.version.name}@${report.version.hash}+${report.code}`,
      atMs: Date.parse(report.createdAt),
    })
  }
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

function summaryOf(report: StoredReport, isSample: boolean): ClearanceSummary {
  return {
    id: report.id,
    createdAt: report.createdAt,
    version: report.version.name,
    versionHash: report.version.hash,
    suite: report.suite.name,
    verdict: report.verdict,
    reason: report.headline,
    n: report.n,
    failures: report.failures,
    blockerCount: report.blockerCount,
    upper: report.overall.upper,
    against: report.comparison?.against.name ?? null,
    isSample,
  }
}
