import { describe, expect, test } from 'vitest'
import { MemoryRecorder } from '../../../src/clearance/recordings/memory-recorder.ts'
import { egoOf, runStage } from '../../../src/clearance/run/run-stage.ts'
import type { Stage } from '../../../src/clearance/run/stage.ts'
import { clearDay } from '../../../src/world/scene/environment.ts'
import { network, road } from '../../support/road-file.ts'
import { file, initial, scenarioOf, vehicle } from '../../support/scenario-file.ts'

/** The ego at 20 m with 15 m/s, another car ahead in its lane. */
function stageWith(aheadM: number, aheadMps: number): Stage {
  const scenario = scenarioOf(
    file({
      entities: vehicle('other') + vehicle('Ego'),
      init: initial('other', aheadM, aheadMps) + initial('Ego', 20, 15),
      actor: 'other',
    }),
  )
  return {
    name: 'made',
    scenario,
    network: network(road({ length: 2000 })),
    ego: egoOf(scenario.entities),
    route: null,
    desiredSpeedMps: 15,
    environment: clearDay,
    signals: null,
    signalProgram: null,
    traffic: [],
    criteria: [{ kind: 'noCollision' }, { kind: 'progress', atLeastM: 30 }],
    maxTimeS: 20,
    stepS: 0.05,
  }
}

const options = { caseId: 'one', scenarioClass: 'made', seed: 1 }
const idm = { kind: 'idm', parameters: {} }
const asWritten = { kind: 'scenario', parameters: {} }

describe('a run', () => {
  test('ends at the first collision of the vehicle under test, with the speed of the impact [DRIVE-RUN-01]', () => {
    const result = runStage(stageWith(65, 0), { ...options, driver: asWritten })
    expect(result.outcome).toBe('failed')
    expect(result.failures.map(({ criterion }) => criterion)).toEqual(['noCollision'])
    expect(result.metrics.collidedWith).toBe('other')
    expect(result.metrics.impactSpeedMps).toBeCloseTo(15, 6)
    // 45 m between equal cars of 5 m: 40 m at 15 m/s, seen at the end of the step.
    expect(result.metrics.collisionTimeS).toBeCloseTo(Math.ceil(40 / 15 / 0.05) * 0.05, 6)
  })

  test('hands the vehicle under test to a driver, who stops behind what stands in its lane [DRIVE-RUN-01]', () => {
    const result = runStage(stageWith(90, 0), { ...options, driver: idm })
    expect(result.failures).toEqual([])
    expect(result.metrics.minDistanceM).toBeGreaterThan(0.5)
    expect(result.metrics.progressM).toBeLessThan(66)
  })

  test('fails a criterion that is looked at when it ends [DRIVE-RUN-01]', () => {
    const stage = { ...stageWith(90, 0), criteria: [{ kind: 'progress', atLeastM: 300 } as const] }
    const result = runStage(stage, { ...options, driver: idm })
    expect(result.failures).toHaveLength(1)
    expect(result.failures[0]?.detail).toMatch(/of the 300\.0 m/)
  })

  test('is the same to the last bit every time, and looking changes nothing [DRIVE-RUN-02]', () => {
    const first = runStage(stageWith(80, 8), { ...options, driver: idm })
    const recorder = new MemoryRecorder('made', 'idm', 0.05)
    const second = runStage(stageWith(80, 8), { ...options, driver: idm, recorder })
    expect(second).toEqual(first)
    expect(runStage(stageWith(80.001, 8), { ...options, driver: idm }).digest).not.toBe(first.digest)
    expect(recorder.recording.frames).toHaveLength(first.steps + 1)
    expect(recorder.recording.agents.map(({ name }) => name)).toEqual(['other', 'Ego'])
  })
})
