import { createRandom } from '@heavylift/core'
import { describe, expect, it } from 'vitest'
import { keepOrder } from '../../src/execute/keep-order.ts'
import { createFloor } from '../../src/floor/floor.ts'
import { FloorTeller } from '../../src/live/describe-floor.ts'
import { LiveFloor } from '../../src/live/live-floor.ts'
import type { LiveFloorOptions } from '../../src/live/live-floor.ts'
import { makeWarehouse } from '../../src/live/made-warehouse.ts'
import type { WarehouseOptions } from '../../src/live/made-warehouse.ts'
import { actionOf, packActions } from '../../src/live/pack-actions.ts'
import { validateSteps } from '../../src/validate/validate-steps.ts'

const small: WarehouseOptions = { rows: 30, columns: 40, aisle: 2 }

function make(warehouse: Partial<WarehouseOptions> = {}, options: Partial<LiveFloorOptions> = {}): LiveFloor {
  const made = makeWarehouse({ ...small, ...warehouse }, createRandom('warehouse'))
  return new LiveFloor(made, { robots: 120, seed: 'test', units: 4000, isGuided: false, ...options })
}

/** Runs a floor and holds every step against the independent validator. */
function run(floor: LiveFloor, steps: number, before: (step: number) => void = () => {}) {
  const { rows, columns, isFree, ahead } = floor.warehouse.floor
  const starts = Array.from(floor.states, (state) => ({
    row: Math.floor((state >> 2) / columns),
    column: (state >> 2) % columns,
    facing: state & 3,
  }))
  const letters: string[][] = starts.map(() => [])
  for (let step = 1; step <= steps; step++) {
    before(step)
    for (const [robot, action] of floor.next().entries()) letters[robot]!.push('FRCW'[action]!)
  }
  const paths = letters.map((each) => each.join(''))
  const { violations } = validateSteps({
    rows,
    columns,
    mayStand: (row, column) => isFree[row * columns + column] === 1,
    mayGo: (row, column, toRow, toColumn) =>
      [0, 1, 2, 3].some(
        (direction) => ahead[(row * columns + column) * 4 + direction] === toRow * columns + toColumn,
      ),
    starts,
    paths,
  })
  return { paths, violations: violations.map(({ message }) => message) }
}

const box = { top: 8, left: 10, bottom: 16, right: 20, reason: 'test' }

