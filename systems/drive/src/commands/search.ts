import { writeFile } from 'node:fs/promises'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { readVersions } from '../driver/versions/versions-file.ts'
import { versionNamed } from '../driver/versions/versions.ts'
import { distinctFailures, weightedFailureRate } from '../clearance/search/adaptive-search.ts'
import { searchScenario, suiteFileOf } from '../clearance/search/search-scenario.ts'
import { builtInScenario } from '../clearance/suites/built-in-scenarios.ts'

/** `heavylift drive search SCENARIO`: adaptive stress testing. */
export async function runSearch({ args, options, print, report, signal, configDir = '.' }: CommandInput) {
  const scenario = builtInScenario(args['scenario'] ?? '')
  const version = versionNamed(text(options['version']) ?? 'idm', await readVersions(configDir))
  const budget = whole(options['budget'] ?? 500, '--budget', 1)
  const tried = await searchScenario(scenario, version, {
    budget,
    seed: whole(options['seed'] ?? 1, '--seed', 0),
    onlyCollisions: options['collisions'] === true,
    method: options['random'] === true ? 'random' : 'adaptive',
    onRound(done, failures) {
      signal.throwIfAborted()
      report({ stage: `${failures} failures`, done, total: budget, unit: 'runs' })
    },
  })
  const samples = tried.map(({ sample }) => sample)
  const failures = tried.filter(({ sample }) => sample.isFailure)
  const kinds = distinctFailures(samples).length
  const { rate, standardError, effectiveN } = weightedFailureRate(samples)
  const out = text(options['out']) ?? `${scenario.name}-failures.json`
  if (failures.length > 0)
    await writeFile(
      out,
      suiteFileOf(
        `Failures of ${version.name} in ${scenario.name}`,
        failures.map(({ one }) => one),
        false,
      ),
    )
  const all = text(options['samples'])
  if (all)
    await writeFile(
      all,
      suiteFileOf(
        `Search of ${scenario.name}`,
        tried.map(({ one }) => one),
        true,
      ),
    )
  print(
    `${version.name} failed ${failures.length} of ${budget} runs of ${scenario.name}, ${kinds} of them far apart.`,
  )
  print(
    `Over the ranges, by weights: ${(100 * rate).toFixed(2)} % ± ${(100 * standardError).toFixed(2)} % (${effectiveN.toFixed(0)} effective samples).`,
  )
  if (failures.length > 0) print(`Run them again: npx heavylift drive clear ${version.name} --suite ${out}`)
  return {
    scenario: scenario.name,
    version: version.name,
    budget,
    failures: failures.length,
    farApart: kinds,
    rate,
    standardError,
    effectiveN,
    out: failures.length > 0 ? out : null,
  }
}

function text(option: string | boolean | undefined): string | undefined {
  return typeof option === 'string' ? option : undefined
}

function whole(option: string | boolean | number, flag: string, least: number): number {
  const number = Number(option)
  if (!Number.isInteger(number) || number < least)
    throw new InvalidInputError({
      code: 'option-invalid',
      message: `${flag} takes a whole number of ${least} or more, not ${option}.`,
    })
  return number
}
