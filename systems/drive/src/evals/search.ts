import type { MeasureInput } from '@heavylift/core'
import { versionNamed } from '../driver/versions/versions.ts'
import { distinctFailures } from '../clearance/search/adaptive-search.ts'
import { searchScenario } from '../clearance/search/search-scenario.ts'
import { builtInScenario } from '../clearance/suites/built-in-scenarios.ts'
import { searchBudget, searchedScenarios, searchSeeds } from './search-size.ts'

export async function runSearchEval({ report, signal }: MeasureInput) {
  const version = versionNamed('idm')
  const found = { adaptive: { failures: 0, farApart: 0 }, random: { failures: 0, farApart: 0 } }
  let done = 0
  for (const name of searchedScenarios)
    for (const seed of searchSeeds)
      for (const method of ['adaptive', 'random'] as const) {
        signal.throwIfAborted()
        const tried = await searchScenario(builtInScenario(name), version, {
          budget: searchBudget,
          seed,
          method,
          onlyCollisions: true,
        })
        const samples = tried.map(({ sample }) => sample)
        found[method].failures += samples.filter(({ isFailure }) => isFailure).length / searchSeeds.length
        found[method].farApart += distinctFailures(samples).length / searchSeeds.length
        report({
          stage: `${name}, ${method}`,
          done: ++done,
          total: searchedScenarios.length * searchSeeds.length * 2,
          unit: 'searches',
        })
      }
  return { n: searchedScenarios.length * searchBudget, metrics: found.adaptive, baseline: found.random }
}
