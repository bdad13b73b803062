import type { JobsService } from '../src/service/jobs-service.ts'
import type { JobRun } from '../src/run-many.ts'
import type { SampleInput } from './sample-task.ts'

/** Starts the sample job: 4,000 inputs of some milliseconds each. `round` makes it another one. */
export function runSample(
  jobs: JobsService,
  round: string,
  options: { executor?: 'local' | 'slurm'; priority?: number } = {},
): Promise<JobRun<{ inside: number; pi: number }>> {
  const inputs: SampleInput[] = Array.from({ length: 4000 }, () => ({ points: 200_000 }))
  return jobs.run(
    {
      module: new URL('./sample-task.ts', import.meta.url).href,
      export: 'estimatePi',
      version: round,
    },
    inputs,
    { name: 'Sample: π from thrown points', system: 'jobs', chunkSize: 250, retries: 1, ...options },
  )
}
