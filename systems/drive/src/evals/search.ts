import type { Measure } from '@heavylift/core'
import { versionNamed } from '../driver/versions/versions.ts'
import { distinctFailures } from '../clearance/search/adaptive-search.ts'
import { searchScenario } from '../clearance/search/search-scenario.ts'
import { builtInScenario } from '../clearance/suites/built-in-scenarios.ts'

/** Scenarios in which the baseline fails seldom. */
const scenarios = [
  'cut-in',
  'hard-braking-lead',
  'child-running-out',
  'dog-walker',
  'bus-stop',
  'reversing-out',
]
const budget = 200
const seeds = [1, 2]

export const searchEval: Measure = {
  name: 'search',
  summary: `Collisions of the idm baseline that ${budget} runs find in each of ${scenarios.length} scenarios, by adaptive search and (baseline) at random; farApart leaves out those near to another; mean of ${seeds.length} seeds.`,
  async run({ report, signal }) {
    const version = versionNamed('idm')
    const found = { adaptive: { failures: 0, farApart: 0 }, random: { failures: 0, farApart: 0 } }
    let done = 0
    for (const name of scenarios)
      for (const seed of seeds)
        for (const method of ['adaptive', 'random'] as const) {
          signal.throwIfAborted()
          const tried = await searchScenario(builtInScenario(name), version, {
            budget,
            seed,
            method,
            onlyCollisions: true,
          })
          const samples = tried.map(({ sample }) => sample)
          found[method].failures += samples.filter(({ isFailure }) => isFailure).length / seeds.length
          found[method].farApart += distinctFailures(samples).length / seeds.length
          report({
            stage: `${name}, ${method}`,
            done: ++done,
            total: scenarios.length * seeds.length * 2,
            unit: 'searches',
          })
        }
    return { n: scenarios.length * budget, metrics: found.adaptive, baseline: found.random }
  },
}
