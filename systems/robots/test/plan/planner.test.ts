import { createRandom } from '@heavylift/core'
import { describe, expect, it } from 'vitest'
import { madeKinds } from '../../samples/made-floors.ts'
import { makeProblem } from '../../samples/made-problem.ts'
import { checkRun } from '../../src/evals/check-run.ts'
import { createFloor } from '../../src/floor/floor.ts'
import { costIn, Distances, nearCells, nearRadius, nearSide } from '../../src/plan/distances.ts'
import { createOperations } from '../../src/plan/operations.ts'
import { createPlanGraph, stepCost } from '../../src/plan/plan-graph.ts'
import { Planner } from '../../src/plan/planner.ts'
import { settingsFor } from '../../src/plan/settings.ts'
import type { Problem } from '../../src/problem/problem.ts'
import { runSteps } from '../../src/simulate/run-steps.ts'

const plannerFor = (problem: Problem): Planner => {
  const freeCells = problem.floor.isFree.reduce((sum, free) => sum + free, 0)
  return new Planner(problem.floor, problem.starts, settingsFor(freeCells, problem.starts.length))
}

describe('operations', () => {
  it('are every way through cells once, as many as the paper has [ROBOTS-PLAN-01]', () => {
    expect([1, 2, 3, 4, 5].map((depth) => createOperations(depth).count)).toEqual([2, 6, 17, 48, 136])
  })
})

describe('distances', () => {
  it('are those of a search by hand, turns counted, in all directions', () => {
    const floor = createFloor(2, 3, Uint8Array.from([1, 1, 1, 1, 0, 1]))
    const graph = createPlanGraph(floor)
    const distances = new Distances(graph)
    const [from, to] = [graph.vertexOf[3]!, graph.vertexOf[5]!]
    const field = distances.fields[distances.to(to) + from]!
    // From below left to below right around the wall: up, two to the right, down; three steps' turns between.
    expect([0, 1, 2, 3].map((direction) => costIn(field, direction) / stepCost)).toEqual([7, 8, 7, 6])
  })

  it('say too little by two turns at the most where fields are shared, and are exact near the goal', () => {
    const { floor } = makeProblem({ kind: 'rooms', rows: 40, columns: 40, share: 0.1, seed: 'shared' })
    const graph = createPlanGraph(floor)
    const [shared, exact] = [new Distances(graph, 700_000), new Distances(graph)]
    expect([shared.isExact, exact.isExact]).toEqual([false, true])
    const random = createRandom('shared')
    const near = shared.near!
    let known = 0
    for (let at = 0; at < 200; at++) {
      const goal = random.int(0, graph.vertices - 1)
      const state = random.int(0, graph.vertices * 4 - 1)
      expect(shared.from(state, goal)).toBeGreaterThanOrEqual(exact.from(state, goal) - 2 * stepCost)
      const down = graph.rowOf[state >> 2]! - graph.rowOf[goal]! + nearRadius
      const right = graph.columnOf[state >> 2]! - graph.columnOf[goal]! + nearRadius
      if (down < 0 || right < 0 || down >= nearSide || right >= nearSide) continue
      const packed = near[goal * nearCells + down * nearSide + right]!
      if (packed === -1) continue
      known++
      expect(costIn(packed, state & 3)).toBe(exact.from(state, goal))
    }
    expect(known).toBeGreaterThan(5)
  })
})

describe('the planner', () => {
  const cases = madeKinds.flatMap((kind) => [
    { kind, share: 0.2, isOneWay: false },
    { kind, share: 0.6, isOneWay: false },
  ])
  it.each([...cases, { kind: 'narrow aisles' as const, share: 0.2, isOneWay: true }])(
    'moves robots without a fault and finishes tasks: $kind, $share full, one-way $isOneWay [ROBOTS-PLAN-02]',
    ({ kind, share, isOneWay }) => {
      const problem = makeProblem({ kind, rows: 20, columns: 20, share, isOneWay, seed: 'test' })
      const run = runSteps(problem, plannerFor(problem), { steps: 60, units: 5000 })
      const checked = checkRun(problem, run)
      expect(checked.messages).toEqual([])
      expect([run.invalidActions, checked.finished]).toEqual([0, run.finished])
      expect(run.finished).toBeGreaterThan(10)
    },
  )

  it('moves on a floor with hardly a free cell [ROBOTS-PLAN-02]', () => {
    const problem = makeProblem({ kind: 'scattered', rows: 16, columns: 16, share: 0.97, seed: 'full' })
    const run = runSteps(problem, plannerFor(problem), { steps: 120, units: 30_000 })
    expect([checkRun(problem, run).messages, run.invalidActions]).toEqual([[], 0])
    expect(run.finished).toBeGreaterThan(20)
  })

  it('replays a run that a clock cut short, to the bit, from the units recorded [ROBOTS-PLAN-03]', () => {
    const problem = makeProblem({ kind: 'rooms', rows: 20, columns: 20, share: 0.5, seed: 'replay' })
    const first = runSteps(problem, plannerFor(problem), { steps: 40, budgetMs: 4 })
    const { timeouts, units, paths } = first
    if (timeouts > 0) return expect(units.length).toBe(40 - timeouts)
    const again = runSteps(problem, plannerFor(problem), { steps: 40, units })
    expect([again.paths, again.events, again.units]).toEqual([paths, first.events, units])
  })

  it('plans the same with a second thread and without, also when ways are shut in between [ROBOTS-PLAN-03]', async () => {
    const problem = makeProblem({ kind: 'scattered', rows: 70, columns: 70, share: 0.8, seed: 'threads' })
    // Lanes and a field for each goal take longest to find, and change nothing here.
    const settings = { ...settingsFor(4000, 3100), guidance: null, distanceBytes: 1e6 }
    const quickPlanner = () => new Planner(problem.floor, problem.starts, settings)
    const alone = quickPlanner()
    expect([problem.starts.length > 3000, alone.isHelped]).toEqual([true, false])
    const play = (planner: Planner) => {
      const shut = new Uint8Array(problem.floor.isFree.length).fill(1, 1600, 1640)
      return runSteps(problem, planner, {
        steps: 8,
        units: 20_000,
        onStep: (step) => step === 4 && planner.shut(shut),
      })
    }
    const first = play(alone)
    const helped = quickPlanner()
    await expect.poll(() => helped.isHelped, { timeout: 20_000 }).toBe(true)
    const second = play(helped)
    expect(second.paths).toEqual(first.paths)
    expect(second.finished).toBeGreaterThan(10)
  })

  it('finishes more with more work', () => {
    const problem = makeProblem({ kind: 'scattered', rows: 16, columns: 16, share: 0.4, seed: 'work' })
    const [little, much] = [50, 4000].map(
      (units) => runSteps(problem, plannerFor(problem), { steps: 80, units }).finished,
    )
    expect(much).toBeGreaterThan(little!)
  })
})
