import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeSlurm } from '../../samples/made-slurm.ts'
import { Machine } from '../../src/slurm/machine.ts'
import { planStarts } from '../../src/slurm/plan.ts'
import type { ClusterState, PlanJob } from '../../src/slurm/plan.ts'
import { replaySlurm } from '../../src/slurm/replay.ts'
import { explainWait, spanOf } from '../../src/slurm/why.ts'
import { sayWhy } from '../../src/slurm/why-text.ts'

const node = (name: string) => ({ name, cpus: 4, gpus: 0, memoryMb: 1000 })
const job = (
  id: number,
  nodes: number,
  cpus: number,
  limitS: number,
  more: Partial<PlanJob> = {},
): PlanJob => ({
  id,
  partition: 0,
  priority: -id,
  need: { nodes, cpus, gpus: 0, memoryMb: 0 },
  limitS,
  ...more,
})
const cluster: ClusterState = {
  nowS: 1000,
  nodes: ['a', 'b', 'c'].map(node),
  isUp: [true, true, true],
  partitions: [{ name: 'all', nodes: [0, 1, 2], tier: 1, isPreemptible: false }],
  running: [
    { ...job(1, 1, 4, 600), nodes: [0], endS: 1500 },
    { ...job(2, 1, 4, 900), nodes: [1], endS: 1800 },
  ],
  pending: [job(3, 2, 4, 300), job(4, 1, 4, 700), job(5, 1, 4, 400)],
}

test('a plan backfills what delays nobody, and names what each start waits for [FLEET-SLURM-02]', () => {
  const [wide, long, short] = planStarts(cluster)
  // Two nodes are free when job 1 ends; until then the third is open for what ends before.
  expect(wide).toMatchObject({ startS: 1500, nodes: [0, 2], endOf: { id: 1 }, behind: null })
  expect(short).toMatchObject({ startS: 1000, nodes: [2] })
  expect(long).toMatchObject({ startS: 1800, behind: { id: 3 } })
})

test('ends of running jobs are looked at in steps that double, as Slurm does: of those in one step the last counts [FLEET-SLURM-02]', () => {
  const startWith = (secondEndS: number) => {
    const running = [57, secondEndS, 173].map((endS, i) => ({ ...job(1 + i, 1, 4, 600), nodes: [i], endS }))
    const state = { ...cluster, nowS: 0, running, pending: [job(9, 2, 4, 300)] }
    return planStarts(state, { resolutionS: 60, endsWithinS: 30 })[0]!.startS
  }
  // The first step goes to 90, the second to 120; what ends just after it is in the third, to 180.
  expect([startWith(118), startWith(121)]).toEqual([118, 173])
})

test('who has others ended for it holds the nodes that it would have without all of them, and does not start yet [FLEET-SLURM-02]', () => {
  const partitions = [
    { name: 'high', nodes: [0, 1, 2], tier: 2, isPreemptible: false },
    { name: 'low', nodes: [0, 1, 2], tier: 1, isPreemptible: true },
  ]
  const running = [0, 1, 2].map((i) => ({
    ...job(1 + i, 1, 4, 600, { partition: 1 }),
    nodes: [i],
    endS: 1500,
  }))
  const ended: number[] = []
  const [found] = planStarts(
    { ...cluster, partitions, running, pending: [job(9, 1, 4, 300)] },
    {
      endFor: () => {
        ended.push(2)
        return [running[1]!]
      },
    },
  )
  expect(found).toMatchObject({ startS: 1000, nodes: [0], isHeldUp: true })
  expect(ended).toEqual([2])
})

test('no plan gives a node more than it has at any time [FLEET-SLURM-02]', () => {
  const jobs = fc.array(
    fc.record({
      nodes: fc.integer({ min: 1, max: 3 }),
      cpus: fc.integer({ min: 1, max: 4 }),
      limitS: fc.integer({ min: 1, max: 900 }),
    }),
    { maxLength: 12 },
  )
  fc.assert(
    fc.property(jobs, (made) => {
      const pending = made.map(({ nodes, cpus, limitS }, i) => job(10 + i, nodes, cpus, limitS))
      const planned = planStarts({ ...cluster, pending })
      const spans = [
        ...planned.map((one) => ({
          ...one,
          fromS: one.startS,
          untilS: one.startS + one.job.limitS,
          need: one.job.need,
        })),
        ...cluster.running.map((one) => ({ ...one, fromS: 0, untilS: one.endS })),
      ]
      for (const { fromS: atS } of spans) {
        const machine = new Machine(cluster.nodes)
        for (const span of spans)
          if (span.fromS <= atS && atS < span.untilS) machine.take(span.nodes, span.need)
        expect(Math.min(...machine.cpus)).toBeGreaterThanOrEqual(0)
      }
    }),
  )
})

