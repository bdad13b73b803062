import { createRandom } from '@heavylift/core'
import type { JobTable } from '../domain/job-table.ts'
import { groupsOf } from '../simulate/compare.ts'
import { measureSchedule } from '../simulate/metrics.ts'
import { Simulation } from '../simulate/simulation.ts'
import { f1, fcfs, sjf, unicef, wfp3 } from './queue-policies.ts'
import type { QueuePolicy } from './queue-policy.ts'

/** Of what a score is made: time and size against the patience that a job has used up. */
export interface TunedWeights {
  /** Of the logarithm of the requested time. */
  time: number
  /** Of the part of the cluster. */
  size: number
  /** Of the product of the two, the form of F1. */
  area: number
  /** Of the wait over the requested time: small jobs grow impatient first. */
  patience: number
  /** Of the wait in hours: nobody waits for ever. */
  age: number
}

/** A start for a cluster without a past: rows 0 to 4,999 of Lublin-1, and no other log. */
export const shippedWeights: TunedWeights = { time: 0.43, size: 1.59, area: 1.85, patience: 1.14, age: 0 }

export const tunedPolicy = (weights: TunedWeights): QueuePolicy => ({
  name: 'Tuned',
  isStatic: false,
  score(jobs, job, { nowS, processors }) {
    const waitS = nowS - jobs.submitS[job]!
    const limitS = Math.max(10, jobs.requestedS[job]!)
    const part = jobs.processors[job]! / processors
    return (
      weights.time * Math.log(limitS) +
      weights.size * part +
      weights.area * Math.log(limitS) * part -
      weights.patience * Math.log1p(waitS / limitS) -
      weights.age * (waitS / 3600)
    )
  },
})

export const fixedRules: readonly QueuePolicy[] = [fcfs, sjf, wfp3, unicef, f1]

export interface Scored {
  slowdown: number
  /** Mean slowdown of each class of size that has a twentieth of the jobs at least. */
  classes: Map<string, number>
}

/** Mean bounded slowdown with EASY backfill over windows of a log, whole and by class. */
export function scorePolicy(windows: readonly JobTable[], processors: number, policy: QueuePolicy): Scored {
  let slowdown = 0
  const sums = new Map<string, { sum: number; jobs: number }>()
  for (const jobs of windows) {
    const schedule = new Simulation(jobs, { processors, policy, backfill: 'easy' }).run()
    slowdown += measureSchedule(jobs, schedule, processors).meanBoundedSlowdown / windows.length
    for (const group of groupsOf(jobs, schedule)) {
      const key = `${group.kind} ${group.name}`
      const entry = sums.get(key) ?? { sum: 0, jobs: 0 }
      entry.sum += group.meanBoundedSlowdown * group.jobs
      entry.jobs += group.jobs
      sums.set(key, entry)
    }
  }
  const all = windows.reduce((sum, jobs) => sum + jobs.size, 0)
  const large = [...sums].filter(([, { jobs }]) => jobs >= all / 20)
  return { slowdown, classes: new Map(large.map(([key, { sum, jobs }]) => [key, sum / jobs])) }
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

/** Random search, then ever smaller steps around the best. A class that loses more than a twentieth costs more than the mean gains. */
export function tunePolicy(
  windows: readonly JobTable[],
  processors: number,
  options: { tries: number; seed: string; signal?: AbortSignal },
): TunedWeights {
  const random = createRandom(options.seed)
  const rule = bestRule(windows, processors).scored
  const costOf = (weights: TunedWeights): number => {
    const own = scorePolicy(windows, processors, tunedPolicy(weights))
    return own.slowdown / rule.slowdown + Math.max(0, worstClass(own, rule).pct - 5) / 20
  }
  let best: TunedWeights = { time: 1, size: 0, area: 1, patience: 0, age: 0 }
  let bestCost = costOf(best)
  for (let i = 0; i < options.tries; i++) {
    options.signal?.throwIfAborted()
    const wide = i < options.tries / 3
    const step = 0.6 * (1 - i / options.tries) + 0.05
    const near = (value: number) => Math.max(0, value + step * random.normal() * (value + 0.2))
    const tried: TunedWeights = wide
      ? {
          time: random.next(),
          size: 4 * random.next(),
          area: 4 * random.next(),
          patience: 2 * random.next(),
          age: random.chance(0.3) ? 0 : 10 ** (-3 + 3 * random.next()),
        }
      : {
          time: near(best.time),
          size: near(best.size),
          area: near(best.area),
          patience: near(best.patience),
          age: near(best.age),
        }
    const cost = costOf(tried)
    if (cost < bestCost) {
      best = tried
      bestCost = cost
    }
  }
  return best
}
