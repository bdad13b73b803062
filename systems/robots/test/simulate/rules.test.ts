import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFloor } from '../../src/floor/floor.ts'
import { moveAll } from '../../src/simulate/step.ts'
import { TaskPool } from '../../src/simulate/tasks.ts'

const line = createFloor(1, 4, Uint8Array.from([1, 1, 1, 1]))
function move(states: number[], chosen: number[], floor = line) {
  const now = Int32Array.from(states)
  const done = Uint8Array.from(chosen)
  const occupant = new Int32Array(floor.isFree.length).fill(-1)
  states.forEach((state, robot) => (occupant[state >> 2] = robot))
  const bad = moveAll(floor, now, done, occupant)
  return { states: [...now], done: [...done], bad }
}

describe('a step of the rules of 2024', () => {
  it('lets robots follow each other, and turns them', () => {
    expect(move([0, 4, 12], [0, 0, 1])).toEqual({ states: [4, 8, 13], done: [0, 0, 1], bad: 0 })
  })

  it('makes a bad action a wait, and so all that counted on it [ROBOTS-RULES-01]', () => {
    // The first of three in a row drives at the wall: all three stay, one action was bad.
    expect(move([4, 8, 12], [0, 0, 0])).toEqual({ states: [4, 8, 12], done: [3, 3, 3], bad: 1 })
    expect(move([0, 6], [0, 0])).toMatchObject({ states: [0, 6], done: [3, 3] })
  })

  it('never puts two on one cell nor lets them swap, whatever is chosen [ROBOTS-RULES-01]', () => {
    const size = 4
    const floor = createFloor(size, size, new Uint8Array(size * size).fill(1))
    const robots = fc.uniqueArray(fc.integer({ min: 0, max: size * size * 4 - 1 }), {
      minLength: 2,
      maxLength: 14,
      selector: (state) => state >> 2,
    })
    fc.assert(
      fc.property(robots, fc.array(fc.nat(4), { minLength: 14, maxLength: 14 }), (states, chosen) => {
        const { states: after } = move(states, chosen.slice(0, states.length), floor)
        const cells = after.map((state) => state >> 2)
        expect(new Set(cells).size).toBe(cells.length)
        for (const [one, cell] of cells.entries())
          for (const [other, there] of cells.entries())
            if (one !== other && cell === states[other]! >> 2) expect(there).not.toBe(states[one]! >> 2)
      }),
    )
  })
})

describe('the pool of tasks', () => {
  const file = [[1], [2, 3]].map((errands) => Int32Array.from(errands))

  it('keeps so many open, and takes the file round and round [ROBOTS-RULES-02]', () => {
    const pool = new TaskPool(file, 2, 1.5)
    expect([...pool.open.values()].map(({ id, errands }) => [id, ...errands])).toEqual([
      [0, 1],
      [1, 2, 3],
      [2, 1],
    ])
    pool.assign(0, pool.open.get(0)!)
    expect(pool.arrive(Int32Array.from([4, 0]))).toEqual([{ robot: 0, task: 0, errand: 1 }])
    expect([pool.finished, pool.reveal().map(({ id }) => id)]).toEqual([1, [3]])
  })

  it('lets a task change hands until its first errand is reached, and does one errand a step [ROBOTS-RULES-02]', () => {
    const pool = new TaskPool([Int32Array.from([2, 2])], 2, 1)
    const task = pool.open.get(0)!
    pool.assign(0, task)
    expect(pool.assign(1, task)).toBe(true)
    expect([pool.ofRobot[0], pool.ofRobot[1]]).toEqual([null, task])
    pool.arrive(Int32Array.from([0, 8]))
    expect([task.next, pool.assign(0, task), pool.assign(1, null)]).toEqual([1, false, false])
    pool.arrive(Int32Array.from([0, 8]))
    expect(pool.finished).toBe(1)
  })
})