test('nodes are picked as Slurm packs them: the tightest run of neighbours that is enough, else the largest first [FLEET-SLURM-02]', () => {
  const machine = new Machine(Array.from({ length: 8 }, (_, i) => node(`n${i}`)))
  const all = [0, 1, 2, 3, 4, 5, 6, 7]
  const any = () => true
  const choose = (nodes: number, cpus: number) =>
    machine.choose({ nodes, cpus, gpus: 0, memoryMb: 0 }, all, any)
  // Free: 1 4 4 – 2 4 4 –
  machine.take([0], job(1, 1, 3, 1).need)
  machine.take([3], job(2, 1, 4, 1).need)
  machine.take([4], job(3, 1, 2, 1).need)
  machine.take([7], job(4, 1, 4, 1).need)
  // The run 0–2 has nine free, the run 4–6 ten; its fullest node with room is the one.
  expect(choose(1, 1)).toEqual([0])
  expect(choose(1, 2)).toEqual([1])
  expect(choose(2, 2)).toEqual([1, 2])
  expect(choose(3, 2)).toEqual([4, 5, 6])
  // No run holds four: all of the largest, and the rest from the next.
  expect(choose(4, 2)).toEqual([1, 4, 5, 6])
  expect(choose(6, 2)).toBeNull()
})

test('of two runs of neighbours Slurm takes the later one with more processors, even where only the first is enough [FLEET-SLURM-02]', () => {
  const machine = new Machine(Array.from({ length: 4 }, (_, i) => node(`n${i}`)))
  // Free: 1 1 – 4
  machine.take([0], job(1, 1, 3, 1).need)
  machine.take([1], job(2, 1, 3, 1).need)
  machine.take([2], job(3, 1, 4, 1).need)
  const need = { nodes: 2, cpus: 1, gpus: 0, memoryMb: 0 }
  expect(machine.choose(need, [0, 1, 2, 3], () => true)).toEqual([0, 3])
})

test('what is reserved begins and ends on whole steps of the clock, rounded down, as backfill keeps it [FLEET-SLURM-02]', () => {
  // Job 3 takes two nodes whole from 1500, kept as from 1500 to 1800; with steps of 400 s from 1200 to 1600.
  const plan = (resolutionS: number, limitS: number) =>
    planStarts({ ...cluster, pending: [job(3, 2, 4, 300), job(4, 1, 4, limitS)] }, { resolutionS }).at(-1)
  expect(plan(1, 450)).toMatchObject({ startS: 1000 })
  expect(plan(400, 450)).toMatchObject({ startS: 1600, behind: { id: 3 } })
  expect(plan(400, 150)).toMatchObject({ startS: 1000 })
})

test('ends that are near each other count as one where Slurm counts them so [FLEET-SLURM-02]', () => {
  const running = [
    { ...job(1, 1, 4, 600), nodes: [0], endS: 1500 },
    { ...job(2, 1, 4, 900), nodes: [1], endS: 1520 },
  ]
  const state = { ...cluster, running, pending: [job(3, 2, 4, 300)] }
  expect(planStarts(state)[0]).toMatchObject({ startS: 1500, nodes: [0, 2] })
  expect(planStarts(state, { endsWithinS: 30 })[0]).toMatchObject({ startS: 1520, nodes: [0, 1] })
})

