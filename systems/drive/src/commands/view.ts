import type { Command } from '@heavylift/core'
import { versionNamed } from '../driver/versions/versions.ts'
import { readVersions } from '../driver/versions/versions-file.ts'
import { recordCase } from '../clearance/suites/run-case.ts'
import { caseNamed } from './run.ts'
import { showRecording } from './show-recording.ts'

/** `heavylift drive view WHAT`: runs it here and opens it in the running server's viewer. */
export const viewCommand: Command = {
  name: 'view',
  summary:
    'Runs an OpenSCENARIO file or a built-in scenario and shows it in the console of the running server.',
  args: [{ name: 'scenario', summary: 'An .xosc file, or the name of a built-in scenario.' }],
  options: [
    {
      flags: '--driver <version>',
      summary: 'Who drives the vehicle under test. Default: what the file says, or idm.',
    },
    { flags: '--seed <number>', summary: 'Seed of everything random. Default 1.' },
    { flags: '--set <name=value,…>', summary: 'Parameters of the scenario.' },
  ],
  async run(input) {
    const { args, options, print, configDir = '.' } = input
    const one = caseNamed(args['scenario'] ?? '', options)
    const version = versionNamed(
      typeof options['driver'] === 'string'
        ? options['driver']
        : one.source.kind === 'file'
          ? 'scenario'
          : 'idm',
      await readVersions(configDir),
    )
    const { result, recording, map } = await recordCase(one, version)
    print(`${recording.name} with ${version.name}: ${result.outcome} after ${result.durationS.toFixed(2)} s.`)
    const address = await showRecording(input, { recording, map })
    return { ...result, address }
  },
}
