import { describe, expect, test } from 'vitest'
import { createStackDriver } from '../../../src/driver/versions/stack-driver.ts'
import { versionNamed } from '../../../src/driver/versions/versions.ts'
import { fitQuartic, fitQuintic, valueAt } from '../../../src/driver/planning/polynomial.ts'
import { routeAlong } from '../../../src/world/lanes/route.ts'
import { MemoryRecorder } from '../../../src/clearance/recordings/memory-recorder.ts'
import { runStage } from '../../../src/clearance/run/run-stage.ts'
import { sceneOf } from '../../support/scene.ts'
import { at, event, laneChange } from '../../support/scenario-file.ts'
import { straightStage } from '../../support/straight-stage.ts'

const pdm = versionNamed('pdm').spec
const options = { caseId: 'one', scenarioClass: 'made', seed: 1, driver: pdm }

describe('the stack', () => {
  test('drives round a car that stands in its lane when there is room, and comes back [DRIVE-PLAN-01]', () => {
    const recorder = new MemoryRecorder('made', 'pdm', 0.05)
    const result = runStage(straightStage({ s: 100, mps: 0 }), { ...options, recorder })
    expect(result.failures).toEqual([])
    expect(result.metrics.minDistanceM).toBeGreaterThan(0.4)
    const sideways = recorder.recording.frames.map(({ agents }) => agents[7 + 2] as number)
    expect(Math.min(...sideways)).toBeLessThan(-3.5)
    expect(sideways.at(-1)).toBeCloseTo(-1.75, 1)
  })

  test('follows a slower car and brakes for one that cuts in, within comfort [DRIVE-PLAN-01]', () => {
    const cutIn = event(
      'cutIn',
      laneChange(-1, 'dynamicsShape="sinusoidal" dynamicsDimension="time" value="3"'),
      at(2),
    )
    const result = runStage(straightStage({ s: 45, mps: 8, lane: -2 }, cutIn), options)
    expect(result.metrics.collisionTimeS).toBeNull()
    expect(result.metrics.minDistanceM).toBeGreaterThan(5)
    expect(result.metrics.maxDecelerationMps2).toBeLessThan(4.05)
  })

  test('is the same to the last bit, recorded or not [DRIVE-PLAN-01]', () => {
    const first = runStage(straightStage({ s: 100, mps: 0 }), options)
    const recorder = new MemoryRecorder('made', 'pdm', 0.05)
    const second = runStage(straightStage({ s: 100, mps: 0 }), { ...options, recorder })
    expect(second.digest).toBe(first.digest)
    const plans = recorder.recording.frames[40]?.explanation?.plans ?? []
    expect(plans.filter(({ isChosen }) => isChosen)).toHaveLength(1)
    expect(plans.length).toBeGreaterThan(10)
  })

  test('names the parts that there are when a version asks for another [DRIVE-STACK-01]', () => {
    const scene = sceneOf({ x: 0, y: 0 }, [])
    const setting = {
      scene,
      route: routeAlong(scene.network, { road: 0, lane: -1, s: 0 }, { lengthM: 100 }),
      shape: { wheelbaseM: 3, lengthM: 5, widthM: 2, centreX: 1.5 },
      desiredSpeedMps: 10,
      caseId: 'one',
      seed: 1,
      stepS: 0.05,
    }
    expect(() => createStackDriver(setting, { planner: 'magic' })).toThrow(/planner "magic".*pdm/)
  })
})

describe('polynomials', () => {
  test('a quintic meets place, speed and acceleration at both ends, a quartic speed and acceleration [DRIVE-PLAN-03]', () => {
    const quintic = new Float64Array(6)
    fitQuintic(quintic, 1, 2, -0.5, 9, 0.5, 0.25, 3)
    const ends = ([0, 1, 2] as const).flatMap((derivative) => [
      valueAt(quintic, 0, derivative),
      valueAt(quintic, 3, derivative),
    ])
    for (const [index, wanted] of [1, 9, 2, 0.5, -0.5, 0.25].entries())
      expect(ends[index]).toBeCloseTo(wanted, 9)
    const quartic = new Float64Array(6)
    fitQuartic(quartic, 1, 2, -0.5, 6, 0, 4)
    expect(valueAt(quartic, 0, 2)).toBeCloseTo(-0.5, 9)
    expect(valueAt(quartic, 4, 1)).toBeCloseTo(6, 9)
    expect(valueAt(quartic, 4, 2)).toBeCloseTo(0, 9)
  })
})

test('the Frenet planner follows and drives round what stands in its lane as well [DRIVE-PLAN-03]', () => {
  const driver = versionNamed('frenet').spec
  const behind = runStage(straightStage({ s: 60, mps: 8 }), { ...options, driver })
  expect(behind.failures).toEqual([])
  expect(behind.metrics.minDistanceM).toBeGreaterThan(0.3)
  const round = runStage(straightStage({ s: 100, mps: 0 }), { ...options, driver })
  expect(round.failures).toEqual([])
})
