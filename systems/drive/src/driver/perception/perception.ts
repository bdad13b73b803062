import type { Explanation } from '../explanation.ts'
import type { VehicleState } from '../vehicle.ts'
import type { TrackTable } from './track-table.ts'
import type { SirenBearings } from './tracking/siren-tracker.ts'

/** Finds out what is around the vehicle under test: what it tells is all that prediction, planning and safety know of other road users. */
export interface Perception {
  /** Filled by `step`; the same table for the whole run. */
  readonly tracks: TrackTable
  /** Directions from which sirens are heard now: an emergency vehicle is somewhere there, seen or not. */
  readonly sirens: SirenBearings
  /** Metres at which it would now be sure of a dark-clothed pedestrian in the road ahead. */
  readonly sightM: number
  /** At the time of the scene that it was made with; called once every step of the run. `ego` is the rear axle's. */
  step(ego: Readonly<VehicleState>): void
  /** Adds its sensors, detections and tracks. */
  explain(explanation: Explanation): void
}
