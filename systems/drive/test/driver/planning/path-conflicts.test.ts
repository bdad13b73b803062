import { expect, test } from 'vitest'
import { LateralPath } from '../../../src/driver/planning/lateral-path.ts'
import { Occupancy, wayPoints } from '../../../src/driver/planning/occupancy.ts'
import { PathConflicts } from '../../../src/driver/planning/path-conflicts.ts'

const shape = { wheelbaseM: 2.8, lengthM: 4.6, widthM: 1.9, centreX: 1.4 }

/** Where somebody comes into a straight path who crosses it at 45° and 13 m/s, and has begun `shareOfPoint` of a point later. */
function entryOf(shareOfPoint: number): { inS: number; outS: number } {
  const path = new LateralPath()
  path.count = 200
  const occupancy = new Occupancy()
  occupancy.count = 1
  occupancy.probability[0] = 1
  const alongM = 13 * 0.2 * Math.SQRT1_2
  for (let point = 0; point < wayPoints; point++) {
    const goneM = (point - shareOfPoint) * alongM
    occupancy.sMin[point] = 40 - goneM - 2
    occupancy.sMax[point] = 40 - goneM + 2
    occupancy.lMin[point] = 20 - goneM - 2
    occupancy.lMax[point] = 20 - goneM + 2
    occupancy.alongMps[point] = -alongM / 0.2
  }
  const conflicts = new PathConflicts()
  conflicts.fill(path, occupancy, shape, Infinity, Infinity)
  expect(conflicts.count).toBe(1)
  expect(conflicts.isCrossing[0]).toBe(1)
  return { inS: conflicts.inS[0] as number, outS: conflicts.outS[0] as number }
}

test('where somebody fast comes into the path and leaves it stays where it is while they come nearer [DRIVE-PLAN-08]', () => {
  const places = Array.from({ length: 20 }, (_, index) => entryOf(index / 20))
  for (const name of ['inS', 'outS'] as const) {
    const all = places.map((place) => place[name])
    // Points lie 1.8 m apart along the path.
    expect(Math.max(...all) - Math.min(...all)).toBeLessThan(0.25)
  }
})
