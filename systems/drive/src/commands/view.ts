import type { CommandInput } from '@heavylift/core'
import { versionNamed } from '../driver/versions/versions.ts'
import { readVersions } from '../driver/versions/versions-file.ts'
import { recordCase } from '../clearance/suites/run-case.ts'
import { caseNamed, filesFor } from './run.ts'
import { showRecording } from './show-recording.ts'

/** `heavylift drive view WHAT`: runs it here and opens it in the running server's viewer. */
export async function runView(input: CommandInput) {
  const { args, options, print, configDir = '.' } = input
  const one = caseNamed(args['scenario'] ?? '', options)
  const version = versionNamed(
    typeof options['version'] === 'string'
      ? options['version']
      : one.source.kind === 'file'
        ? 'scenario'
        : 'idm',
    await readVersions(configDir),
  )
  const { result, recording, map } = await recordCase(one, version, filesFor(options))
  print(`${recording.name} with ${version.name}: ${result.outcome} after ${result.durationS.toFixed(2)} s.`)
  const address = await showRecording(input, { recording, map })
  return { ...result, address }
}
