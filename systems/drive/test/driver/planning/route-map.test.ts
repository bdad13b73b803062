import { expect, test } from 'vitest'
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
