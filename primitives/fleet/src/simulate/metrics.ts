import { quantile } from '@heavylift/core/math'
import type { JobTable } from '../domain/job-table.ts'
import type { Schedule } from './schedule.ts'

/** Below this a job counts as short: a wait of a minute does not make one of a second sixty times slower. */
export const shortS = 10

/** max(1, (wait + run) / max(run, 10 s)): Feitelson et al., "Theory and practice in parallel job scheduling" (1997). */
export function boundedSlowdown(waitS: number, runS: number): number {
  return Math.max(1, (waitS + runS) / Math.max(runS, shortS))
}

export interface ScheduleMetrics {
  meanBoundedSlowdown: number
  meanWaitS: number
  waitP50S: number
  waitP95S: number
  /** Processor-seconds used over those there were, from the first submission to the last end. */
  utilisation: number
  makespanS: number
  killed: number
}

/** Of the jobs that ran. */
export function measureSchedule(jobs: JobTable, schedule: Schedule, processors: number): ScheduleMetrics {
  const waits: number[] = []
  let slowdown = 0
  let work = 0
  let lastEndS = 0
  let killed = 0
  for (let i = 0; i < jobs.size; i++) {
    if (schedule.startS[i]! < 0) continue
    const waitS = schedule.startS[i]! - jobs.submitS[i]!
    const runS = schedule.endS[i]! - schedule.startS[i]!
    waits.push(waitS)
    slowdown += boundedSlowdown(waitS, runS)
    work += runS * (schedule.processors?.[i] ?? jobs.processors[i]!)
    lastEndS = Math.max(lastEndS, schedule.endS[i]!)
    killed += schedule.killed[i]!
  }
  const sorted = waits.sort((a, b) => a - b)
  const n = Math.max(1, sorted.length)
  const makespanS = jobs.size === 0 ? 0 : lastEndS - jobs.submitS[0]!
  return {
    meanBoundedSlowdown: slowdown / n,
    meanWaitS: sorted.reduce((sum, one) => sum + one, 0) / n,
    waitP50S: sorted.length === 0 ? 0 : quantile(sorted, 0.5),
    waitP95S: sorted.length === 0 ? 0 : quantile(sorted, 0.95),
    utilisation: makespanS > 0 ? work / (makespanS * processors) : 0,
    makespanS,
    killed,
  }
}
