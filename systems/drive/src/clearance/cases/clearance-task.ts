import { SafetyMetrics } from '../metrics/safety-metrics.ts'
import type { SafetyFigures } from '../metrics/safety-metrics.ts'
import type { DriverVersion } from '../../driver/version.ts'
import { ScenarioFiles } from '../../world/openscenario/load-scenario.ts'
import type { Recorder } from '../run/recorder.ts'
import { runSteps } from '../run/run-stage.ts'
import type { RunSteps } from '../run/run-stage.ts'
import type { RunResult } from '../run/run-result.ts'
import { runTogether } from '../run/run-together.ts'
import type { Stage } from '../run/stage.ts'
import type { Scene } from '../../world/scene/scene.ts'
import type { ScenarioCase } from '../suites/scenario-case.ts'
import { stageOf } from '../suites/stage-of.ts'
import type { ClearanceInput, ClearanceRow } from './clearance-row.ts'
import { operatingCell } from './operating-cell.ts'
import type { OperatingCell } from './operating-cell.ts'

/** What was read for earlier cases in this thread. */
const files = new ScenarioFiles()

/** The task of a clearance job: one case with the version, and with the reference driver where it failed. */
export async function runClearanceCase({ one, version, reference }: ClearanceInput): Promise<ClearanceRow> {
  const { result, metrics, cell } = await watch(one, version)
  const row: ClearanceRow = {
    ...result,
    metrics: { ...result.metrics, ...metrics },
    weight: one.weight,
    cell,
    reference: null,
  }
  if (result.outcome === 'failed' && reference !== null) {
    const other = await watch(one, reference)
    row.reference = {
      version: reference.name,
      outcome: other.result.outcome,
      failures: other.result.failures,
      avoidsIt: other.result.outcome === 'passed',
      minTtcS: other.metrics.minTtcS,
    }
  }
  return row
}

/** A run and what was seen of it. */
interface Watched {
  result: RunResult
  metrics: SafetyFigures
  cell: OperatingCell
}

function watch(one: ScenarioCase, version: DriverVersion): Promise<Watched> {
  return runTogether(async () => watched(one, version, await stageOf(one, files)))
}

function* watched(one: ScenarioCase, version: DriverVersion, stage: Stage): RunSteps<Watched> {
  const safety = new SafetyMetrics()
  let seen: Scene | null = null
  const recorder: Recorder = {
    begin(scene) {
      seen = scene
      safety.begin(scene)
    },
    frame: (scene) => safety.frame(scene),
    end: () => safety.end(),
  }
  const { id: caseId, scenarioClass, seed } = one
  const result = yield* runSteps(stage, { caseId, scenarioClass, seed, driver: version.spec, recorder })
  const metrics = safety.figures()
  const scene = seen as unknown as Scene
  const cell = operatingCell(stage.environment, metrics.maxSpeedMps, scene.agents, scene.ego)
  return { result, metrics, cell }
}
