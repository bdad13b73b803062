import { expect, test } from 'vitest'
import { stateSize } from '../../../src/driver/perception/tracking/motion-bank.ts'
import { TrackStore } from '../../../src/driver/perception/tracking/track-store.ts'
import { agentKindNumber } from '../../../src/world/scene/agent-table.ts'

test('what was taken for a car and walks has the size of who walks [DRIVE-TRACK-07]', () => {
  const store = new TrackStore(2)
  const track = store.add(agentKindNumber('car'), 0, 0.9, 0)
  store.tellSize(track, 4.4, 1.7)
  for (let scan = 0; scan < 4; scan++) store.tellKind(track, agentKindNumber('pedestrian'), 0.9, 1)
  expect(store.kind[track]).toBe(agentKindNumber('pedestrian'))
  expect(store.lengthM[track]).toBe(0.5)
  // Of another vehicle what was measured stays.
  const other = store.add(agentKindNumber('car'), 0, 0.9, 0)
  store.tellSize(other, 6.1, 2.1)
  for (let scan = 0; scan < 4; scan++) store.tellKind(other, agentKindNumber('truck'), 0.9, 1)
  expect(store.lengthM[other]).toBe(6.1)
})

/** A car whose boxes say `0.1` rad, that moves along x at `speedMps`, known to 0.1 m/s. */
function movingCar(speedMps: number, yawRateRadps = 0) {
  const store = new TrackStore(1)
  const track = store.add(agentKindNumber('car'), 0, 0.9, 0)
  store.heading[track] = 0.1
  store.headingVariance[track] = 0.05 ** 2
  const { mean, spread } = store.bank
  mean.set([0, 0, speedMps, 0, yawRateRadps], track * stateSize)
  spread.fill(0)
  spread[12] = 0.1 ** 2
  spread[18] = 0.1 ** 2
  return store.headingOf(track)
}

test('a body points where it moves, the surer the faster, but in a turn as its boxes say [DRIVE-TRACK-08]', () => {
  // 0.1 m/s across 20 m/s are 0.005 rad, a hundredth of the variance of the boxes.
  expect(movingCar(20)).toBeCloseTo(0.1 / 101, 6)
  expect(movingCar(2)).toBeCloseTo(0.05, 6)
  expect(movingCar(0.5)).toBe(0.1)
  expect(movingCar(-20)).toBeCloseTo(0.1 / 101, 6)
  expect(movingCar(20, 0.6)).toBeGreaterThan(0.03)
})
