import { HeavyliftError } from '@heavylift/core'
import { runToEnd } from './run-to-end.ts'
import { parseDistribution } from '../../world/openscenario/distribution.ts'
import { ScenarioFiles } from '../../world/openscenario/load-scenario.ts'

/** Some combinations of a parameter distribution, by index from `from`, `to` excluded. */
export interface VariationSpan {
  /** The file that holds the distribution. */
  file: string
  /** The scenario that it varies. */
  scenario: string
  from: number
  to: number
  /** Where its roads and catalogs are looked for that are not where it says. */
  maps?: readonly string[]
}

export interface VariationCounts {
  /** Combinations that meet the scenario's constraints and ran to their end. */
  scenarios: number
  /** Combinations that break the scenario's own constraints: they are none of its variations. */
  excluded: number
  steps: number
  failures: { index: number; message: string }[]
}

const files = new ScenarioFiles()

/** Runs a span of combinations to their ends. */
export async function runVariations({
  file,
  scenario,
  from,
  to,
  maps,
}: VariationSpan): Promise<VariationCounts> {
  const counts: VariationCounts = { scenarios: 0, excluded: 0, steps: 0, failures: [] }
  const distribution = parseDistribution(await files.read(file))
  for (let index = from; distribution && index < to; index++) {
    try {
      const loaded = await files.within(maps).load(scenario, distribution.at(index))
      counts.steps += runToEnd(loaded.scenario, loaded.network)
      counts.scenarios++
    } catch (error) {
      if (!HeavyliftError.isInstance(error)) throw error
      if (error.code === 'parameter-constraint') counts.excluded++
      else counts.failures.push({ index, message: error.message })
    }
  }
  return counts
}
