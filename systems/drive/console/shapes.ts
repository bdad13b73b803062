import type { DriverVersion } from '../src/driver/version.ts'
import type { Recording } from '../src/clearance/recordings/recording.ts'
import type { RunResult } from '../src/clearance/run/run-result.ts'
import type { RoadMap } from '../src/world/scene/road-map.ts'
import type { ScenarioParameter } from '../src/clearance/suites/library/built-in-scenario.ts'

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
