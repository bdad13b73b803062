import { expect, test } from 'vitest'
import { JobTable } from '../../src/domain/job-table.ts'
import { unknownJob } from '../../src/domain/job.ts'
import { fcfs } from '../../src/policies/queue-policies.ts'
import { Simulation } from '../../src/simulate/simulation.ts'
import { makeLog } from '../../samples/made-log.ts'
import {
  bestRule,
  costOf,
  scorePolicy,
  shippedWeights,
  tunedPolicy,
  tunePolicy,
} from '../../src/policies/tuned.ts'

test('tuning is repeatable, and on what it was tuned on no worse than what ships [FLEET-TUNE-01]', () => {
  const jobs = makeLog({ jobs: 700, processors: 128, load: 1.1, seed: 'tune' })
  const windows = [jobs.slice(0, 300), jobs.slice(300, 600)]
  const past = { windows, stream: jobs }
  const weights = tunePolicy(past, 128)
  expect(tunePolicy(past, 128)).toEqual(weights)
  const cost = (one: typeof weights) =>
    [windows, [jobs]].reduce(
      (sum, part) => sum + costOf(scorePolicy(part, 128, tunedPolicy(one)), bestRule(part, 128).scored),
      0,
    )
  expect(cost(weights)).toBeLessThanOrEqual(cost(shippedWeights))
})

test('long jobs leave room for short ones, one is always let in, and none waits past its patience [FLEET-TUNE-02]', () => {
  const table = new JobTable()
  const add = (id: number, submitS: number, runS: number, processors: number) =>
    table.add({ ...unknownJob(id), submitS, runS, requestedS: runS, processors })
  add(1, 0, 1000, 6)
  add(2, 1, 1000, 4)
  add(3, 2, 10, 4)
  add(4, 3000, 5000, 10)
  const startOf = (patience: number) => {
    const policy = { ...fcfs, headroom: { longS: 100, share: 0.4, patience } }
    return [...new Simulation(table, { processors: 10, policy, backfill: 'easy' }).run().startS]
  }
  // The second long job waits for the first, the short one has room, and one as large as the cluster is let in.
  expect(startOf(10)).toEqual([0, 1000, 2, 3000])
  expect(startOf(0)).toEqual([0, 1, 1000, 3000].map((s, i) => (i === 1 ? expect.any(Number) : s)))
})
