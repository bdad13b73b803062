import type { DriverVersion } from '../src/driver/version.ts'
import type { Recording } from '../src/run/recording.ts'
import type { RunResult } from '../src/run/run-result.ts'
import type { RoadMap } from '../src/scene/road-map.ts'
import type { ScenarioParameter } from '../src/suites/built-in-scenario.ts'

/** `GET /api/drive/scenarios`. */
export interface ScenarioListing {
  name: string
  title: string
  summary: string
  scenarioClass: string
  parameters: ScenarioParameter[]
}

/** `GET /api/drive/recording` and, without a result, `GET /api/drive/recordings/:id`. */
export interface RecordedRun {
  recording: Recording
  map: RoadMap
  result?: RunResult
}

export type VersionListing = DriverVersion
