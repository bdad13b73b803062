import { createRandom } from '@heavylift/core'
import { describe, expect, it } from 'vitest'
import { makeProblem } from '../../samples/made-problem.ts'
import { Assigner } from '../../src/plan/assign.ts'
import { Distances } from '../../src/plan/distances.ts'
import { NearTasks } from '../../src/plan/near-tasks.ts'
import { createPlanGraph, stepCost } from '../../src/plan/plan-graph.ts'
import { TaskPool } from '../../src/simulate/tasks.ts'

const {
  floor,
  tasks: errands,
  starts,
} = makeProblem({
  kind: 'wide aisles',
  rows: 60,
  columns: 50,
  share: 0.35,
  seed: 'near',
})
const graph = createPlanGraph(floor)

describe('tasks near a robot', () => {
  it('are those that a look at all finds', () => {
    const random = createRandom('near')
    const open = errands.slice(0, 400).map((each, id) => ({ id, errands: each, next: 0, robot: -1 }))
    const lengths = open.map(() => random.int(0, 300))
    const near = new NearTasks(graph)
    near.set(open, ({ id }) => lengths[id]!)
    const [found, cost] = [new Int32Array(8), new Int32Array(8)]
    for (let at = 0; at < 100; at++) {
      const vertex = random.int(0, graph.vertices - 1)
      const all = open.map(({ errands: [first] }, id) => {
        const [row, column] = [Math.floor(first! / floor.columns), first! % floor.columns]
        const far = Math.abs(row - graph.rowOf[vertex]!) + Math.abs(column - graph.columnOf[vertex]!)
        return 5 * stepCost * far + lengths[id]!
      })
      expect(near.find(vertex, 5, found, cost)).toBe(8)
      expect([...cost]).toEqual(all.toSorted((a, b) => a - b).slice(0, 8))
      expect(Array.from(found, (id) => all[id])).toEqual([...cost])
    }
  })
})

describe('the assigner', () => {
  it('gives each of many robots a task at once [ROBOTS-PLAN-04]', () => {
    const distances = new Distances(graph)
    const pool = new TaskPool(errands, starts.length, 1.5)
    const states = starts.map((state) => graph.vertexOf[state >> 2]! * 4 + (state & 3))
    const assigner = new Assigner(graph, distances)
    for (let step = 0; step < 4; step++) assigner.assign(pool, states)
    expect(starts.length * pool.open.size).toBeGreaterThan(400_000)
    expect(pool.ofRobot.filter((task) => task === null).length).toBe(0)
  })
})
