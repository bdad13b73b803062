import type { ScenarioCase } from '../suites/scenario-case.ts'
import type { ClearanceRow } from './clearance-row.ts'

/** A case and what became of it; without a row it could not be run, for the reason in `error`. */
export interface RanCase {
  one: ScenarioCase
  row: ClearanceRow | null
  error: string | null
}
