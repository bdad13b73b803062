import { describe, expect, test } from 'vitest'
import { runCase } from '../../../src/clearance/suites/run-case.ts'
import { builtInScenarios } from '../../../src/clearance/suites/built-in-scenarios.ts'
import type { BuiltInScenario } from '../../../src/clearance/suites/library/built-in-scenario.ts'
import { versionNamed } from '../../../src/driver/versions/versions.ts'

function caseOf(
  { name, scenarioClass, parameters }: BuiltInScenario,
  corner: 'usual' | 'min' | 'max',
  seed = 1,
) {
  return {
    id: corner,
    scenarioClass,
    source: { kind: 'builtIn' as const, name },
    parameters:
      corner === 'usual'
        ? {}
        : Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter[corner]])),
    seed,
    weight: 1,
  }
}

const idm = versionNamed('idm')

describe('built-in scenarios', () => {
  test('have names of their own, three to eight parameters, and usual values inside their ranges [DRIVE-LIBRARY-01]', () => {
    expect(new Set(builtInScenarios.map(({ name }) => name)).size).toBe(builtInScenarios.length)
    for (const { parameters } of builtInScenarios) {
      expect(parameters.length).toBeGreaterThanOrEqual(3)
      expect(parameters.length).toBeLessThanOrEqual(8)
      for (const { default: usual, min, max } of parameters) {
        expect(usual).toBeGreaterThanOrEqual(min)
        expect(usual).toBeLessThanOrEqual(max)
        expect(min).toBeLessThan(max)
      }
    }
  })

  test.each(builtInScenarios.map((scenario) => [scenario.name, scenario] as const))(
    '%s runs at usual values and corners, begins without a collision, and repeats itself [DRIVE-LIBRARY-01]',
    async (_, scenario) => {
      for (const corner of ['usual', 'min', 'max'] as const) {
        const result = await runCase(caseOf(scenario, corner), idm)
        expect(result.steps).toBeGreaterThan(20)
        expect(result.metrics.collisionTimeS ?? Infinity).toBeGreaterThan(1)
        expect(Number.isFinite(result.metrics.minDistanceM ?? 0)).toBe(true)
      }
      const first = await runCase(caseOf(scenario, 'usual', 7), idm)
      expect(await runCase(caseOf(scenario, 'usual', 7), idm)).toEqual(first)
    },
  )
})
