// Judging as the task of a thread.
import type { ReportProgress } from '@heavylift/core'
import type { ThreadPart, ThreadTask } from '@heavylift/core/threads'
import type { DriverVersion } from '../../driver/version.ts'
import type { SuiteOptions } from '../suites/suite-part.ts'
import type { ClearanceLimits } from './clearance-plan.ts'
import type { RanClearance } from './judge-clearance.ts'

export interface JudgeInput {
  version: DriverVersion
  against: DriverVersion | null
  reference: DriverVersion | null
  suite: { name: string; options: SuiteOptions }
  limits: ClearanceLimits
  ran: RanClearance
  /** Where the ledgers of the jobs are. */
  jobsFolder: string
  folder: string
}

/** Writes the report; gives no bytes. */
export async function* judge(input: JudgeInput, report: ReportProgress): AsyncGenerator<ThreadPart> {
  const { openJobs } = await import('@heavylift/jobs')
  const { exposureOf } = await import('../suites/exposure.ts')
  const { expandSuite } = await import('../suites/suite.ts')
  const { judgeClearance } = await import('./judge-clearance.ts')
  const { suite, ran, jobsFolder, folder } = input
  const jobs = openJobs({ folder: jobsFolder, origin: 'server' })
  try {
    await judgeClearance({ ...input, suite: await expandSuite(suite.name, suite.options), exposureOf }, ran, {
      folder,
      outcomes: (jobId) => jobs.outcomes(jobId),
      report,
      // Whoever wants it to end ends the thread.
      signal: new AbortController().signal,
    })
  } finally {
    await jobs.close()
  }
  yield* []
}

export const judgeTask: ThreadTask = { module: import.meta.url, export: 'judge' }
