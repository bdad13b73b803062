import type { CommandInput } from '@heavylift/core'
import { versionNamed } from '../driver/versions/versions.ts'
import { readVersions } from '../driver/versions/versions-file.ts'
import { caseOf } from '../clearance/suites/case-of.ts'
import { runCase } from '../clearance/suites/run-case.ts'
import type { ScenarioCase } from '../clearance/suites/scenario-case.ts'

/** `heavylift drive run WHAT`: one scenario, headless. */
export async function runScenario({ args, options, print, configDir = '.' }: CommandInput) {
  const name = args['scenario'] ?? ''
  const one = caseNamed(name, options)
  const fallback = one.source.kind === 'file' ? 'scenario' : 'idm'
  const version = versionNamed(
    typeof options['version'] === 'string' ? options['version'] : fallback,
    await readVersions(configDir),
  )
  const startedMs = performance.now()
  const result = await runCase(one, version)
  const tookMs = performance.now() - startedMs
  print(
    `${name} with ${version.name}: ${result.outcome} after ${result.durationS.toFixed(2)} s (${result.steps} steps in ${tookMs.toFixed(0)} ms).`,
  )
  for (const failure of result.failures)
    print(`  ${failure.criterion} at ${failure.timeS.toFixed(2)} s: ${failure.detail}`)
  return { ...result, verdict: result.outcome === 'failed' ? ('no' as const) : ('yes' as const) }
}

/** A case from a command's argument and its --set and --seed; what ends in .xosc is a file. Throws `option-invalid`. */
export function caseNamed(name: string, options: Record<string, string | boolean>): ScenarioCase {
  const set = options['set']
  return caseOf({
    name,
    isFile: name.endsWith('.xosc'),
    set: typeof set === 'string' ? set : '',
    seed: Number(options['seed'] ?? 1),
  })
}
