import { createRandom } from '@heavylift/core'
import { expect, test } from 'vitest'
import { Deadlocks } from '../../src/live/deadlocks.ts'
import { LiveTasks } from '../../src/live/live-tasks.ts'
import { makeWarehouse } from '../../src/live/made-warehouse.ts'

const warehouse = makeWarehouse({ rows: 30, columns: 40, aisle: 1 }, createRandom('ring'))

/** Two robots face to face, each wants the other's cell. */
function standoff() {
  const tasks = new LiveTasks(warehouse, 2, createRandom('ring'))
  for (const [robot, task] of [...tasks.open.values()].entries()) if (robot < 2) tasks.assign(robot, task)
  const states = Int32Array.of(40 * 4, 41 * 4 + 2)
  const occupant = new Int32Array(30 * 40).fill(-1)
  occupant[40] = 0
  occupant[41] = 1
  return { tasks, states, occupant, waited: Int32Array.of(20, 20), isHeld: new Uint8Array(2) }
}

test('of a ring the one with the least way out gives way, and another when that has not helped [ROBOTS-LIVE-08]', () => {
  const floor = standoff()
  const deadlocks = new Deadlocks(2)
  const sent: number[] = []
  const watch = (step: number): void => {
    deadlocks.watch({
      ...floor,
      step,
      nextCellOf: (robot) => (robot === 0 ? 41 : 40),
      asideOf: (robot) => ({ cell: 45 + robot, steps: robot === 0 ? 9 : 3 }),
    })
    for (const robot of [0, 1]) if (floor.tasks.isTrip(robot) && !sent.includes(robot)) sent.push(robot)
  }
  watch(1)
  expect([sent, deadlocks.found, deadlocks.open]).toEqual([[1], 1, 1])
  for (let step = 2; step <= 16; step++) watch(step)
  expect(sent).toEqual([1, 0])
  floor.states[0] = 80 * 4
  watch(17)
  expect([deadlocks.broken, deadlocks.open]).toEqual([1, 0])
  // Who gave way goes on with what it had.
  floor.waited.fill(0)
  for (let step = 18; step <= 40; step++) watch(step)
  expect([floor.tasks.isTrip(0), floor.tasks.isTrip(1)]).toEqual([false, false])
})

test('nobody is sent where no way leads off the ways of the others', () => {
  const floor = standoff()
  const deadlocks = new Deadlocks(2)
  deadlocks.watch({
    ...floor,
    step: 1,
    nextCellOf: (robot) => (robot === 0 ? 41 : 40),
    asideOf: () => null,
  })
  expect([deadlocks.found, floor.tasks.isTrip(0), floor.tasks.isTrip(1)]).toEqual([1, false, false])
})
