import { Worker } from 'node:worker_threads'
import { expect, it } from 'vitest'
import { makeProblem } from '../../samples/made-problem.ts'
import { Distances } from '../../src/plan/distances.ts'
import { createOperations } from '../../src/plan/operations.ts'
import { createPlanGraph } from '../../src/plan/plan-graph.ts'
import { OperationRanks } from '../../src/plan/rank-operations.ts'
import { Readying } from '../../src/plan/readying.ts'
import { createSharedPlan } from '../../src/plan/shared-plan.ts'

/** Says that it is there, takes its share of the first round, and dies with it. */
const dying = `
const { control, plan } = require('node:worker_threads').workerData
Atomics.store(control, 1, plan.robots)
Atomics.store(control, 5, 1)
Atomics.wait(control, 0, 0)
plan.weighedFor[0] = 1
Atomics.add(control, 1, 1)
process.exit()
`

it('goes on by itself where the second thread dies in the middle of its share [ROBOTS-PLAN-05]', async () => {
  const { floor, starts } = makeProblem({
    kind: 'scattered',
    rows: 70,
    columns: 70,
    share: 0.8,
    seed: 'threads',
  })
  const graph = createPlanGraph(floor)
  const operations = createOperations(3)
  const distances = new Distances(graph)
  const planFor = () => {
    const plan = createSharedPlan(graph, operations, starts.length)
    for (const [robot, start] of starts.entries()) plan.path.fill(start, robot * 4, robot * 4 + 4)
    return plan
  }
  const readyingOf = (plan: ReturnType<typeof planFor>) =>
    new Readying(new OperationRanks(graph, operations, distances, plan), graph, operations, distances, plan, {
      start: (workerData) => new Worker(dying, { eval: true, workerData }),
      longestMs: 200,
    })
  const [plan, alone] = [planFor(), planFor()]
  readyingOf(alone).readyAll(true)
  const readying = readyingOf(plan)
  await expect.poll(() => readying.isHelped, { timeout: 20_000 }).toBe(true)
  await expect
    .poll(
      () => {
        readying.readyAll(true)
        return readying.isHelped
      },
      { timeout: 20_000 },
    )
    .toBe(false)
  expect([plan.weighed, plan.ranked, plan.rankedWay]).toEqual([alone.weighed, alone.ranked, alone.rankedWay])
  expect(plan.ranked.every((ranked) => ranked === 1)).toBe(true)
})