describe('a live floor', () => {
  it.each([
    { name: 'wide aisles', warehouse: {} },
    { name: 'narrow aisles', warehouse: { aisle: 1 as const } },
    { name: 'narrow one-way aisles', warehouse: { aisle: 1 as const, isOneWay: true } },
    { name: 'blocked stations', warehouse: { blockedShare: 0.5 } },
  ])('has no collision whatever fails, and goes on: $name [ROBOTS-LIVE-01]', ({ warehouse }) => {
    for (const seed of ['a', 'b']) {
      const floor = make(warehouse, { seed, lateChance: 0.02 })
      const { violations } = run(floor, 170, (step) => {
        if (step === 30) floor.unplug(floor.pick(8))
        if (step === 50) floor.zones.add({ ...box, type: 'BLOCKED', since: step })
        if (step === 60) floor.zones.add({ ...box, left: 24, right: 30, type: 'PERSON', since: step })
        if (step === 70) floor.zones.add({ ...box, top: 0, bottom: 5, type: 'SPEED_LIMIT', since: step })
        if (step === 80) floor.zones.add({ ...box, top: 20, bottom: 24, type: 'RELEASE', since: step })
        if (step === 140) for (const id of [1, 2, 3, 4]) floor.zones.remove(id)
        if (step === 150) floor.mend(Array.from({ length: floor.robots }, (_, robot) => robot))
        if ([50, 60, 70, 80, 140].includes(step)) floor.zonesChanged()
      })
      expect(violations).toEqual([])
      expect(floor.invalidActions).toBe(0)
      expect(floor.tasks.finished).toBeGreaterThan(10)
    }
  })

  it('plans around a closed zone from the next step on, and who is in it leaves [ROBOTS-LIVE-02]', () => {
    const floor = make()
    run(floor, 40)
    const inside = (): number[] =>
      Array.from(floor.states.keys()).filter((robot) => {
        const cell = floor.states[robot]! >> 2
        const [row, column] = [Math.floor(cell / small.columns), cell % small.columns]
        return row >= box.top && row <= box.bottom && column >= box.left && column <= box.right
      })
    const before = new Set(inside())
    floor.zones.add({ ...box, type: 'BLOCKED', since: floor.step })
    floor.zonesChanged()
    for (let step = 0; step < 60; step++) {
      floor.next()
      for (const robot of inside()) expect(before.has(robot)).toBe(true)
    }
    expect(before.size).toBeGreaterThan(0)
    expect(inside()).toEqual([])
  })

  it('stands still from the step after a stop until it is released, whatever else is asked [ROBOTS-LIVE-03]', () => {
    const floor = make()
    run(floor, 20)
    floor.isStopped = true
    const states = Int32Array.from(floor.states)
    floor.unplug([1])
    floor.mend([1])
    for (let step = 0; step < 10; step++) expect(floor.next().every((action) => action === 3)).toBe(true)
    expect(floor.states).toEqual(states)
    floor.isStopped = false
    run(floor, 10)
    expect(floor.states).not.toEqual(states)
  })

  it('leaves robots without power where they are, and lets them work again when mended [ROBOTS-LIVE-04]', () => {
    const floor = make()
    run(floor, 20)
    const failed = floor.pick(10)
    const cells = failed.map((robot) => floor.states[robot]! >> 2)
    floor.unplug(failed)
    run(floor, 40)
    expect(failed.map((robot) => floor.states[robot]! >> 2)).toEqual(cells)
    expect(failed.map((robot) => floor.status[robot])).toEqual(failed.map(() => 5))
    floor.mend(failed)
    run(floor, 60)
    expect(failed.filter((robot, at) => floor.states[robot]! >> 2 !== cells[at]).length).toBeGreaterThan(5)
  })

  it('finds robots that wait for each other in a ring, and breaks it [ROBOTS-LIVE-05]', () => {
    const floor = make({ aisle: 1, rows: 24, columns: 32 }, { robots: 150, lateChance: 0.01 })
    run(floor, 400)
    expect(floor.deadlocks.found).toBeGreaterThan(0)
    expect(floor.deadlocks.broken).toBeGreaterThan(0)
  })

  it('charges batteries that are low, and goes on [ROBOTS-LIVE-06]', () => {
    const floor = make()
    for (let robot = 0; robot < 12; robot++) floor.batteries.fill(robot, 0.1)
    let charged = 0
    for (let step = 0; step < 200; step++) {
      floor.next()
      charged = Math.max(charged, floor.status.filter((state) => state === 4).length)
    }
    expect(charged).toBeGreaterThan(0)
    expect(floor.batteries.charge.slice(0, 12).filter((charge) => charge > 0.5).length).toBeGreaterThan(3)
  })

  it('is the same to the bit with the same seed and commands [ROBOTS-LIVE-07]', () => {
    const [first, second] = [make({}, { lateChance: 0.05 }), make({}, { lateChance: 0.05 })].map((floor) =>
      run(floor, 60, (step) => step === 20 && floor.unplug(floor.pick(5))),
    )
    expect(second!.paths).toEqual(first!.paths)
  })
})

describe('keeping the order of the plan', () => {
  it('lets nobody enter a cell that one who is late has not left, nor whoever waits for that', () => {
    const line = createFloor(1, 5, new Uint8Array(5).fill(1))
    const states = Int32Array.from([0, 1, 2, 4], (cell) => cell * 4)
    const occupant = Int32Array.from([0, 1, 2, -1, 3])
    const chosen = Uint8Array.from([0, 0, 0, 3])
    const waited = keepOrder(line, states, chosen, Uint8Array.from([0, 0, 1, 0]), occupant)
    expect([waited, [...chosen]]).toEqual([2, [3, 3, 3, 3]])
  })
})

it('packs actions in two bits and reads them back', () => {
  const actions = Uint8Array.from({ length: 11 }, (_, robot) => (robot * 7) % 4)
  const packed = packActions(actions)
  expect(packed.length).toBe(3)
  expect(Array.from(actions.keys(), (robot) => actionOf(packed, robot))).toEqual([...actions])
})

it('what plans take is told of steps that were planned, also after a stop', () => {
  const floor = make()
  const teller = new FloorTeller(floor, { stepMs: 500, stepSeconds: 1, goalPerHour: 1, budgetMs: 100 })
  const told = (): number => teller.step(floor.next()).figures.planMs
  told()
  const before = told()
  floor.isStopped = true
  expect([told(), told(), told()]).toEqual([before, before, before])
})

it('a large floor goes on at its pace, where lanes for any two places would jam [ROBOTS-LIVE-09]', () => {
  const floor = make({ rows: 60, columns: 100 }, { robots: 800, units: 16_000, isGuided: true })
  const finished: number[] = []
  for (let step = 1; step <= 360; step++) {
    floor.next()
    if (step % 60 === 0) finished.push(floor.tasks.finished)
  }
  const inMinute = (minute: number): number => finished[minute - 1]! - finished[minute - 2]!
  expect(inMinute(6)).toBeGreaterThan(0.85 * inMinute(3))
}, 120_000)
