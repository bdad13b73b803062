import type { ReportProgress } from '@heavylift/core'
import { ConflictError } from '@heavylift/core'
import type { JobRun, JobsService } from '@heavylift/jobs'
import { clamp } from '@heavylift/core/math'
import { inFlightOf } from '../driver/version.ts'
import type { DriverVersion } from '../driver/version.ts'
import type { ClearanceInput, ClearanceRow } from './cases/clearance-row.ts'
import type { Suite } from './suites/suite-part.ts'

/** Safety runs go before experiments. */
const priority = 10

export interface SuiteTools {
  jobs: Pick<JobsService, 'run'>
  executor: 'local' | 'slurm'
  report: ReportProgress
  signal: AbortSignal
  chunkSize?: number
}

/** Runs a suite with a version through jobs; gives the id of the job that is done. Throws `clearance-stopped`. */
export async function runSuite(
  version: DriverVersion,
  { suite, reference }: { suite: Suite; reference: DriverVersion | null },
  code: string,
  { jobs, executor, report, signal, chunkSize }: SuiteTools,
): Promise<string> {
  const inFlight = inFlightOf(version.spec)
  // Chunks that are large enough to have so many under way, and enough of them for all workers.
  const largeChunk = clamp(Math.ceil(suite.count / 16), 1, 4 * inFlight)
  const run = await jobs.run<ClearanceInput, ClearanceRow>(
    {
      module: new URL('cases/clearance-task.ts', import.meta.url).href,
      export: 'runClearanceCase',
      version: code,
    },
    { count: suite.count, at: (index) => ({ one: suite.at(index), version, reference }) },
    {
      name: `Clearance of ${version.name} on ${suite.name}`,
      system: 'drive',
      priority,
      executor,
      near: ({ one }) => [one.source.kind === 'file' ? one.source.path : one.source.name],
      inFlight,
      ...(chunkSize !== undefined ? { chunkSize } : inFlight > 1 ? { chunkSize: largeChunk } : {}),
    },
  )
  await follow(run, version.name, report, signal)
  return run.id
}

async function follow(
  run: JobRun<ClearanceRow>,
  name: string,
  report: ReportProgress,
  signal: AbortSignal,
): Promise<void> {
  const stop = () => void run.cancel()
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  try {
    for await (const { inputs, inputsDone } of run.progress())
      report({ stage: `runs of ${name}`, done: inputsDone, total: inputs, unit: 'runs' })
    const { state } = await run.finished()
    if (state !== 'done')
      throw new ConflictError({
        code: 'clearance-stopped',
        message: `The runs of ${name} were stopped. The same command goes on with them.`,
      })
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
