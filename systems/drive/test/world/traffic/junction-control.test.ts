import { describe, expect, test } from 'vitest'
import { signalStates } from '../../../src/world/scene/signal-table.ts'
import { intersection } from '../../../src/world/town/intersection.ts'
import { town } from '../../../src/world/town/town.ts'
import type { TrafficSimulation } from '../../../src/world/traffic/traffic-simulation.ts'
import { SourceWorld } from './source-world.ts'

/** A junction with cars at these distances before the stop line (194 m) of the arms 1 (west) to 4 (north), bound for the arms `to`. */
function atJunction(
  control: 'signals' | 'stop' | 'priority' | 'uncontrolled',
  cars: { from: number; to: number; beforeM: number; mps: number }[],
) {
  const world = new SourceWorld(intersection({ control }), { seed: 1, count: cars.length, mix: { car: 1 } })
  world.start()
  const simulation = world.source.simulation as TrafficSimulation
  const { state } = simulation
  const { graph } = state
  const lane = (road: number) => graph.find(graph.network.indexOf(String(road)), 0, -1)
  for (const row of world.rows) if (state.lane[row] !== -1) state.remove(row)
  for (const [row, { from, to, beforeM, mps }] of cars.entries()) {
    simulation.place(row, lane(from), 194 - beforeM, mps)
    state.next[row] = lane(1000 + 100 * from + 10 * to)
  }
  /** Order in which the cars enter the junction, with times. */
  const run = (seconds: number) => {
    const entered: { row: number; timeS: number }[] = []
    for (let step = 0; step < seconds / 0.05; step++) {
      world.step()
      expect(world.overlapping()).toBeNull()
      for (const row of world.rows)
        if (
          state.lane[row] !== -1 &&
          (graph.junction[state.lane[row] as number] as number) >= 0 &&
          entered.every((one) => one.row !== row)
        )
          entered.push({ row, timeS: world.scene.timeS })
    }
    return entered
  }
  return { world, state, run }
}

describe('right of way', () => {
  test('stops at red and goes at green [DRIVE-TRAFFIC-05]', () => {
    // West has green from 0 to 20 s; south from 25 s.
    const { run, world } = atJunction('signals', [
      { from: 1, to: 3, beforeM: 40, mps: 10 },
      { from: 2, to: 4, beforeM: 40, mps: 10 },
    ])
    expect(world.scene.signals.state[1]).toBe(signalStates.red)
    const [first, second] = run(40)
    expect(first?.row).toBe(0)
    expect(first?.timeS).toBeLessThan(8)
    expect(second?.row).toBe(1)
    expect(second?.timeS).toBeGreaterThan(25)
  })

  test('stops at amber where it can, and goes on where it cannot [DRIVE-TRAFFIC-05]', () => {
    const entersAt = (beforeM: number) => {
      const { run, world } = atJunction('signals', [{ from: 1, to: 3, beforeM, mps: 13 }])
      world.scene.timeS = 19.9
      return run(15)[0]?.timeS ?? Infinity
    }
    expect(entersAt(10)).toBeLessThan(23)
    expect(entersAt(60)).toBe(Infinity)
  })

  test('goes in the order of arrival at an all-way stop, after a stop [DRIVE-TRAFFIC-05]', () => {
    const { run } = atJunction('stop', [
      { from: 1, to: 3, beforeM: 60, mps: 8 },
      { from: 2, to: 4, beforeM: 20, mps: 8 },
      { from: 3, to: 1, beforeM: 90, mps: 8 },
      { from: 4, to: 2, beforeM: 40, mps: 8 },
    ])
    const rows = run(60).map(({ row }) => row)
    expect(rows.slice(0, 2)).toEqual([1, 3])
    // West and east are not in each other's way: they go together.
    expect(new Set(rows.slice(2))).toEqual(new Set([0, 2]))
  })

  test('yields to who comes from the right without signs, and waits for oncoming traffic to turn left [DRIVE-TRAFFIC-05]', () => {
    const order = (cars: Parameters<typeof atJunction>[1]) =>
      atJunction('uncontrolled', cars)
        .run(40)
        .map(({ row }) => row)
    // South is to the right of west.
    const south = { from: 2, to: 4, beforeM: 45, mps: 10 }
    expect(order([{ from: 1, to: 3, beforeM: 40, mps: 10 }, south])).toEqual([1, 0])
    const oncoming = { from: 3, to: 1, beforeM: 50, mps: 10 }
    expect(order([{ from: 1, to: 4, beforeM: 40, mps: 10 }, oncoming])).toEqual([1, 0])
    expect(
      order([
        { from: 1, to: 4, beforeM: 10, mps: 10 },
        { ...oncoming, beforeM: 150 },
      ]),
    ).toEqual([0, 1])
  })

  test('yields at a yield sign, and sees to the end who gets in the way of whom [DRIVE-TRAFFIC-05]', () => {
    const { run } = atJunction('priority', [
      { from: 2, to: 4, beforeM: 30, mps: 10 },
      { from: 1, to: 3, beforeM: 45, mps: 12 },
    ])
    expect(run(30).map(({ row }) => row)).toEqual([1, 0])
  })

  test('is settled when four come at once from four sides [DRIVE-TRAFFIC-05]', () => {
    for (const control of ['stop', 'uncontrolled'] as const) {
      const { run } = atJunction(
        control,
        [1, 2, 3, 4].map((from) => ({ from, to: ((from + 1) % 4) + 1, beforeM: 40, mps: 8 })),
      )
      expect(run(60)).toHaveLength(4)
    }
  })
})

