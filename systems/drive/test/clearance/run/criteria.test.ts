import { describe, expect, test } from 'vitest'
import { routeAlong } from '../../../src/world/lanes/route.ts'
import { CriteriaMonitor } from '../../../src/clearance/run/criteria-monitor.ts'
import type { Criterion, Observation } from '../../../src/clearance/run/criterion.ts'
import type { Scene } from '../../../src/world/scene/scene.ts'
import { signalStates, SignalTable } from '../../../src/world/scene/signal-table.ts'
import { addAgent, sceneWith } from '../../support/road-scene.ts'

/** Drives the vehicle under test along x by a speed over time; gives what failed. */
function failuresOf(
  criterion: Criterion,
  seconds: number,
  speedAt: (timeS: number) => number,
  scene: Scene = sceneWith(0),
  each: (scene: Scene) => void = () => undefined,
): string[] {
  const { agents, ego } = scene
  const monitor = new CriteriaMonitor([criterion])
  const route = routeAlong(scene.network, { road: 0, lane: -1, s: 0 }, { lengthM: 400 })
  const seen: Observation = { scene, route, progressM: 0, startM: 0, lateralM: 0 }
  agents.y[ego] = -1.75
  agents.speedMps[ego] = speedAt(0)
  for (let step = 0; step * 0.05 <= seconds + 1e-9; step++) {
    scene.timeS = step * 0.05
    const speed = speedAt(scene.timeS)
    agents.accelerationMps2[ego] = step === 0 ? 0 : (speed - (agents.speedMps[ego] as number)) / 0.05
    if (step > 0) agents.x[ego] = (agents.x[ego] as number) + speed * 0.05
    agents.speedMps[ego] = speed
    each(scene)
    seen.progressM = agents.x[ego] as number
    monitor.observe(seen)
  }
  monitor.finish(seen)
  return monitor.failures.map((failure) => `${failure.criterion}: ${failure.detail}`)
}

const tenAlways = () => 10
/** 10 m/s, a stop at 40 m from t = 2 s on (20 m at 2.5 m/s²), on again at t = 8 s. */
const stopsOnce = (timeS: number) =>
  timeS < 2 ? 10 : timeS < 8 ? Math.max(0, 10 - 2.5 * (timeS - 2)) : Math.min(10, 2 * (timeS - 8))

describe('criteria', () => {
  test('the goal has to be reached in time [DRIVE-CRITERIA-01]', () => {
    const goal = { kind: 'reachesGoal', afterM: 60, withinS: 6.5 } as const
    expect(failuresOf(goal, 8, tenAlways)).toEqual([])
    expect(failuresOf(goal, 20, stopsOnce)).toEqual([
      expect.stringMatching(/After 6\.5 s it had gone 39\.\d m of 60\.0 m/),
    ])
    expect(failuresOf(goal, 2, tenAlways)).toEqual([expect.stringMatching(/It went 20\.0 m of 60\.0 m/)])
  })

  test('a stop line asks for a stop before it [DRIVE-CRITERIA-01]', () => {
    // It stands with its front at 42.25 m.
    expect(failuresOf({ kind: 'stopsBefore', atM: 44 }, 15, stopsOnce)).toEqual([])
    expect(failuresOf({ kind: 'stopsBefore', atM: 44 }, 15, tenAlways)).toHaveLength(1)
    expect(failuresOf({ kind: 'stopsBefore', atM: 41 }, 15, stopsOnce)).toHaveLength(1)
  })

  test('a red light may not be passed, a green or amber one may [DRIVE-CRITERIA-01]', () => {
    const run = (state: number) => {
      const scene = sceneWith(10)
      const signals = new SignalTable([{ id: 'light', road: 0, s: 30, lanes: [], direction: 1 }])
      signals.state[0] = state
      return failuresOf({ kind: 'obeysSignals' }, 6, tenAlways, { ...scene, signals })
    }
    expect(run(signalStates.red)).toEqual([expect.stringMatching(/the light light while it was red/)])
    expect(run(signalStates.green)).toEqual([])
    expect(run(signalStates.amber)).toEqual([])
  })

  test('right of way is taken by going first where another is close, not by going behind it or well before [DRIVE-CRITERIA-01]', () => {
    const zone = { x: 50, y: -1.75, radiusM: 4 }
    const yields: Criterion = { kind: 'yieldsTo', agents: ['crossing'], zone, withinS: 2 }
    const run = (fromY: number, speedMps: number) => {
      const scene = sceneWith(10)
      const row = addAgent(scene, { name: 'crossing', x: 50, y: fromY, heading: -Math.PI / 2, speedMps })
      return failuresOf(yields, 6, tenAlways, scene, () => {
        scene.agents.y[row] = (scene.agents.y[row] as number) - speedMps * 0.05
      })
    }
    // The front is at the zone after about 4.4 s; what comes from 70 m at 12 m/s has 0.9 s to it then.
    expect(run(70, 12)).toEqual([expect.stringMatching(/It went first where crossing, 0\.9 s away/)])
    expect(run(150, 12)).toEqual([])
    expect(run(30, 12)).toEqual([])
  })

  test('comfort is exceeded by braking hard for longer than a blink [DRIVE-CRITERIA-01]', () => {
    const comfort: Criterion = {
      kind: 'comfort',
      decelerationMps2: 4,
      accelerationMps2: 2.4,
      lateralMps2: 4.9,
    }
    expect(failuresOf(comfort, 5, stopsOnce)).toEqual([])
    expect(failuresOf(comfort, 5, (t) => Math.max(0, 10 - 6 * t))).toHaveLength(1)
    expect(failuresOf(comfort, 5, (t) => (t < 1 ? 10 : t < 1.15 ? 10 - 8 * (t - 1) : 8.8))).toEqual([])
  })

  test('an emergency vehicle may not be held up from ahead, nor a place be blocked [DRIVE-CRITERIA-01]', () => {
    const clears: Criterion = { kind: 'clearsFor', agent: 'siren', belowMps: 8, withinM: 20, longestS: 2 }
    const run = (y: number) => {
      const scene = sceneWith(5)
      const row = addAgent(scene, { name: 'siren', kind: 'emergency', x: -12, y, speedMps: 5 })
      return failuresOf(
        clears,
        6,
        () => 5,
        scene,
        () => {
          scene.agents.x[row] = (scene.agents.x[row] as number) + 5 * 0.05
        },
      )
    }
    expect(run(-1.75)).toEqual([expect.stringMatching(/held siren up/)])
    expect(run(2)).toEqual([])
    const zone = { x: 40, y: -1.75, radiusM: 5 }
    expect(failuresOf({ kind: 'doesNotBlock', zone, longestS: 1 }, 9, stopsOnce)).toHaveLength(1)
    expect(failuresOf({ kind: 'doesNotBlock', zone, longestS: 4 }, 9, stopsOnce)).toEqual([])
  })
})
