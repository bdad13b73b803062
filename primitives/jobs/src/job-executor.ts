import type { Ledger } from './ledger/ledger.ts'
import type { JobProgress } from './progress/job-progress.ts'

/**
 * Runs the chunks of ledgers somewhere. Every implementation keeps to `test/executor-contract.ts`:
 *
 * - Each input has one outcome in the end, and the files of results are the same bytes whatever was killed on the way.
 * - A job of a higher priority takes workers from lower ones; what they were at goes on at its next input, later.
 * - An input that throws or crashes its worker is tried again as often as the job says, with the reasons kept; then it is a failed outcome.
 */
export interface JobExecutor {
  /** Starts what is missing of a ledger, also after a cancel or a kill of everything; nothing that is done is run again. */
  start(ledger: Ledger): Promise<void>
  /**
   * How the job stands now, then at every change; a slow reader gets the newest, not all. Ends after a final state. Throws a `NotFoundError`
   * (`job-not-running`) for a job that was not started here.
   */
  watch(jobId: string): AsyncIterable<JobProgress>
  /** Stops a job; resolves when nothing runs for it. What it has is kept, and `start` goes on from there. */
  cancel(jobId: string): Promise<void>
  /** Saves and stops everything. Jobs are not cancelled: another executor can go on. */
  close(): Promise<void>
}