describe('traffic in a town', () => {
  test('never overlaps, keeps moving, and is the same to the last bit for the same seed [DRIVE-TRAFFIC-04] [DRIVE-TRAFFIC-06]', () => {
    const run = (seed: number, seconds: number) => {
      const network = town({ seed, columns: 3, rows: 3 })
      const world = new SourceWorld(network, { seed, count: 40 }).start()
      let way = 0
      for (let step = 0; step < seconds / 0.05; step++) {
        world.step()
        if (step % 3 === 0) expect(world.overlapping()).toBeNull()
        way += world.scene.agents.speedMps.reduce((sum, speed) => sum + speed * 0.05, 0)
      }
      expect(way / 40 / seconds).toBeGreaterThan(1.5)
      return world.digest.value()
    }
    expect(run(1, 60)).toBe(run(1, 60))
    expect(run(2, 60)).not.toBe(run(3, 60))
  })

  test('takes other agents on the road for obstacles, and comes in where roads begin [DRIVE-TRAFFIC-06]', () => {
    const world = new SourceWorld(intersection({ control: 'priority' }), {
      seed: 4,
      count: 60,
      mix: { car: 1 },
    })
    const { agents } = world.scene
    // Stands broken down in the lane from the west, 50 m before the junction.
    const row = agents.add({ name: 'broken', kind: 'car', lengthM: 4.5, widthM: 1.8 })
    agents.x[row] = -65
    agents.y[row] = -1.75
    world.start()
    const before = world.source.simulation?.present as number
    for (let step = 0; step < 1200; step++) {
      world.step()
      if (step % 3 === 0) expect(world.overlapping()).toBeNull()
    }
    expect(before).toBeGreaterThan(20)
    let behind = Infinity
    for (let other = 1; other < agents.count; other++)
      if (agents.isPresent[other] === 1 && Math.abs((agents.y[other] as number) + 1.75) < 0.5)
        if ((agents.x[other] as number) < -65) behind = Math.min(behind, -65 - (agents.x[other] as number))
    // A queue stands behind it with the gap of its drivers.
    expect(behind - 4.5).toBeGreaterThan(1)
    expect(behind - 4.5).toBeLessThan(4)
  })
})
