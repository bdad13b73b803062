import { expect, test } from 'vitest'
import { BrakingLevels, brakingLevels } from '../../../src/driver/planning/braking-levels.ts'
import { wayPoints } from '../../../src/driver/planning/occupancy.ts'

const levels = new BrakingLevels()
const hardest = brakingLevels.length - 1

test('braking is as mild as what is ahead allows [DRIVE-PLAN-04]', () => {
  levels.fill(10, 0, 1)
  const mild = levels.stopM[0] as number
  const hard = levels.stopM[hardest] as number
  // Ramps up to 3.7 m/s² at 3.6 m/s³ after 0.1 s: v·(0.1 + 3.7/3.6/2) + v²/7.4, less what a ramp takes off (a³/24j²).
  expect(mild).toBeCloseTo(10 * (0.1 + 3.7 / 7.2) + 100 / 7.4 - 3.7 ** 3 / (24 * 3.6 ** 2), 0)
  expect(hard).toBeLessThan(mild)
  expect(levels.stopsWithin(mild + 0.1, 0)).toBe(0)
  expect(levels.stopsWithin((mild + (levels.stopM[1] as number)) / 2, 0)).toBe(1)
  expect(levels.stopsWithin(1, 0)).toBe(hardest)
  // Who goes on needs less than who stands: 6 m gone after a second are allowed, 20 m after three.
  expect(levels.goesWithin(9.9, 5, 0)).toBe(0)
  expect(levels.goesWithin(20, 15, 0)).toBe(0)
  expect(levels.goesWithin(12, 15, 0)).toBeGreaterThan(0)
  expect(levels.goesWithin(12, 15, 2)).toBeGreaterThanOrEqual(2)
})

test('braking takes no more than the road holds, and standing takes none [DRIVE-PLAN-04]', () => {
  levels.fill(10, 0, 0.3)
  for (let level = 0; level <= hardest; level++)
    expect(levels.mostMps2[level]).toBeLessThanOrEqual(0.95 * 0.3 * 9.81 + 1e-9)
  levels.fill(0, 0, 1)
  expect(levels.stopsWithin(0, 0)).toBe(0)
  expect(levels.goesWithin(0, wayPoints - 1, 0)).toBe(0)
})
