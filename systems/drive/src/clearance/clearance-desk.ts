import { createReadStream } from 'node:fs'
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Clock, Logger, ReportProgress } from '@heavylift/core'
import { NotFoundError } from '@heavylift/core'
import { Wakeup } from '@heavylift/core/async'
import { ThreadPool } from '@heavylift/core/threads'
import type { JobsService } from '@heavylift/jobs'
import type { Ledger, Store } from '@heavylift/store'
import { expandSuite } from './suites/suite.ts'
import { ClearanceQueue } from './clearance-queue.ts'
import { runClearance } from './clear-version.ts'
import { leastCases } from './plan-cases.ts'
import { parseLimits } from './report/clearance-plan.ts'
import { judgeTask } from './report/judge-task.ts'
import type { JudgeInput } from './report/judge-task.ts'
import type { SuiteOptions } from './suites/suite-part.ts'
import type { ClearanceSummary, ClearanceWords, RunningClearance } from './clearance-schema.ts'
import { reportFormat } from './report/clearance-report.ts'
import type { StoredReport } from './report/report-schema.ts'

export interface ClearanceDeskParts {
  /** `<folder>/<id>/report.json`, whichever process wrote it. */
  folder: string
  jobs: Pick<JobsService, 'run' | 'folder'>
  ledger: Pick<Ledger, 'decide'>
  /** What servers share: which clearance is asked for, and who runs it. */
  store: Pick<Store, 'database' | 'shared'>
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

/** A signal that was missed costs so much. */
const lookAgainMs = 1_000
/** So often others are told how far a clearance is, and it is asked whether to go on. */
const tellMs = 500

/** The clearances of an installation: reports in a folder, and one at a time that is run by one of the servers on the database. */
export class ClearanceDesk {
  readonly #parts: ClearanceDeskParts
  readonly #known = new Map<string, { changedMs: number; summary: ClearanceSummary }>()
  readonly #queue: ClearanceQueue
  readonly #closing = new AbortController()
  readonly #signal: AbortSignal
  readonly #work: Promise<void>
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
    this.#queue = new ClearanceQueue(parts.store)
    this.#signal = AbortSignal.any([parts.signal, this.#closing.signal])
    this.#work = parts.store.shared.lead('drive.clearing', {
      signal: this.#signal,
      lead: (ending) => this.#serve(ending),
    })
  }

  /** The clearance that is under way, or that failed last, on whichever server. */
  async running(): Promise<RunningClearance | null> {
    return (await this.#queue.read())?.running ?? null
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
    parseLimits(words.limit)
    const suite = await expandSuite(words.suite, optionsOf(words))
    await this.#queue.put(words, suite.name)
  }

  /** Runs what is asked for, one after another, until another server leads. */
  async #serve(ending: AbortSignal): Promise<void> {
    const changed = new Wakeup()
    this.#queue.listen(ending, () => changed.wake())
    while (!ending.aborted) {
      const since = changed.count
      const asked = await this.#queue.read()
      if (asked === null || asked.running.error !== null)
        await changed.wait({ since, signal: ending, timeoutMs: lookAgainMs })
      else if (asked.isStopAsked) await this.#queue.remove()
      else await this.#runAsked(asked.words, ending, changed)
    }
  }

  async #runAsked(words: ClearanceWords, ending: AbortSignal, changed: Wakeup): Promise<void> {
    const over = new AbortController()
    const stop = new AbortController()
    let progress: RunningClearance['progress'] = null
    const tell = async (): Promise<void> => {
      while (!over.signal.aborted) {
        const since = changed.count
        if (await this.#queue.tell(progress)) stop.abort()
        await changed.wait({ since, signal: over.signal, timeoutMs: tellMs })
      }
    }
    const telling = tell().catch(() => {
      // The lease is lost with the database; whoever leads next goes on.
    })
    try {
      const id = await this.#clear(words, AbortSignal.any([ending, stop.signal]), (told) => (progress = told))
      if (words.isSample === true) {
        await writeFile(join(this.#parts.folder, id, sampleMark), '')
        // Somebody may have looked before the mark was there.
        this.#known.delete(id)
      }
      await this.list()
      await this.#queue.remove()
    } catch (error) {
      // Left for whoever leads next, which is this server after a restart.
      if (ending.aborted) return
      if (stop.signal.aborted) return await this.#queue.remove()
      this.#parts.log.error({ error }, 'a clearance failed')
      await this.#queue.fail(error instanceof Error ? error.message : String(error))
    } finally {
      over.abort()
      await telling
    }
  }

  /** Runs and judges; gives the id of the report. Both happen in other threads. */
  async #clear(words: ClearanceWords, signal: AbortSignal, report: ReportProgress): Promise<string> {
    const { folder, jobs, clock, tenantId } = this.#parts
    const { version, against, reference } = words
    const limits = parseLimits(words.limit)
    const options = optionsOf(words)
    const suite = await expandSuite(words.suite, options)
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

  /** Stops what is under way, on whichever server; the same request goes on with it later. */
  stop(): Promise<void> {
    return this.#queue.stop(this.#signal)
  }

  /** Gives up what this server runs, which the next one that leads goes on with, and its threads. */
  async close(): Promise<void> {
    this.#closing.abort()
    await this.#work
    await this.#judges.close()
  }

  /** Resolves when none is under way. */
  settled(): Promise<void> {
    return this.#queue.settled(this.#signal)
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

function optionsOf({ seed, n, limit }: ClearanceWords): SuiteOptions {
  return { seed, least: leastCases(parseLimits(limit)), ...(n === null ? {} : { n }) }
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