test('a replay looks when the schedulers looked, and nobody starts where somebody is leaving [FLEET-SLURM-03]', () => {
  const partitions = [
    { name: 'high', nodes: [0], tier: 2, isPreemptible: false },
    { name: 'low', nodes: [0, 1, 2], tier: 1, isPreemptible: true },
  ]
  const add = (id: number, partition: number, submitS: number) => ({
    ...job(id, 1, 4, 600, { partition }),
    submitS,
    runS: 50,
  })
  const runs = replaySlurm({ nodes: cluster.nodes, partitions }, [add(1, 1, 0.2), add(2, 0, 0.6)], {
    backfillEveryS: 1,
    requeueS: 6,
    endAgainS: 5,
    releaseS: 0.01,
    releaseOfNodeS: () => 0.4,
    passes: [
      { atS: 0.5, by: 'main' },
      { atS: 1.5, by: 'backfill' },
      { atS: 1.8, by: 'main' },
      { atS: 2, by: 'main' },
      { atS: 6.9, by: 'backfill' },
      { atS: 7, by: 'backfill' },
    ],
  })
  expect(runs.map(({ id, startS, nodes, wasPreempted }) => ({ id, startS, nodes, wasPreempted }))).toEqual([
    { id: 1, startS: 0.5, nodes: [0], wasPreempted: true },
    { id: 2, startS: 2, nodes: [0], wasPreempted: false },
    { id: 1, startS: 7, nodes: [1], wasPreempted: false },
  ])
})

test('a replay stops a partition at its head, backfills, and ends a lower tier for a higher one [FLEET-SLURM-03]', () => {
  const partitions = [
    { name: 'high', nodes: [0, 1], tier: 2, isPreemptible: false },
    { name: 'low', nodes: [0, 1, 2], tier: 1, isPreemptible: true },
  ]
  const add = (id: number, partition: number, nodes: number, submitS: number, runS: number) => ({
    ...job(id, nodes, 4, 600, { partition }),
    submitS,
    runS,
  })
  const runs = replaySlurm(
    { nodes: cluster.nodes, partitions },
    [add(1, 1, 3, 0, 100), add(2, 0, 1, 10, 50), add(3, 1, 1, 20, 30)],
    { backfillEveryS: 1, requeueS: 5, endAgainS: 5, releaseS: 0 },
  )
  expect(runs).toEqual([
    { id: 1, startS: 0, endS: 10, nodes: [0, 1, 2], wasPreempted: true },
    { id: 2, startS: 10, endS: 60, nodes: [0], wasPreempted: false },
    // Where job 1 waits for the whole cluster, only backfill lets job 3 ahead, and its limit would hold job 1 up.
    { id: 1, startS: 60, endS: 160, nodes: [0, 1, 2], wasPreempted: false },
    { id: 3, startS: 160, endS: 190, nodes: [0], wasPreempted: false },
  ])
})

const tiers = [
  { name: 'high', nodes: [0, 1], tier: 2, isPreemptible: false },
  { name: 'low', nodes: [0, 1], tier: 1, isPreemptible: true },
]
const asked = (
  id: number,
  partition: number,
  submitS: number,
  runS: number,
  more: Partial<PlanJob> = {},
) => ({
  ...job(id, 1, 4, 600, { partition, ...more }),
  submitS,
  runS,
})
const replayed = (
  jobs: Parameters<typeof replaySlurm>[1],
  passes: { atS: number; by: 'main' | 'backfill'; mostJobs?: number }[],
  more: { releaseS?: number; endAgainS?: number } = {},
) =>
  replaySlurm({ nodes: cluster.nodes.slice(0, 2), partitions: tiers }, jobs, {
    backfillEveryS: 1,
    requeueS: 6,
    endAgainS: 5,
    releaseS: 1,
    passes,
    ...more,
  }).map(({ id, startS, endS, nodes, wasPreempted }) => [id, startS, endS, nodes[0], wasPreempted])

test('where somebody is just leaving is no room for the main scheduler, which ends another instead; backfill waits for it [FLEET-SLURM-03]', () => {
  // Job 1 ends at 10 and leaves node 0 until 11; job 3 comes then, and only job 2 on node 1 may be ended.
  const jobs = [asked(1, 0, 0, 10), asked(2, 1, 0, 50), asked(3, 0, 10.1, 5)]
  const begin = { atS: 0, by: 'main' as const }
  expect(replayed(jobs, [begin, { atS: 10.2, by: 'main' }, { atS: 11.3, by: 'main' }])).toContainEqual([
    2,
    0,
    10.2,
    1,
    true,
  ])
  const waited = replayed(jobs, [begin, { atS: 10.2, by: 'backfill' }, { atS: 11.3, by: 'backfill' }])
  expect(waited).toContainEqual([3, 11.3, 16.3, 0, false])
  expect(waited.some(([, , , , wasPreempted]) => wasPreempted === true)).toBe(false)
})

