import type { DriverVersion } from '../../driver/version.ts'
import { ScenarioFiles } from '../../world/openscenario/load-scenario.ts'
import type { RunResult } from '../run/run-result.ts'
import { MemoryRecorder } from '../recordings/memory-recorder.ts'
import type { Recording } from '../recordings/recording.ts'
import { roadMap } from '../../world/scene/road-map.ts'
import type { RoadMap } from '../../world/scene/road-map.ts'
import { runStage, runSteps } from '../run/run-stage.ts'
import { runTogether } from '../run/run-together.ts'
import type { ScenarioCase } from './scenario-case.ts'
import { stageOf } from './stage-of.ts'

/** Runs one case with one version. `files` keeps what was read for further cases. */
export async function runCase(
  one: ScenarioCase,
  version: DriverVersion,
  files = new ScenarioFiles(),
): Promise<RunResult> {
  const { id: caseId, scenarioClass, seed } = one
  return runStage(await stageOf(one, files), { caseId, scenarioClass, seed, driver: version.spec })
}

/** The same beside other runs of this thread: a driver that is a program is asked for all of them at once. */
export function runCaseTogether(
  one: ScenarioCase,
  version: DriverVersion,
  files = new ScenarioFiles(),
): Promise<RunResult> {
  const { id: caseId, scenarioClass, seed } = one
  return runTogether(async () =>
    runSteps(await stageOf(one, files), { caseId, scenarioClass, seed, driver: version.spec }),
  )
}

/** A run with everything that happened, and the roads on which it did. */
export interface RecordedRun {
  result: RunResult
  recording: Recording
  map: RoadMap
}

/** The same as `runCase`, recorded. */
export async function recordCase(
  one: ScenarioCase,
  version: DriverVersion,
  files = new ScenarioFiles(),
): Promise<RecordedRun> {
  const { id: caseId, scenarioClass, seed } = one
  const stage = await stageOf(one, files)
  const recorder = new MemoryRecorder(stage.name, version.name, stage.stepS)
  const result = runStage(stage, { caseId, scenarioClass, seed, driver: version.spec, recorder })
  return { result, recording: recorder.recording, map: roadMap(stage.network) }
}
