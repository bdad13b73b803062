import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeLog } from '../../samples/made-log.ts'
import { JobTable } from '../../src/domain/job-table.ts'
import { unknownJob } from '../../src/domain/job.ts'
import type { JobRecord } from '../../src/domain/job.ts'
import { drf, f1, fcfs, multifactor, sjf, unicef, wfp3 } from '../../src/policies/queue-policies.ts'
import type { QueuePolicy } from '../../src/policies/queue-policy.ts'
import { Simulation } from '../../src/simulate/simulation.ts'
import type { SimulationOptions } from '../../src/simulate/simulation.ts'

type Row = [submitS: number, runS: number, processors: number, requestedS?: number, more?: Partial<JobRecord>]

function tableOf(rows: readonly Row[]): JobTable {
  const table = new JobTable()
  rows.forEach(([submitS, runS, processors, requestedS = runS, more = {}], i) =>
    table.add({ ...unknownJob(i + 1), submitS, runS, processors, requestedS, user: 1, ...more }),
  )
  return table
}

const run = (rows: readonly Row[], options: Partial<SimulationOptions>) =>
  new Simulation(tableOf(rows), { processors: 10, policy: fcfs, ...options }).run()
const starts = (rows: readonly Row[], options: Partial<SimulationOptions> = {}) =>
  Array.from(run(rows, options).startS)

/** The same rules once more, as slow and plain as can be. */
function plainly(jobs: JobTable, policy: QueuePolicy, processors: number, easy: boolean): number[] {
  const startS = Array.from({ length: jobs.size }, () => -1)
  const end = (job: number) => startS[job]! + Math.min(jobs.runS[job]!, jobs.requestedS[job]!)
  const view = (nowS: number) => ({ nowS, processors, heldBy: () => 0, usageOf: () => 0 })
  let nowS = -1
  for (;;) {
    const times = Array.from({ length: jobs.size }, (_, job) =>
      startS[job]! >= 0 ? end(job) : jobs.submitS[job]!,
    ).filter((atS) => atS > nowS)
    if (times.length === 0) return startS
    nowS = Math.min(...times)
    // Jobs of 0 s end in the second in which they start, after the queue was looked at.
    for (let again = true; again;) {
      again = false
      const running = Array.from({ length: jobs.size }, (_, job) => job).filter(
        (job) => startS[job]! >= 0 && end(job) > nowS,
      )
      const queue = Array.from({ length: jobs.size }, (_, job) => job).filter(
        (job) => startS[job]! < 0 && jobs.submitS[job]! <= nowS,
      )
      queue.sort((a, b) => policy.score(jobs, a, view(nowS)) - policy.score(jobs, b, view(nowS)) || a - b)
      let free = processors - running.reduce((sum, job) => sum + jobs.processors[job]!, 0)
      const start = (job: number) => {
        startS[job] = nowS
        free -= jobs.processors[job]!
        running.push(job)
        again ||= end(job) === nowS
      }
      while (queue.length > 0 && jobs.processors[queue[0]!]! <= free) start(queue.shift()!)
      const head = queue.shift()
      if (head === undefined || !easy) continue
      const expected = running
        .map((job) => ({ atS: startS[job]! + jobs.requestedS[job]!, job }))
        .sort((a, b) => a.atS - b.atS)
      const shadowS = expected.find(
        ({ atS }) =>
          free +
            expected
              .filter((one) => one.atS <= atS)
              .reduce((sum, { job }) => sum + jobs.processors[job]!, 0) >=
          jobs.processors[head]!,
      )!.atS
      let spare =
        free +
        expected
          .filter((one) => one.atS <= shadowS)
          .reduce((sum, { job }) => sum + jobs.processors[job]!, 0) -
        jobs.processors[head]!
      for (const job of queue) {
        if (jobs.processors[job]! > free) continue
        if (nowS + jobs.requestedS[job]! > shadowS) {
          if (jobs.processors[job]! > spare) continue
          spare -= jobs.processors[job]!
        }
        start(job)
      }
    }
  }
}

test('EASY lets a job ahead only where it does not delay the first', () => {
  const rows: Row[] = [
    [0, 100, 8],
    [1, 100, 8],
    [2, 90, 2], // fits before 100
    [3, 200, 2], // would end after 100, and takes two of the two that are spare then
  ]
  expect(starts(rows)).toEqual([0, 100, 100, 190])
  expect(starts(rows, { backfill: 'easy' })).toEqual([0, 100, 2, 92])
  expect(Array.from(run(rows, { backfill: 'easy' }).backfilled)).toEqual([0, 0, 1, 1])
})

test('conservative backfill delays nobody who was before, EASY only not the first', () => {
  const rows: Row[] = [
    [0, 100, 8],
    [1, 100, 10],
    [2, 100, 6],
    [3, 200, 2],
  ]
  expect(starts(rows, { backfill: 'conservative' })).toEqual([0, 100, 200, 200])
  const late: Row[] = [
    [0, 100, 8],
    [1, 50, 4],
    [2, 50, 8],
    [3, 120, 2],
  ]
  expect(starts(late, { backfill: 'conservative' })).toEqual([0, 100, 150, 3])
})

