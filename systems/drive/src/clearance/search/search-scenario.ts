import type { DriverVersion } from '../../driver/version.ts'
import { SafetyMetrics } from '../metrics/safety-metrics.ts'
import { ScenarioFiles } from '../../world/openscenario/load-scenario.ts'
import type { RunResult } from '../run/run-result.ts'
import { runStage } from '../run/run-stage.ts'
import type { BuiltInScenario } from '../suites/library/built-in-scenario.ts'
import { parameterAt } from '../suites/library-suites.ts'
import type { ScenarioCase } from '../suites/scenario-case.ts'
import { stageOf } from '../suites/stage-of.ts'
import { adaptiveSearch } from './adaptive-search.ts'
import type { Outcome, SearchSample } from './adaptive-search.ts'

export interface ScenarioSearchOptions {
  budget: number
  seed: number
  method?: 'adaptive' | 'random'
  /** Only collisions count as failures, not other criteria. */
  onlyCollisions: boolean
  onRound?: (done: number, failures: number) => void
}

/** A case that was tried, its weight that of the search, and how it came out. */
export interface SearchedCase {
  one: ScenarioCase
  sample: SearchSample
  result: RunResult
}

/** Seconds of time to collision beyond which a run was not near a failure at all, and what a metre of distance counts. */
const farS = 10
const secondsPerMetre = 0.1
const farM = 20

/** Looks for parameters of a built-in scenario with which a version fails. */
export async function searchScenario(
  scenario: BuiltInScenario,
  version: DriverVersion,
  options: ScenarioSearchOptions,
): Promise<SearchedCase[]> {
  const files = new ScenarioFiles()
  const tried: { one: ScenarioCase; result: RunResult }[] = []
  const evaluate = async (point: number[], index: number): Promise<Outcome> => {
    const one = caseAt(scenario, point, index, options.seed)
    const safety = new SafetyMetrics()
    const result = runStage(await stageOf(one, files), {
      caseId: one.id,
      scenarioClass: one.scenarioClass,
      seed: one.seed,
      driver: version.spec,
      recorder: safety,
    })
    tried.push({ one, result })
    const { minDistanceM } = result.metrics
    return {
      isFailure: options.onlyCollisions
        ? result.failures.some(({ criterion, fault }) => criterion === 'noCollision' && fault === 'own')
        : result.outcome === 'failed',
      distance:
        Math.min(safety.figures().minTtcS ?? farS, farS) +
        secondsPerMetre * Math.min(minDistanceM ?? farM, farM),
    }
  }
  const samples = await adaptiveSearch(evaluate, { ...options, dimensions: scenario.parameters.length })
  return samples.map((sample, index) => {
    const { one, result } = tried[index] as { one: ScenarioCase; result: RunResult }
    return { one: { ...one, weight: sample.weight }, sample, result }
  })
}

function caseAt(scenario: BuiltInScenario, point: number[], index: number, seed: number): ScenarioCase {
  return {
    id: `${scenario.name}/search-${index}`,
    scenarioClass: scenario.scenarioClass,
    source: { kind: 'builtIn', name: scenario.name },
    parameters: Object.fromEntries(
      scenario.parameters.map((parameter, axis) => [
        parameter.name,
        parameterAt(parameter, point[axis] as number),
      ]),
    ),
    seed: seed * 1_000_003 + index,
    weight: 1,
  }
}

/**
 * A parameter file of cases, for `--suite`. `counted` keeps their weights, so that all samples of a search together give a rate; otherwise weights are
 * 0: cases that were picked for failing say nothing of how often it fails.
 */
export function suiteFileOf(name: string, cases: readonly ScenarioCase[], counted: boolean): string {
  const suite = cases.map(({ source, scenarioClass, parameters, seed, weight }) => ({
    scenario: source.kind === 'builtIn' ? source.name : source.path,
    scenarioClass,
    parameters,
    seed,
    weight: counted ? weight : 0,
  }))
  return `${JSON.stringify({ name, suite }, null, 2)}\n`
}
