import { HeavyliftError } from '@heavylift/core'
import type { JobsService } from '@heavylift/jobs'
import type { Generated } from '../generate.ts'
import { Measured } from '../measure.ts'
import type { Scenario } from '../scenario.ts'
import type { Target } from '../target.ts'
import type { GeneratorOrder } from './generator-message.ts'
import { mergeParts } from './merge-parts.ts'
import type { PlayedPart } from './play-part.ts'

/** Until all machines have begun. */
const leadMs = 5000

/**
 * Plays a scenario by generators that a job runs (threads of this machine, or machines by Slurm), each its part of the plan; their histograms are merged
 * without loss. A part that was lost makes the run broken: what is missing cannot be told from what was sent.
 * @throws HeavyliftError `generator-broken`
 */
export async function generateByJobs(
  jobs: Pick<JobsService, 'run'>,
  scenario: Scenario,
  target: Target,
  signal: AbortSignal,
  { count, executor }: { count: number; executor: 'local' | 'slurm' },
): Promise<Generated> {
  const startAtMs = Date.now() + leadMs
  const run = await jobs.run<GeneratorOrder, PlayedPart>(
    { module: new URL('play-part.ts', import.meta.url).href, export: 'playPart' },
    Array.from({ length: count }, (_, at) => ({ scenario, target, part: { at, of: count }, startAtMs })),
    { name: `Load: ${scenario.name}`, system: 'ready', executor, chunkSize: 1, retries: 0 },
  )
  const stop = () => void run.cancel()
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  try {
    const parts: Generated[] = []
    for await (const outcome of run.outcomes()) {
      if (!outcome.ok)
        throw new HeavyliftError({
          code: 'generator-broken',
          message: `A generator was lost (${outcome.error.message}). Start the run again.`,
        })
      const { measured, end } = outcome.value
      parts.push({ ...end, measured: Measured.fromJson(measured) })
    }
    return mergeParts(parts)
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
