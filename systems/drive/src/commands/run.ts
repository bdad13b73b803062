import { statSync } from 'node:fs'
import type { CommandInput } from '@heavylift/core'
import { InvalidInputError } from '@heavylift/core'
import { sum } from '@heavylift/core/math'
import { plural } from '@heavylift/core/text'
import { mapsIn } from '../clearance/formats/maps-in.ts'
import { versionNamed } from '../driver/versions/versions.ts'
import { readVersions } from '../driver/versions/versions-file.ts'
import { caseOf } from '../clearance/suites/case-of.ts'
import { runCase } from '../clearance/suites/run-case.ts'
import type { RunNotes } from '../clearance/run/run-result.ts'
import { ScenarioFiles } from '../world/openscenario/load-scenario.ts'
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
  const result = await runCase(one, version, filesFor(options))
  const tookMs = performance.now() - startedMs
  print(
    `${name} with ${version.name}: ${result.outcome} after ${result.durationS.toFixed(2)} s (${result.steps} steps in ${tookMs.toFixed(0)} ms).`,
  )
  for (const failure of result.failures)
    print(`  ${failure.criterion} at ${failure.timeS.toFixed(2)} s: ${failure.detail}`)
  const deviations = result.notes?.deviations ?? []
  printNotes(result.notes, print)
  const isYes = result.outcome !== 'failed' && deviations.length === 0
  return { ...result, verdict: isYes ? ('yes' as const) : ('no' as const) }
}

/** A reader as --maps and --lenient ask for it. */
export function filesFor(options: Record<string, string | boolean>): ScenarioFiles {
  return new ScenarioFiles({ isLenient: options['lenient'] === true, maps: mapsIn(options) })
}

function printNotes(notes: RunNotes | undefined, print: (line: string) => void): void {
  if (!notes) return
  for (const line of notes.deviations) print(`  Left out: ${line}`)
  if (notes.deviations.length > 0)
    print(`  Not cleared: ${plural(notes.deviations.length, 'thing')} of the file did not happen.`)
  for (const line of [...notes.remarks, ...notes.brokenRules]) print(`  Note: ${line}`)
  const ignored = sum(Object.values(notes.ignored))
  if (ignored > 0)
    print(`  ${plural(ignored, 'thing')} of the file have no effect here (drive formats FILE lists them).`)
}

/** A case from a command's argument and its --set and --seed; what ends in .xosc or .xodr is a file. Throws `option-invalid`. */
export function caseNamed(name: string, options: Record<string, string | boolean>): ScenarioCase {
  if (statSync(name, { throwIfNoEntry: false })?.isDirectory() === true)
    throw new InvalidInputError({
      code: 'option-invalid',
      message: `${name} is a folder, and this runs one scenario. All below it: npx heavylift drive clear VERSION --suite ${name}; which of them can be read: npx heavylift drive formats ${name}.`,
    })
  const set = options['set']
  return caseOf({
    name,
    isFile: /\.(xosc|xodr)$/.test(name),
    set: typeof set === 'string' ? set : '',
    seed: Number(options['seed'] ?? 1),
  })
}
