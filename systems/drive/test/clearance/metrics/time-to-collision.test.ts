import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { leastTimeToCollision, timeToCollision } from '../../../src/clearance/metrics/time-to-collision.ts'
import { overlaps } from '../../../src/clearance/run/collision.ts'
import { AgentTable } from '../../../src/world/scene/agent-table.ts'

function tableOf(...agents: { x: number; y: number; heading: number; mps: number }[]): AgentTable {
  const table = new AgentTable(agents.length)
  for (const { x, y, heading, mps } of agents) {
    const row = table.add({ name: 'car', kind: 'car', lengthM: 4, widthM: 2 })
    table.x[row] = x
    table.y[row] = y
    table.heading[row] = heading
    table.speedMps[row] = mps
  }
  return table
}

describe('time to collision', () => {
  test('behind a slower car is the gap over the difference of speeds [DRIVE-METRIC-01]', () => {
    const table = tableOf({ x: 0, y: 0, heading: 0, mps: 20 }, { x: 34, y: 0.5, heading: 0, mps: 10 })
    expect(timeToCollision(table, 0, 1)).toBeCloseTo(3, 12)
    expect(timeToCollision(table, 1, 0)).toBeCloseTo(3, 12)
  })

  test('of crossing cars is when the later of the two comes into the way of the other [DRIVE-METRIC-01]', () => {
    // Along x at 10 m/s, 20 m before the crossing; along y at 10 m/s, 23 m before it.
    const table = tableOf(
      { x: -20, y: 0, heading: 0, mps: 10 },
      { x: 0, y: -23, heading: Math.PI / 2, mps: 10 },
    )
    // Front of the one reaches the other's side after 1.7 s, the other's front the one's side after 2.0 s; its rear leaves after 2.3 s.
    expect(timeToCollision(table, 0, 1)).toBeCloseTo(2, 12)
    table.y[1] = -27
    expect(timeToCollision(table, 0, 1)).toBe(Infinity)
  })

  test('is endless for cars that drive apart or stand, and 0 where they overlap [DRIVE-METRIC-01]', () => {
    expect(
      timeToCollision(tableOf({ x: 0, y: 0, heading: 0, mps: 5 }, { x: 10, y: 0, heading: 0, mps: 6 }), 0, 1),
    ).toBe(Infinity)
    expect(
      timeToCollision(tableOf({ x: 0, y: 0, heading: 0, mps: 0 }, { x: 0, y: 3, heading: 0, mps: 0 }), 0, 1),
    ).toBe(Infinity)
    expect(
      timeToCollision(
        tableOf({ x: 0, y: 0, heading: 0, mps: 5 }, { x: 3, y: 0, heading: 0.4, mps: 5 }),
        0,
        1,
      ),
    ).toBe(0)
  })

  test('is the first moment at which the moved bodies overlap, for any two cars [DRIVE-METRIC-01]', () => {
    const car = fc.record({
      x: fc.double({ min: -30, max: 30, noNaN: true }),
      y: fc.double({ min: -30, max: 30, noNaN: true }),
      heading: fc.double({ min: -4, max: 4, noNaN: true }),
      mps: fc.double({ min: -10, max: 30, noNaN: true }),
    })
    fc.assert(
      fc.property(car, car, (one, other) => {
        const table = tableOf(one, other)
        const timeS = timeToCollision(table, 0, 1)
        const overlapAt = (atS: number) =>
          overlaps(
            tableOf(
              ...[one, other].map((each) => ({
                ...each,
                x: each.x + each.mps * Math.cos(each.heading) * atS,
                y: each.y + each.mps * Math.sin(each.heading) * atS,
              })),
            ),
            0,
            1,
          )
        for (let atS = 0; atS < Math.min(timeS - 1e-6, 10); atS += 0.1) expect(overlapAt(atS)).toBe(false)
        // A graze of corners overlaps for no time at all; those that go on for a while must be seen.
        if (timeS < 1e3 && timeS > 0) {
          const reach = Math.hypot(
            one.x - other.x + (one.mps * Math.cos(one.heading) - other.mps * Math.cos(other.heading)) * timeS,
            one.y - other.y + (one.mps * Math.sin(one.heading) - other.mps * Math.sin(other.heading)) * timeS,
          )
          expect(reach).toBeLessThanOrEqual(2 * Math.hypot(2, 1) + 1e-6)
        }
      }),
    )
  })

  test('the least is that of the nearest danger, and of nothing endless [DRIVE-METRIC-01]', () => {
    const table = tableOf(
      { x: 0, y: 0, heading: 0, mps: 10 },
      { x: 54, y: 0, heading: 0, mps: 0 },
      { x: 24, y: 0, heading: 0, mps: 0 },
    )
    expect(leastTimeToCollision(table, 0)).toBeCloseTo(2, 12)
    table.isPresent[1] = table.isPresent[2] = 0
    expect(leastTimeToCollision(table, 0)).toBe(Infinity)
  })
})
