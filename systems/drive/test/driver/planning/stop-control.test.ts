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
