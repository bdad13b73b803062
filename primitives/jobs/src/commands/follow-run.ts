import type { CommandInput } from '@heavylift/core'
import type { JobProgress } from '../progress/job-progress.ts'
import type { JobRun } from '../run-many.ts'

/** Shows a job's progress until its end; Ctrl-C leaves it where it is. Returns the last progress. Throws `job-failed`. */
export async function followRun(
  run: JobRun<unknown>,
  { report, signal }: Pick<CommandInput, 'report' | 'signal'>,
): Promise<JobProgress> {
  const stop = (): void => void run.cancel()
  signal.addEventListener('abort', stop, { once: true })
  for await (const { inputs, inputsDone } of run.progress()) {
    report({ stage: 'running', done: inputsDone, total: inputs, unit: 'inputs' })
  }
  signal.removeEventListener('abort', stop)
  return run.finished()
}