test.each(
  [fcfs, sjf, f1, wfp3, unicef].flatMap((policy) =>
    [false, true].map((easy) => [policy.name, easy, policy] as const),
  ),
)('%s with backfill %s is what the plain rules say, to the second [FLEET-SIM-01]', (_, easy, policy) => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(fc.nat(60), fc.nat(40), fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 60 })),
        { maxLength: 14 },
      ),
      (rows) => {
        const jobs = tableOf(rows).sortBySubmit()
        const got = new Simulation(jobs, { processors: 10, policy, backfill: easy ? 'easy' : 'none' }).run()
        expect(Array.from(got.startS)).toEqual(plainly(jobs, policy, 10, easy))
      },
    ),
    { numRuns: 150 },
  )
})

const everyPolicy = [
  fcfs,
  sjf,
  f1,
  wfp3,
  unicef,
  drf,
  multifactor(
    { age: 1, fairshare: 5, jobSize: 1, partition: 0, qos: 0, maxAgeS: 1e5, favourSmall: true },
    24,
  ),
]

test.each(
  everyPolicy.flatMap((policy) =>
    (['none', 'easy', 'conservative'] as const).map((backfill) => [policy.name, backfill, policy] as const),
  ),
)(
  '%s with %s: never more than there is, nobody lost, the same bytes from a snapshot [FLEET-SIM-02]',
  (_, backfill, policy) => {
    const jobs = makeLog({ jobs: 300, processors: 64, load: 1.1, seed: 'snapshot' })
    const options = { processors: 64, policy, backfill }
    const whole = new Simulation(jobs, options).run()
    expect(whole.startS.every((startS, job) => startS >= jobs.submitS[job]!)).toBe(true)
    const events = Array.from(whole.startS).flatMap(
      (startS, job) =>
        [
          [startS, jobs.processors[job]!],
          [whole.endS[job]!, -jobs.processors[job]!],
        ] as const,
    )
    events.sort((a, b) => a[0] - b[0] || a[1] - b[1])
    let held = 0
    for (const [, change] of events) expect((held += change)).toBeLessThanOrEqual(64)
    const first = new Simulation(jobs, options)
    first.run({ untilS: jobs.submitS[140]! })
    const second = new Simulation(jobs, options, structuredClone(first.snapshot()))
    expect(second.run()).toEqual(whole)
    expect(first.run()).toEqual(whole)
  },
)

test('a job is ended at its limit unless the cluster does not [FLEET-SIM-03]', () => {
  const rows: Row[] = [
    [0, 100, 10, 60],
    [0, 10, 10, 20],
  ]
  expect(Array.from(run(rows, {}).endS)).toEqual([60, 70])
  expect(Array.from(run(rows, {}).killed)).toEqual([1, 0])
  expect(Array.from(run(rows, { killsAtLimit: false }).endS)).toEqual([100, 110])
})

test('a job waits for the one before it and thinks; an unknown one holds nobody up [FLEET-SIM-03]', () => {
  const rows: Row[] = [
    [0, 50, 2],
    [1, 10, 2, 10, { precedingJob: 1, thinkS: 30 }],
    [2, 10, 2, 10, { precedingJob: 99 }],
    [3, 10, 2, 10, { precedingJob: 4 }],
  ]
  expect(starts(rows)).toEqual([0, 80, 2, 3])
})

test('an array runs so many of its tasks at once [FLEET-SIM-03]', () => {
  const rows: Row[] = [
    [0, 10, 1],
    [0, 10, 1],
    [0, 10, 1],
    [0, 10, 1],
    [5, 10, 1],
  ]
  const arrays = { of: Int32Array.from([7, 7, 7, 7, -1]), most: () => 2 }
  expect(starts(rows, { arrays })).toEqual([0, 0, 10, 10, 5])
})

test('a moldable job starts on fewer where it ends sooner so [FLEET-SIM-03]', () => {
  const rows: Row[] = [
    [0, 100, 6],
    [0, 40, 8],
  ]
  const mould = () => ({ least: 2, serial: 0 })
  const schedule = run(rows, { mould })
  // On four of eight it takes 80 s from now; waiting ends at 140.
  expect([schedule.startS[1], schedule.endS[1], schedule.processors[1]]).toEqual([0, 80, 4])
  expect(
    run(
      [
        [0, 100, 6],
        [0, 400, 8],
      ],
      { mould },
    ).startS[1],
  ).toBe(100)
})

test('a job that the cluster can never hold is left out and holds nobody up', () => {
  expect(
    starts([
      [0, 10, 11],
      [0, 10, 10],
    ]),
  ).toEqual([-1, 0])
})

test('can be cancelled', () => {
  const jobs = makeLog({ jobs: 5000, processors: 64, load: 1, seed: 'cancel' })
  expect(() =>
    new Simulation(jobs, { processors: 64, policy: fcfs }).run({ signal: AbortSignal.abort() }),
  ).toThrow()
})
