import { writeFile } from 'node:fs/promises'
import type { CommandInput } from '@heavylift/core'
import { readVersions } from '../driver/versions/versions-file.ts'
import { versionNamed } from '../driver/versions/versions.ts'
import { writeMcap } from '../clearance/logs/write-mcap.ts'
import { writeOpenDrive } from '../world/opendrive/write-opendrive.ts'
import { MemoryRecorder } from '../clearance/recordings/memory-recorder.ts'
import { runStage } from '../clearance/run/run-stage.ts'
import { stageOf } from '../clearance/suites/stage-of.ts'
import { caseNamed, filesFor } from './run.ts'

/** `heavylift drive record WHAT`: a run as an MCAP log. */
export async function runRecord({ args, options, print, configDir = '.' }: CommandInput) {
  const one = caseNamed(args['scenario'] ?? '', options)
  const fallback = one.source.kind === 'file' ? 'scenario' : 'idm'
  const named = options['version']
  const version = versionNamed(typeof named === 'string' ? named : fallback, await readVersions(configDir))
  const stage = await stageOf(one, filesFor(options))
  const recorder = new MemoryRecorder(stage.name, version.name, stage.stepS)
  const { id: caseId, scenarioClass, seed } = one
  const result = runStage(stage, { caseId, scenarioClass, seed, driver: version.spec, recorder })
  const out = typeof options['out'] === 'string' ? options['out'] : 'run.mcap'
  const bytes = await writeMcap(recorder.recording, writeOpenDrive(stage.network, { name: stage.name }))
  await writeFile(out, bytes)
  print(`${stage.name} with ${version.name}: ${result.outcome} after ${result.durationS.toFixed(2)} s.`)
  print(`${out}: ${recorder.recording.frames.length} frames, ${(bytes.byteLength / 1e6).toFixed(1)} MB.`)
  return { ...result, out, bytes: bytes.byteLength }
}
