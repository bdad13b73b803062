import { expect, test } from 'vitest'
import { changedPath } from '../../../src/world/lanes/changed-path.ts'
import { routeAlong } from '../../../src/world/lanes/route.ts'
import { network, road } from '../../support/road-file.ts'

test('a changed path goes from one lane into the other without a jump, and is as long as both allow', () => {
  const roads = network(road({ length: 400 }))
  const from = routeAlong(roads, { road: 0, lane: -1, s: 0 }, { lengthM: 150 })
  const to = routeAlong(roads, { road: 0, lane: -2, s: 20 }, { lengthM: 300 })
  const path = changedPath(from, to, 60, 80)
  expect(path.lengthM).toBeCloseTo(320, 6)
  expect(path.y[path.indexAt(60)]).toBeCloseTo(-1.75, 9)
  // Lane −2 is 3 m wide: its centre is at 3.5 + 1.5.
  expect(path.y[path.indexAt(141)]).toBeCloseTo(-5, 9)
  expect(path.lane[path.indexAt(90)]).toBe(-1)
  expect(path.lane[path.indexAt(110)]).toBe(-2)
  for (let index = 1; index < path.count; index++) {
    const dx = (path.x[index] as number) - (path.x[index - 1] as number)
    const dy = (path.y[index] as number) - (path.y[index - 1] as number)
    expect(Math.hypot(dx, dy)).toBeCloseTo(0.5, 2)
    expect(Math.atan2(dy, dx)).toBeCloseTo(path.heading[index] as number, 1)
    expect(Math.abs(path.curvature[index] as number)).toBeLessThan(0.005)
  }
})
