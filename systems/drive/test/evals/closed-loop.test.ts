import { describe, expect, test } from 'vitest'
import { versionNamed } from '../../src/driver/versions/versions.ts'
import { closedLoopCases, measureClosedLoop } from '../../src/evals/closed-loop/closed-loop.ts'
import { ScoreRecorder } from '../../src/evals/closed-loop/drive-score.ts'
import { runStage } from '../../src/clearance/run/run-stage.ts'
import type { Stage } from '../../src/clearance/run/stage.ts'
import { builtInScenarios } from '../../src/clearance/suites/built-in-scenarios.ts'
import { runCase } from '../../src/clearance/suites/run-case.ts'
import { straightStage } from '../support/straight-stage.ts'

const signal = new AbortController().signal

function scored(stage: Stage, version: string, goalM = 150) {
  const recorder = new ScoreRecorder(goalM, stage.desiredSpeedMps)
  const result = runStage(stage, {
    caseId: 'one',
    scenarioClass: 'made',
    seed: 1,
    driver: versionNamed(version).spec,
    recorder,
  })
  return recorder.score(result)
}

describe('the closed-loop score', () => {
  test('is 100 for a free drive to the goal and 0 for a collision [DRIVE-EVAL-01]', () => {
    expect(scored(straightStage({ s: 1500, mps: 10 }), 'idm')).toEqual({
      score: 100,
      hasCollided: false,
      isComfortable: true,
      progress: 1,
    })
    const hit = scored(straightStage({ s: 80, mps: 0 }), 'scenario')
    expect(hit.score).toBe(0)
    expect(hit.hasCollided).toBe(true)
  })

  test('takes off what is missing of the way, by its weight [DRIVE-EVAL-01]', () => {
    // It stands behind the other car until the end.
    const { score, progress } = scored(straightStage({ s: 120, mps: 0 }), 'idm', 400)
    expect(progress).toBeLessThan(0.3)
    expect(score).toBeCloseTo((100 * (11 + 5 * progress)) / 16, 6)
  })

  test('is much better for the stack than for the baseline, without a collision [DRIVE-EVAL-01]', async () => {
    const all = closedLoopCases(75, 5)
    expect(all).toHaveLength(75)
    const cases = all.filter(({ id }) => /^(red-light-runner|four-way|night-pedestrian)/.test(id))
    const idm = await measureClosedLoop(cases, versionNamed('idm'), signal)
    const pdm = await measureClosedLoop(cases, versionNamed('pdm'), signal)
    expect(pdm.collisionsPer1000).toBe(0)
    expect(pdm.score).toBeGreaterThan(idm.score + 5)
  })
})

test.each(builtInScenarios.map(({ name }) => name))(
  'the stack meets the criteria of %s with its usual values [DRIVE-PLAN-02]',
  async (name) => {
    const scenario = builtInScenarios.find((one) => one.name === name)
    const result = await runCase(
      {
        id: name,
        scenarioClass: scenario?.scenarioClass ?? '',
        source: { kind: 'builtIn', name },
        parameters: {},
        seed: 1,
        weight: 1,
      },
      versionNamed('pdm'),
    )
    expect(result.failures).toEqual([])
  },
)
