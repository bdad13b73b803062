import type { JobTable } from '../domain/job-table.ts'
import { namedPolicy } from '../policies/named-policies.ts'
import { boundedSlowdown, measureSchedule } from './metrics.ts'
import type { ScheduleMetrics } from './metrics.ts'
import type { Schedule } from './schedule.ts'
import { Simulation } from './simulation.ts'

export interface Group {
  kind: 'user' | 'size' | 'queue'
  name: string
  jobs: number
  meanBoundedSlowdown: number
  meanWaitS: number
}

export interface Compared {
  name: string
  metrics: ScheduleMetrics
  groups: Group[]
  schedule: Required<Schedule>
}

/** A log under several policies. Who gains and who loses is seen in the groups: the mean alone hides it. */
export function comparePolicies(
  jobs: JobTable,
  processors: number,
  names: readonly string[],
  signal?: AbortSignal,
): Compared[] {
  const users = new Set(jobs.user.subarray(0, jobs.size)).size
  return names.map((name) => {
    const { policy, backfill } = namedPolicy(name, users)
    const simulation = new Simulation(jobs, { processors, policy, backfill })
    const schedule = simulation.run(signal === undefined ? {} : { signal })
    return {
      name,
      metrics: measureSchedule(jobs, schedule, processors),
      groups: groupsOf(jobs, schedule),
      schedule,
    }
  })
}

/** Sizes by powers of four, so that there are few. */
export function sizeClass(processors: number): string {
  const power = Math.floor(Math.log(Math.max(1, processors)) / Math.log(4))
  const low = 4 ** power
  return low === 1 ? '1–3' : `${low}–${4 * low - 1}`
}

export function groupsOf(jobs: JobTable, schedule: Schedule): Group[] {
  const groups = new Map<string, Group>()
  const add = (kind: Group['kind'], name: string, slowdown: number, waitS: number) => {
    const key = `${kind} ${name}`
    let group = groups.get(key)
    if (group === undefined)
      groups.set(key, (group = { kind, name, jobs: 0, meanBoundedSlowdown: 0, meanWaitS: 0 }))
    group.jobs++
    group.meanBoundedSlowdown += (slowdown - group.meanBoundedSlowdown) / group.jobs
    group.meanWaitS += (waitS - group.meanWaitS) / group.jobs
  }
  for (let job = 0; job < jobs.size; job++) {
    const startS = schedule.startS[job]!
    if (startS < 0) continue
    const waitS = startS - jobs.submitS[job]!
    const slowdown = boundedSlowdown(waitS, schedule.endS[job]! - startS)
    if (jobs.user[job]! >= 0) add('user', String(jobs.user[job]!), slowdown, waitS)
    if (jobs.queue[job]! >= 0) add('queue', String(jobs.queue[job]!), slowdown, waitS)
    add('size', sizeClass(jobs.processors[job]!), slowdown, waitS)
  }
  return [...groups.values()].sort((a, b) => a.kind.localeCompare(b.kind) || b.jobs - a.jobs)
}
