import type { Explanation } from '../explanation.ts'
import type { TrackTable } from '../perception/track-table.ts'
import type { SirenBearings } from '../perception/tracking/siren-tracker.ts'
import type { PredictionTable } from '../prediction/prediction-table.ts'
import type { ReferencePath } from '../../world/lanes/reference-path.ts'
import type { Environment } from '../../world/scene/environment.ts'
import type { SignalTable } from '../../world/scene/signal-table.ts'
import type { VehicleShape, VehicleState } from '../vehicle.ts'
import type { Plan } from './plan.ts'
import type { RouteMap } from './route-map.ts'

/** What a planner is given each time. All but `ego` and `timeS` are the same objects for the whole run, with new content. */
export interface PlanInput {
  timeS: number
  /** Middle of the rear axle. */
  ego: Readonly<VehicleState>
  shape: VehicleShape
  route: ReferencePath
  /** What the map says beside the route: widths, signs, lights. */
  map: RouteMap
  tracks: TrackTable
  /** Directions of sirens that are heard, seen or not. */
  sirens: SirenBearings
  predictions: PredictionTable
  signals: SignalTable
  environment: Environment
  /** As `Perception.sightM`. */
  sightM: number
  /** NaN for the road's limit. */
  desiredSpeedMps: number
}

/** Decides where to be in the next seconds. */
export interface Planner {
  /** The same object each time, overwritten by the next call. */
  plan(input: PlanInput): Plan
  /** Adds the candidates of the last call, the chosen one marked. */
  explain(explanation: Explanation): void
}
