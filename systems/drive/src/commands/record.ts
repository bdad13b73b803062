import { writeFile } from 'node:fs/promises'
import type { Command } from '@heavylift/core'
import { versionNamed } from '../driver/versions/versions.ts'
import { writeMcap } from '../clearance/logs/write-mcap.ts'
import { writeOpenDrive } from '../world/opendrive/write-opendrive.ts'
import { ScenarioFiles } from '../world/openscenario/load-scenario.ts'
import { MemoryRecorder } from '../clearance/recordings/memory-recorder.ts'
import { runStage } from '../clearance/run/run-stage.ts'
import { stageOf } from '../clearance/suites/stage-of.ts'
import { caseNamed } from './run.ts'

/** `heavylift drive record WHAT`: a run as an MCAP log. */
export const recordCommand: Command = {
  name: 'record',
  summary: 'Runs a scenario and writes all that happened as an MCAP log with Foxglove schemas.',
  args: [{ name: 'scenario', summary: 'An .xosc file, or the name of a built-in scenario.' }],
  options: [
    { flags: '--driver <version>', summary: 'Who drives. Default: what the file says, or idm.' },
    { flags: '--seed <number>', summary: 'Seed of everything random. Default 1.' },
    { flags: '--set <name=value,…>', summary: 'Parameters of the scenario.' },
    { flags: '--out <file>', summary: 'Where the log goes. Default run.mcap.' },
  ],
  async run({ args, options, print }) {
    const one = caseNamed(args['scenario'] ?? '', options)
    const fallback = one.source.kind === 'file' ? 'scenario' : 'idm'
    const version = versionNamed(typeof options['driver'] === 'string' ? options['driver'] : fallback)
    const stage = await stageOf(one, new ScenarioFiles())
    const recorder = new MemoryRecorder(stage.name, version.name, stage.stepS)
    const { id: caseId, scenarioClass, seed } = one
    const result = runStage(stage, { caseId, scenarioClass, seed, driver: version.spec, recorder })
    const out = typeof options['out'] === 'string' ? options['out'] : 'run.mcap'
    const bytes = await writeMcap(recorder.recording, writeOpenDrive(stage.network, { name: stage.name }))
    await writeFile(out, bytes)
    print(`${stage.name} with ${version.name}: ${result.outcome} after ${result.durationS.toFixed(2)} s.`)
    print(`${out}: ${recorder.recording.frames.length} frames, ${(bytes.byteLength / 1e6).toFixed(1)} MB.`)
    return { ...result, out, bytes: bytes.byteLength }
  },
}
