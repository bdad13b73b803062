import { createRandom } from '@heavylift/core'
import { expect, test } from 'vitest'
import { makeProblem } from '../../samples/made-problem.ts'
import { applyStep } from '../../src/control/release/apply-step.ts'
import { breakRings } from '../../src/control/release/break-rings.ts'
import { RouteBook } from '../../src/control/release/route-book.ts'
import { Planner } from '../../src/plan/planner.ts'
import { settingsFor } from '../../src/plan/settings.ts'
import { moveAll } from '../../src/simulate/step.ts'
import { TaskPool } from '../../src/simulate/tasks.ts'

test.each([0.1, 0.6])(
  'whatever the delays, no two robots are let onto one cell, and all get through, at a share of %f [ROBOTS-RELEASE-01]',
  (share) => {
    for (const seed of ['a', 'b']) {
      const problem = makeProblem({ kind: 'wide aisles', rows: 10, columns: 14, share, seed })
      const { floor } = problem
      const robots = problem.starts.length
      const states = Int32Array.from(problem.starts)
      const occupant = new Int32Array(floor.isFree.length).fill(-1)
      states.forEach((state, robot) => (occupant[state >> 2] = robot))
      let book = new RouteBook(states.map((state) => state >> 2))
      const laid = Int32Array.from(states)
      const planner = new Planner(floor, states, settingsFor(100, robots))
      const pool = new TaskPool(problem.tasks, robots, problem.revealed)
      const random = createRandom(seed)
      // Where robots really are: at a visit, and on the way to the next one that they were let onto.
      const at = new Int32Array(robots)
      const told = new Int32Array(robots)
      const on = new Map<number, number>()
      states.forEach((state, robot) => on.set(state >> 2, robot))
      const move = (robot: number): boolean => {
        if (at[robot] === told[robot]) return false
        const [from, to] = [book.visit(robot, at[robot]!)!.cell, book.visit(robot, at[robot]! + 1)!.cell]
        if (from !== to) {
          if (on.has(to)) throw new Error(`Robots ${robot} and ${on.get(to)!} are both on ${to}.`)
          on.delete(from)
          on.set(to, robot)
        }
        at[robot]!++
        book.arrive(robot, at[robot]!)
        return true
      }
      const letAll = (): void => {
        for (let robot = 0; robot < robots; robot++) told[robot] = book.release(robot, 5)
      }
      for (let step = 0; step < 40; step++) {
        const actions = planner.step(pool, states, { units: 20_000 })
        for (let robot = 0; robot < robots; robot++) if (book.backlog(robot) > 6) actions[robot] = 3
        breakRings(floor, states, occupant, actions)
        moveAll(floor, states, actions, occupant)
        const errands = pool
          .arrive(states)
          .map(({ robot, task, errand }) => [robot, task, errand, false] as [number, number, number, boolean])
        applyStep(floor, book, laid, Uint8Array.from(actions), errands)
        expect([...laid]).toEqual([...states])
        pool.reveal()
        // A restart in between forgets what was released, and nothing else.
        if (step === 20) book = RouteBook.restore(JSON.parse(JSON.stringify(book.snapshot())))
        letAll()
        for (let tries = 0; tries < robots; tries++) if (random.chance(0.5)) move(random.int(0, robots - 1))
      }
      for (let moved = true; moved;) {
        letAll()
        moved = false
        for (let robot = 0; robot < robots; robot++) moved = move(robot) || moved
      }
      for (let robot = 0; robot < robots; robot++) expect(book.backlog(robot)).toBe(0)
    }
  },
)

test('a robot cannot be where it was never let, nor go back; a blocked cell lets nobody on [ROBOTS-RELEASE-02]', () => {
  const book = new RouteBook([0, 5])
  book.append(0, 1)
  book.append(0, 2)
  expect(() => book.arrive(0, 1)).toThrow(RangeError)
  book.block(2)
  expect(book.release(0, 9)).toBe(1)
  expect(book.arrive(0, 1)).toEqual([])
  expect(() => book.arrive(0, 0)).toThrow(RangeError)
  book.unblock(2)
  expect(book.release(0, 9)).toBe(2)
})

test('a robot follows another only when it has said that it left [ROBOTS-RELEASE-01]', () => {
  const book = new RouteBook([1, 0])
  book.append(0, 2)
  book.append(1, 1)
  expect(book.release(0, 3)).toBe(1)
  expect(book.release(1, 3)).toBe(0)
  expect(book.arrive(0, 1)).toEqual([1])
  expect(book.release(1, 3)).toBe(1)
})

test('who takes over lets nobody past another that is before it, whoever is heard first [ROBOTS-RELEASE-01]', () => {
  // The first stands on 1 and drives off, the second over 1 and back to it, the third onto it in between.
  const before = new RouteBook([1, 0, 9])
  before.append(0, 2)
  for (const cell of [1, 11]) before.append(1, cell)
  before.append(2, 1)
  before.append(2, 12)
  before.append(1, 1)
  const book = RouteBook.restore(before.snapshot())
  // The one before it had let both on. The second is heard first.
  book.wasReleasedTo(1, 2)
  book.arrive(1, 2)
  expect([book.release(1, 6), book.release(2, 6)]).toEqual([2, 0])
  book.wasReleasedTo(0, 1)
  expect(book.arrive(0, 1)).toEqual([2])
  expect([book.release(1, 6), book.release(2, 6)]).toEqual([2, 2])
  book.arrive(2, 2)
  expect(book.release(1, 6)).toBe(3)
})
