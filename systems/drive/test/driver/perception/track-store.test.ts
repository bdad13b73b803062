import { expect, test } from 'vitest'
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
