import { expect, test } from 'vitest'
import { ReferencePath } from '../../../src/world/lanes/reference-path.ts'
import { RouteMap } from '../../../src/driver/planning/route-map.ts'
import { crossroads, wayThrough } from '../../../src/clearance/suites/library/crossroads.ts'
import { SignalTable } from '../../../src/world/scene/signal-table.ts'
import { signalsOf } from '../../../src/world/town/signal-plan.ts'

function junctionOn(control: Parameters<typeof crossroads>[0], to: 'east' | 'north') {
  const network = crossroads(control)
  const signals = control === 'signals' ? signalsOf(network).signals : new SignalTable([])
  const map = new RouteMap(wayThrough(network, 'west', to), network, signals)
  expect(map.junctions).toHaveLength(1)
  return map
}

test('the map says which junctions a route leads through, and who has the right of way there [DRIVE-PLAN-06]', () => {
  // Without signs one gives way to the right; on the main road to nobody but, turning left, to oncoming traffic.
  expect(junctionOn('uncontrolled', 'east').junctions[0]).toMatchObject({ yields: true, hasLight: false })
  expect(junctionOn('priority', 'east').junctions[0]).toMatchObject({ yields: false, hasLight: false })
  expect(junctionOn('priority', 'north').junctions[0]).toMatchObject({ yields: true, hasLight: false })
  // Lights and stop signs hold at their lines.
  expect(junctionOn('signals', 'north').junctions[0]).toMatchObject({ yields: false, hasLight: true })
  expect(junctionOn('stop', 'east').junctions[0]).toMatchObject({ yields: false, hasLight: false })
})

test('a junction counts until the front has left it [DRIVE-PLAN-06]', () => {
  const map = junctionOn('uncontrolled', 'east')
  const [{ fromS, toS } = { fromS: NaN, toS: NaN }] = map.junctions
  expect(fromS).toBeCloseTo(200.5, 6)
  expect(toS).toBeCloseTo(224.5, 6)
  expect(map.junctionAt(fromS - 100)).toBe(map.junctions[0])
  expect(map.junctionAt(toS - 1)).toBe(map.junctions[0])
  expect(map.junctionAt(toS + 1)).toBeUndefined()
})

test('a stop line on the inside of a bend is found between two samples of the road [DRIVE-PLAN-06]', () => {
  const network = crossroads('signals')
  const { signals } = signalsOf(network)
  const route = wayThrough(network, 'west', 'east')
  // The same way as if each of its steps were 1.3 of the road's, as on the inside of a bend.
  const bent = new ReferencePath(route.count, route.stepM)
  for (const name of [
    'x',
    'y',
    'heading',
    'curvature',
    'laneWidthM',
    'speedLimitMps',
    'road',
    'lane',
    'direction',
  ] as const)
    bent[name].set(route[name])
  for (let offset = 0; offset < 1; offset += 0.05) {
    for (let index = 0; index < route.count; index++)
      bent.roadS[index] = 1.3 * (route.roadS[index] as number) + offset * route.stepM
    expect(new RouteMap(bent, network, signals).lines.length).toBe(1)
  }
})
