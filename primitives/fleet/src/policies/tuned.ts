import { mean } from '@heavylift/core/math'
import type { JobTable } from '../domain/job-table.ts'
import { groupsOf } from '../simulate/compare.ts'
import { measureSchedule } from '../simulate/metrics.ts'
import { Simulation } from '../simulate/simulation.ts'
import { f1, fcfs, sjf, unicef, wfp3 } from './queue-policies.ts'
import type { Headroom, QueuePolicy } from './queue-policy.ts'

/** What is tuned: who goes first, and how much long jobs leave free. */
export interface TunedWeights {
  /** Of the logarithm of the size: 1 orders by area, 0 by time. */
  size: number
  /** Of the logarithm of the wait over the limit: small jobs grow impatient first. */
  impatience: number
  headroom: Headroom
}

/** A start for a cluster without a past. */
export const shippedWeights: TunedWeights = {
  size: 1,
  impatience: 0,
  headroom: { longS: 14_400, share: 0.1, patience: 1 },
}

/**
 * The smallest area first, less the impatience of who waits, with room kept for short jobs. A mean of slowdowns is a mean of short jobs:
 * no order of the queue helps one that comes when long jobs hold every processor, as none of them will be ended for it.
 */
export const tunedPolicy = ({ size, impatience, headroom }: TunedWeights): QueuePolicy => ({
  name: 'Tuned',
  isStatic: false,
  headroom,
  score(jobs, job, { nowS }) {
    const limitS = Math.max(1, jobs.requestedS[job]!)
    const waitS = nowS - jobs.submitS[job]!
    return (
      Math.log(limitS) +
      size * Math.log(Math.max(1, jobs.processors[job]!)) -
      impatience * Math.log1p(waitS / Math.max(10, limitS))
    )
  },
})

export const fixedRules: readonly QueuePolicy[] = [fcfs, sjf, wfp3, unicef, f1]

export interface Scored {
  slowdown: number
  /** Of each window. */
  each: number[]
  /** Mean slowdown of each class of size that has a twentieth of the jobs at least. */
  classes: Map<string, number>
  /** The same before it is divided, by window: the sum of slowdowns and the jobs; none where a class has no job. */
  classesEach: Map<string, { sum: number; jobs: number }>[]
}

/** Mean bounded slowdown with EASY backfill over windows of a log, whole and by class; each window may have a policy of its own. */
export function scorePolicy(
  windows: readonly JobTable[],
  processors: number,
  policyOf: QueuePolicy | ((window: number) => QueuePolicy),
): Scored {
  const each: number[] = []
  const sums = new Map<string, { sum: number; jobs: number }>()
  const classesEach: Scored['classesEach'] = []
  for (const [at, jobs] of windows.entries()) {
    const policy = typeof policyOf === 'function' ? policyOf(at) : policyOf
    const schedule = new Simulation(jobs, { processors, policy, backfill: 'easy' }).run()
    each.push(measureSchedule(jobs, schedule, processors).meanBoundedSlowdown)
    const own: Scored['classesEach'][number] = new Map()
    classesEach.push(own)
    for (const group of groupsOf(jobs, schedule)) {
      const key = `${group.kind} ${group.name}`
      const entry = sums.get(key) ?? { sum: 0, jobs: 0 }
      const sum = group.meanBoundedSlowdown * group.jobs
      own.set(key, { sum, jobs: group.jobs })
      entry.sum += sum
      entry.jobs += group.jobs
      sums.set(key, entry)
    }
  }
  const all = windows.reduce((sum, jobs) => sum + jobs.size, 0)
  const large = [...sums].filter(([, { jobs }]) => jobs >= all / 20)
  return {
    slowdown: mean(each),
    each,
    classes: new Map(large.map(([key, { sum, jobs }]) => [key, sum / jobs])),
    classesEach,
  }
}

/** The best fixed rule on the same windows. */
export function bestRule(windows: readonly JobTable[], processors: number): { name: string; scored: Scored } {
  const all = fixedRules.map((policy) => ({
    name: policy.name,
    scored: scorePolicy(windows, processors, policy),
  }))
  return all.reduce((best, one) => (one.scored.slowdown < best.scored.slowdown ? one : best))
}

/** How much worse, in percent, the class that loses most is off; negative when all gain. */
export function worstClass(own: Scored, rule: Scored): { name: string; pct: number } {
  let worst = { name: '', pct: -Infinity }
  for (const [name, slowdown] of own.classes) {
    const pct = 100 * (slowdown / (rule.classes.get(name) ?? slowdown) - 1)
    if (pct > worst.pct) worst = { name, pct }
  }
  return worst
}

const noHeadroom = { longS: 0, share: 0, patience: 0 }
const tries: readonly TunedWeights[] = [
  ...[0.5, 1].flatMap((size) => [0, 0.3].map((impatience) => ({ size, impatience, headroom: noHeadroom }))),
  ...[600, 3600, 14_400].flatMap((longS) =>
    [0.1, 0.25].flatMap((share) =>
      [1, 4].map((patience) => ({ size: 1, impatience: 0, headroom: { longS, share, patience } })),
    ),
  ),
]

/** What a class costs that is twice as badly off, where a mean that is 2.7 times as high costs 1. */
const classCost = 0.2
const freePct = 5

/**
 * The weights that would have been best on the past: a grid of 16 is coarse on purpose, as a finer one fits its windows and no later one. By
 * windows that begin empty and by the whole as one stream, where room that is kept costs throughput. In logarithms, so
 * that one bad day does not decide; a class that loses more than a twentieth costs something as well.
 */
export function tunePolicy(
  past: { windows: readonly JobTable[]; stream: JobTable },
  processors: number,
  options: { signal?: AbortSignal } = {},
): TunedWeights {
  const parts = [past.windows, [past.stream]].map((windows) => ({
    windows,
    rule: bestRule(windows, processors).scored,
  }))
  let best = { weights: shippedWeights, cost: Infinity }
  for (const weights of tries) {
    options.signal?.throwIfAborted()
    const cost = parts.reduce(
      (sum, { windows, rule }) => sum + costOf(scorePolicy(windows, processors, tunedPolicy(weights)), rule),
      0,
    )
    if (cost < best.cost) best = { weights, cost }
  }
  return best.weights
}

/** What tuning makes small. */
export function costOf(own: Scored, rule: Scored): number {
  const lossPct = Math.max(0, worstClass(own, rule).pct - freePct)
  return mean(own.each.map((slowdown) => Math.log(slowdown))) + (classCost * lossPct) / 100
}
