import type { CommandInput } from '@heavylift/core'
import { clearancesIn, findCase, newestFirst } from '../clearance/cases/find-case.ts'
import { versionNamed } from '../driver/versions/versions.ts'
import { readVersions } from '../driver/versions/versions-file.ts'
import { recordCase } from '../clearance/suites/run-case.ts'
import { showRecording } from './show-recording.ts'

/** `heavylift drive replay CASE`: a case of a clearance once more, checked against its digest, in the viewer. */
export async function runReplay(input: CommandInput) {
  const { args, options, print, configDir = '.' } = input
  const caseId = args['case'] ?? ''
  const folder = clearancesIn(input)
  const ids = typeof options['clearance'] === 'string' ? [options['clearance']] : await newestFirst(folder)
  const found = await findCase(folder, ids, caseId)
  const version = versionNamed(
    typeof options['version'] === 'string' ? options['version'] : found.version,
    await readVersions(configDir),
  )
  const { result, recording, map } = await recordCase(found.ran.one, version)
  const isSame = version.name === found.version && result.digest === found.ran.row?.digest
  print(`${caseId} with ${version.name}: ${result.outcome} after ${result.durationS.toFixed(2)} s.`)
  for (const failure of result.failures)
    print(`  ${failure.criterion} at ${failure.timeS.toFixed(2)} s: ${failure.detail}`)
  if (version.name === found.version)
    print(isSame ? 'The same run, bit for bit.' : 'Not the same run: the code has changed since.')
  // Another version is another run.
  const verdict = isSame || version.name !== found.version ? ('yes' as const) : ('no' as const)
  if (options['view'] === false) return { ...result, isSame, verdict }
  const address = await showRecording(input, { recording, map })
  return { ...result, isSame, verdict, address }
}
