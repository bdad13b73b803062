import type { VehicleState } from '../vehicle.ts'
import type { TrackTable } from '../perception/track-table.ts'
import type { PredictionTable } from './prediction-table.ts'

/** Says where every track may go. */
export interface Predictor {
  /** Filled by `predict`; the same table for the whole run. */
  readonly predictions: PredictionTable
  predict(tracks: Readonly<TrackTable>, ego: Readonly<VehicleState>): void
}
