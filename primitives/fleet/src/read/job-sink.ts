import { ImportReport, SeenIds } from '../domain/import-report.ts'
import type { JobRecord } from '../domain/job.ts'

export interface JobSinkOptions {
  /** Processors of the cluster; a header that says so is taken where this is left out. */
  maxProcessors?: number
  onJob: (job: JobRecord) => void
}

/** Holds each job of any format to the same rules, and counts. Keeps nothing of a job. */
export class JobSink {
  readonly report = new ImportReport()
  maxProcessors: number | undefined
  readonly #seen = new SeenIds()
  readonly #onJob: (job: JobRecord) => void
  #lastSubmitS = -Infinity

  constructor(options: JobSinkOptions) {
    this.maxProcessors = options.maxProcessors
    this.#onJob = options.onJob
  }

  /** A row that is none. */
  refuse(rule: 'not-a-row', line: number): void {
    this.report.rows++
    this.report.note(rule, line)
  }

  add(job: JobRecord, line: number): void {
    const { report } = this
    report.rows++
    if (!Number.isSafeInteger(job.id) || job.id < 0) return report.note('not-a-row', line)
    if (job.submitS < 0) return report.note('no-submit-time', line)
    if (job.runS < 0) return report.note('no-run-time', line)
    if (job.processors <= 0) job.processors = job.requestedProcessors
    if (job.processors <= 0) return report.note('no-processors', line)
    if (this.maxProcessors !== undefined && job.processors > this.maxProcessors)
      return report.note('too-large', line)
    if (!this.#seen.add(job.id)) return report.note('duplicate-id', line)
    if (job.submitS < this.#lastSubmitS) report.note('out-of-order', line)
    else this.#lastSubmitS = job.submitS
    if (job.requestedS < 0) {
      job.requestedS = job.runS
      report.note('no-limit', line)
    } else if (job.runS > job.requestedS) report.note('over-limit', line)
    if (job.runS === 0) report.note('zero-run-time', line)
    report.accepted++
    this.#onJob(job)
  }
}
