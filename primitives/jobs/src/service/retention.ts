import type { JobsConfig } from '../config.ts'
import type { JobSummary } from './job-summary.ts'

const dayMs = 86_400_000
/** Whoever ran a job may still be reading its results. */
const readForMs = 3_600_000

type Aged = Pick<JobSummary, 'id' | 'state' | 'createdAtMs' | 'endedAtMs'>

/**
 * The jobs that go: those that ended, or were last worked on, more than `keepDays` ago, and of the ended ones the oldest beyond
 * `keepJobs`. One that somebody works on, or that ended within the hour, never does.
 */
export function planRetention(
  jobs: readonly Aged[],
  { keepDays, keepJobs }: Pick<JobsConfig, 'keepDays' | 'keepJobs'>,
  nowMs: number,
): string[] {
  const endOf = (job: Aged): number => job.endedAtMs ?? job.createdAtMs ?? 0
  const idle = jobs
    .filter(({ state }) => state !== 'running' && state !== 'waiting')
    .filter((job) => endOf(job) < nowMs - readForMs)
    .toSorted((a, b) => endOf(b) - endOf(a))
  // One that was stopped is unfinished work: its age counts, their number does not.
  const ended = idle.filter(({ state }) => state !== 'stopped')
  const recent = jobs.filter(({ state }) => state !== 'stopped').length - ended.length
  const surplus = new Set(ended.slice(Math.max(0, keepJobs - recent)))
  return idle.filter((job) => endOf(job) < nowMs - keepDays * dayMs || surplus.has(job)).map(({ id }) => id)
}
