import { expect, test } from 'vitest'
import { crossroads, wayThrough } from '../../../src/clearance/suites/library/crossroads.ts'
import type { PlanInput } from '../../../src/driver/planning/planner.ts'
import { RouteMap } from '../../../src/driver/planning/route-map.ts'
import { StopControl } from '../../../src/driver/planning/stop-control.ts'
import { restingState } from '../../../src/driver/vehicle.ts'
import { clearDay } from '../../../src/world/scene/environment.ts'
import { signalStates } from '../../../src/world/scene/signal-table.ts'
import { signalsOf } from '../../../src/world/town/signal-plan.ts'

test('who meant to be across before red and was held up stops after all; who is at the line goes on [DRIVE-PLAN-07]', () => {
  const network = crossroads('signals')
  const { signals } = signalsOf(network)
  const map = new RouteMap(wayThrough(network, 'west', 'east'), network, signals)
  const [{ s, head } = { s: NaN, head: -1 }] = map.lines
  const stops = new StopControl()
  const wallAt = (metres: number, speedMps: number) =>
    stops.wall(
      { map, signals, ego: { ...restingState, speedMps }, environment: clearDay } as unknown as PlanInput,
      s - metres,
    )
  signals.state[head] = signalStates.amber
  expect(wallAt(8, 13)).toBe(Infinity)
  signals.state[head] = signalStates.red
  expect(wallAt(1, 10)).toBe(Infinity)
  // Somebody ahead stopped.
  expect(wallAt(3, 1)).toBe(s)
  expect(wallAt(2, 0.5)).toBe(s)
  signals.state[head] = signalStates.green
  expect(wallAt(2, 0.5)).toBe(Infinity)
})

test('who would have to brake harder than is comfortable for an amber light goes on, brakes taking half a second to build up [DRIVE-PLAN-09]', () => {
  const network = crossroads('signals')
  const { signals } = signalsOf(network)
  const map = new RouteMap(wayThrough(network, 'west', 'east'), network, signals)
  const [{ s, head } = { s: NaN, head: -1 }] = map.lines
  signals.state[head] = signalStates.amber
  const wallAt = (metres: number, speedMps: number) =>
    new StopControl().wall(
      { map, signals, ego: { ...restingState, speedMps }, environment: clearDay } as unknown as PlanInput,
      s - metres,
    )
  // 10 m/s: 5 m until the brakes are on and 16.7 m at 3 m/s².
  expect(wallAt(22, 10)).toBe(s)
  expect(wallAt(21, 10)).toBe(Infinity)
  // Too far to be across before red.
  expect(wallAt(26, 10)).toBe(s)
  // At red only what the road holds counts.
  signals.state[head] = signalStates.red
  expect(wallAt(21, 10)).toBe(s)
})