test('who had others ended has no more ended until those should have ended [FLEET-SLURM-03]', () => {
  // Node 0 is left by job 1 for four seconds, and is taken meanwhile by nobody; job 9 waits for it and ends job 2 only when its patience is over.
  const jobs = [asked(1, 1, 0, 90), asked(2, 1, 0, 90), asked(9, 0, 1, 5)]
  const looks = [0, 1.5, 3.5, 7].map((atS) => ({ atS, by: 'main' as const }))
  const ended = (endAgainS: number) =>
    replayed(jobs, looks, { releaseS: 4, endAgainS })
      .filter(([, , , , wasPreempted]) => wasPreempted === true)
      .map(([id, , endS]) => [id, endS])
  expect(ended(5)).toEqual([[1, 1.5]])
  expect(ended(2)).toEqual([
    [1, 1.5],
    [2, 3.5],
  ])
})

test('a look that broke off starts nobody after the last job that it looked at [FLEET-SLURM-03]', () => {
  const jobs = [asked(1, 0, 0, 9), asked(2, 0, 0, 9)]
  const starts = (mostJobs?: number) =>
    replayed(jobs, [
      { atS: 1, by: 'backfill', ...(mostJobs === undefined ? {} : { mostJobs }) },
      { atS: 5, by: 'backfill' },
    ]).map(([, startS]) => startS)
  expect(starts()).toEqual([1, 1])
  expect(starts(1)).toEqual([1, 5])
})

test('who starts in a pass ends in whole seconds, in the order of ids among those of that second [FLEET-SLURM-02]', () => {
  // Slurm passes over who has none of the nodes without a look at its end: with job 3 after job 2, both at 60, it goes on to job 1 in the first step.
  const running = [
    { ...job(1, 1, 4, 600), nodes: [1], endS: 150 },
    { ...job(3, 1, 4, 60), nodes: [2], endS: 60 },
  ]
  const partitions = [{ name: 'two', nodes: [0, 1], tier: 1, isPreemptible: false }]
  const pending = [job(2, 1, 4, 60), job(9, 1, 4, 60)]
  for (const nowS of [0, 0.25]) {
    const planned = planStarts({ ...cluster, partitions, nowS, running, pending }, { endsWithinS: 30 })
    expect(planned.map(({ startS }) => startS)).toEqual([nowS, 150])
  }
})

test('why a job waits: what is short, which end it waits for, who is before it, what would start sooner [FLEET-WHY-01]', () => {
  const made = makeSlurm('sample', 1_795_000_000)
  const { state, options } = made.view
  const waiting = state.pending.map(({ id }) => ({ id, why: explainWait(state, id, options)! }))
  for (const { id, why } of waiting) {
    const planned = planStarts(state, options).find((one) => one.job.id === id)!
    expect(why.startS).toBe(planned.startS)
    // Each change is planned like the job itself, so what is said to be sooner is.
    for (const { startS } of why.sooner) expect(startS).toBeLessThan(why.startS)
    expect(sayWhy(made.view, id, why)).toMatch(/^Job \d+ needs \d+ nodes? of partition \w+/)
  }
  expect(waiting.some(({ why }) => why.sooner.length > 0 && why.endOf !== null)).toBe(true)
  expect(explainWait(state, state.running[0]!.id, options)).toBeNull()
  expect(sayWhy(made.view, state.running[0]!.id, null)).toMatch(/does not wait: it is running/)
  expect(sayWhy(made.view, 1, null)).toBe('No job 1 runs or waits.')
})

test('a job for which others are ended is told so, and one of a lower tier waits for it [FLEET-WHY-01]', () => {
  const running = [0, 1].map((i) => ({
    ...job(1 + i, 1, 4, 600, { partition: 1 }),
    nodes: [i],
    endS: 1500 + i,
  }))
  const pending = [job(8, 1, 4, 300), job(9, 1, 4, 300, { partition: 1 })]
  const nodes = cluster.nodes.slice(0, 2)
  const state = { ...cluster, nodes, isUp: [true, true], partitions: tiers, running, pending }
  expect(explainWait(state, 8)).toMatchObject({ startS: 1000, endsOthers: true, endOf: null })
  expect(explainWait(state, 9)).toMatchObject({ startS: 1500, endsOthers: false, endOf: { id: 1 } })
})

test.each([
  [30, '1 min'],
  [3600, '1 h'],
  [5400, '1 h 30 min'],
  [49 * 3600, '2 d 1 h'],
])('%i s is %s', (seconds, text) => expect(spanOf(seconds)).toBe(text))
