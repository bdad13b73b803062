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

/** Conflicts of a straight path with a bicycle or car, 1.8 × 0.6 m, that is at these places of the route (along, to the left) every 0.2 s. */
function conflictsWith(placeAt: (timeS: number) => [number, number], radiusM = Infinity): PathConflicts {
  const path = new LateralPath()
  path.count = 200
  path.curvature.fill(-1 / radiusM, 12)
  const occupancy = new Occupancy()
  occupancy.count = 1
  occupancy.probability[0] = 1
  for (let point = 0; point < wayPoints; point++) {
    const [s, lateral] = placeAt(point * 0.2)
    occupancy.sMin[point] = s - 0.9
    occupancy.sMax[point] = s + 0.9
    occupancy.lMin[point] = lateral - 0.3
    occupancy.lMax[point] = lateral + 0.3
    occupancy.alongMps[point] = point === 0 ? 0 : (s - placeAt((point - 1) * 0.2)[0]) / 0.2
  }
  occupancy.alongMps[0] = occupancy.alongMps[1] as number
  const conflicts = new PathConflicts()
  conflicts.fill(path, occupancy, shape, Infinity, Infinity)
  return conflicts
}

/** Straight on at a speed, 2.2 m to the right of a route that begins to turn right after 12 m, from `fromS` along it. */
function pastTurn(mps: number, fromS: number, radiusM: number): (timeS: number) => [number, number] {
  const inner = radiusM - 2.2
  return (timeS) => {
    const x = fromS + mps * timeS - 12
    if (x < 0) return [12 + x, -2.2]
    return [12 + radiusM * Math.atan2(x, inner), Math.hypot(x, inner) - radiusM]
  }
}

test('a cyclist who goes straight on beside a turn crosses it, wherever they are beside or behind [DRIVE-PLAN-11]', () => {
  for (const mps of [3, 5, 8])
    for (const fromS of [-8, -4, 0, 4])
      for (const radiusM of [8, 12]) {
        const conflicts = conflictsWith(pastTurn(mps, fromS, radiusM), radiusM)
        if (conflicts.count === 1 && (conflicts.last[0] as number) < wayPoints - 3)
          expect([mps, fromS, radiusM, conflicts.isCrossing[0]]).toEqual([mps, fromS, radiusM, 1])
      }
  expect(conflictsWith(pastTurn(5, -4, 8), 8).count).toBe(1)
})

test('who changes lane, all the way across, or goes ahead into a bend that is not predicted, does not cross [DRIVE-PLAN-11]', () => {
  // The last prediction of one who begins to cut in: 0.4 rad to the lane, and through it.
  expect(conflictsWith((timeS) => [10 + 8 * timeS, 3.5 - 3.3 * timeS]).isCrossing[0]).toBe(0)
  const ahead = conflictsWith((timeS) => {
    const [s, lateral] = pastTurn(8, 0, 20)(timeS)
    return [s, lateral + 2.2]
  }, 20)
  expect(ahead.count).toBe(1)
  expect(ahead.isCrossing[0]).toBe(0)
})
